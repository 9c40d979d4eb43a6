using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(TraceGrains.Tales.Tests.Silo))]

namespace TraceGrains.Tales.Tests;

/// <summary>One silo as it is shipped, shared by all stories: each has things of its own. Recall cases look every second whom to tell.</summary>
public sealed class Silo : IAsyncLifetime
{
    readonly string data = Directory.CreateTempSubdirectory("tracegrains-tales-").FullName;
    SiloProcess process = null!;
    HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        process = await SiloProcess.Start(data, "--recalls:pulse", "00:00:01");
        http = new() { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(3) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Captures a document whole; what is wrong with it, or null.</summary>
    public async Task<string?> Capture(IEnumerable<JsonObject> events)
    {
        var document = new JsonObject
        {
            ["@context"] = new JsonArray("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", new JsonObject { ["tale"] = "https://tale.example/voc/" }),
            ["type"] = "EPCISDocument", ["schemaVersion"] = "2.0", ["creationDate"] = "2026-11-01T00:00:00Z",
            ["epcisBody"] = new JsonObject { ["eventList"] = new JsonArray([.. events]) },
        };
        using var response = await http.PostAsync("/epcis/capture", new StringContent(document.ToJsonString(), Encoding.UTF8, "application/json"));
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) return text;
        // An accepted document is a job; whether its events are on record, the job says.
        using var job = JsonDocument.Parse(await http.GetStringAsync(response.Headers.Location));
        return job.RootElement.GetProperty("success").GetBoolean() ? null : job.RootElement.ToString();
    }

    public async Task<JsonElement> Graph(string query, JsonNode? variables = null)
    {
        using var response = await http.PostAsJsonAsync("/graphql", new { query, variables });
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.TryGetProperty("errors", out var errors) ? throw new StoryException($"GraphQL answered {errors}") : json.RootElement.GetProperty("data").Clone();
    }

    /// <summary>Events that an EPCIS query by URL finds.</summary>
    public async Task<JsonElement[]> Events(string query)
    {
        using var json = JsonDocument.Parse(await http.GetStringAsync("/epcis/events?" + query));
        return [.. json.RootElement.GetProperty("epcisBody").GetProperty("queryResults").GetProperty("resultsBody").GetProperty("eventList").EnumerateArray().Select(e => e.Clone())];
    }
}

/// <summary>A story cannot be told on, or told something else than what is so.</summary>
public sealed class StoryException(string message) : Exception(message);
