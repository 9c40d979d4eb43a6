using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

// Each scenario has silos of its own; side by side they would only slow each other down.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace TraceGrains.Scenarios.Silos;

/// <summary>
/// A silo over a data folder that outlives it: it can be stopped, killed and started again on the same data, and everything is asked of it over HTTP.
/// The folder goes with this object.
/// </summary>
sealed class SiloUnderTest : IAsyncDisposable
{
    readonly string[] arguments;
    readonly bool ownsFolder;

    SiloUnderTest(string folder, bool ownsFolder, string[] arguments) => (Folder, this.ownsFolder, this.arguments) = (folder, ownsFolder, arguments);

    public string Folder { get; }

    public SiloProcess Process { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Starts a silo over a fresh folder; few shards start quickly.</summary>
    public static Task<SiloUnderTest> Start(params string[] more) => Over(Scratch.NewFolder(), ownsFolder: true, ["--shards", "4", .. more]);

    /// <summary>Starts a silo over a folder that somebody else removes.</summary>
    public static Task<SiloUnderTest> StartOver(string folder, params string[] more) => Over(folder, ownsFolder: false, more);

    /// <summary>Starts a silo over a copy of a folder whose silo has been stopped.</summary>
    public static Task<SiloUnderTest> StartCopyOf(string stopped)
    {
        var folder = Scratch.NewFolder();
        foreach (var file in Directory.GetFiles(stopped)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return Over(folder, ownsFolder: true, []);
    }

    static async Task<SiloUnderTest> Over(string folder, bool ownsFolder, string[] arguments)
    {
        var silo = new SiloUnderTest(folder, ownsFolder, arguments);
        await silo.StartProcess();
        return silo;
    }

    /// <summary>Starts the process again, after it has ended.</summary>
    public async Task StartProcess()
    {
        Process = await SiloProcess.Start(Folder, arguments);
        // A slow machine is no failure; the runner has a budget of its own.
        Http = new() { BaseAddress = Process.Address, Timeout = TimeSpan.FromMinutes(3) };
    }

    /// <summary>Stops it as an administrator does, and starts it again.</summary>
    public async Task Restart()
    {
        await End();
        await StartProcess();
    }

    /// <summary>Ends it as <c>kill -9</c> does, and starts it again.</summary>
    public async Task KillAndStart()
    {
        await Process.Kill();
        await End();
        await StartProcess();
    }

    /// <summary>Sends a document to capture. Null when no answer came: the document may be on record or not.</summary>
    public async Task<Answer?> Capture(byte[] document, CancellationToken stop = default)
    {
        try
        {
            using var content = new ByteArrayContent(document) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await Http.PostAsync("/epcis/capture", content, stop);
            return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(stop));
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The data of a GraphQL query; errors fail the test.</summary>
    public async Task<JsonElement> Query(string query, object? variables = null)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query, variables }), Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync("/graphql", content);
        var body = await response.Content.ReadAsStringAsync();
        var answer = JsonDocument.Parse(body).RootElement;
        Assert.False(answer.TryGetProperty("errors", out _), $"{body}\n{query}\n{Process.Said}");
        return answer.GetProperty("data");
    }

    async Task End()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        if (ownsFolder) Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>An answer as a client sees it.</summary>
sealed record Answer(int Status, string? MediaType, string Body)
{
    public JsonElement Root => JsonDocument.Parse(Body).RootElement;

    /// <summary>The places in the ledger's order that a capture got, in the document's order.</summary>
    public long[] Sequences => [.. Root.GetProperty("events").EnumerateArray().Select(receipt => receipt.GetProperty("sequence").GetInt64())];
}
