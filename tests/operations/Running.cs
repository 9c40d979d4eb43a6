[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace TraceGrains.Operations.Tests;

/// <summary>A silo in a process of its own, over a data folder that goes with it.</summary>
sealed class Running : IAsyncDisposable
{
    public required string Folder { get; init; }
    public required SiloProcess Process { get; init; }
    public required HttpClient Http { get; init; }

    public static async Task<Running> Start(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("tracegrains-operations-").FullName;
        var process = await SiloProcess.Start(folder, ["--shards", "4", .. arguments]);
        return new() { Folder = folder, Process = process, Http = new() { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(3) } };
    }

    public Task<HttpResponseMessage> Capture(string eventId, string epc) => Http.PostAsync("/epcis/events", new StringContent(
        $$"""{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent","eventID":"{{eventId}}","action":"OBSERVE","bizStep":"holding","eventTime":"2026-11-20T09:00:00Z","eventTimeZoneOffset":"+00:00","epcList":["{{epc}}"]}""",
        new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
