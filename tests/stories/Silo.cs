using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(TraceGrains.Stories.Tests.Silo))]

namespace TraceGrains.Stories.Tests;

/// <summary>One silo as it is shipped, shared by all stories: each has things of its own.</summary>
public sealed class Silo : IAsyncLifetime
{
    readonly string data = Directory.CreateTempSubdirectory("tracegrains-stories-").FullName;
    SiloProcess process = null!;
    HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        process = await SiloProcess.Start(data);
        // A slow machine is no failure; the runner has a budget of its own.
        http = new() { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(3) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Captures a document; what is wrong with it, or null.</summary>
    public async Task<string?> Capture(string document)
    {
        using var response = await http.PostAsync("/epcis/capture", new StringContent(document, Encoding.UTF8, "application/json"));
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) return text;
        // An accepted document is a job; whether its events are on record, the job says.
        var job = JsonNode.Parse(await http.GetStringAsync(response.Headers.Location))!;
        return (bool)job["success"]! ? null : job.ToJsonString();
    }

    public async Task<JsonElement> Graph(string query, object variables)
    {
        using var response = await http.PostAsJsonAsync("/graphql", new { query, variables });
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.TryGetProperty("errors", out var errors) ? throw new StoryException($"GraphQL answered {errors}") : json.RootElement.GetProperty("data").Clone();
    }

    /// <summary>Events that an EPCIS query by URL finds, all on one page.</summary>
    public async Task<IReadOnlyList<JsonElement>> Events(string query)
    {
        using var response = await http.GetAsync("/epcis/events?" + query);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new StoryException($"the query {query} was answered {(int)response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.GetProperty("epcisBody").GetProperty("queryResults").GetProperty("resultsBody").GetProperty("eventList").EnumerateArray().Select(e => e.Clone())];
    }
}

/// <summary>A story cannot be told on.</summary>
public sealed class StoryException(string message) : Exception(message);
