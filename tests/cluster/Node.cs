using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

// Each test has silos of its own; side by side they would only slow each other down.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace TraceGrains.Cluster.Tests;

/// <summary>One silo of a cluster over PostgreSQL. It has no data of its own: killed and started again it is a new one.</summary>
sealed class Node(string database) : IAsyncDisposable
{
    // A silo has a data folder by default; one in a cluster must not use it.
    const string NoFolder = "/nonexistent";

    SiloProcess process = null!;
    HttpClient http = null!;

    public string Said => process.Said;

    public async Task Start(params string[] more)
    {
        var began = await SiloProcess.Start(NoFolder, ["--shards", "8", "--storage", "postgres", "--ConnectionStrings:TraceGrains", database, .. more]);
        (process, http) = (began, new() { BaseAddress = began.Address, Timeout = TimeSpan.FromMinutes(2) });
    }

    /// <summary>As <c>kill -9</c> does.</summary>
    public Task Kill() => process.Kill();

    /// <summary>Sends a document. Null when no answer or a failure came: the document may be on record or not.</summary>
    public async Task<long[]?> Capture(byte[] document)
    {
        try
        {
            using var content = new ByteArrayContent(document) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await http.PostAsync("/epcis/capture", content);
            var body = await response.Content.ReadAsStringAsync();
            if ((int)response.StatusCode >= 500) return null;
            Assert.True((int)response.StatusCode is 200 or 202, $"{(int)response.StatusCode}: {body}");
            var job = JsonDocument.Parse(body).RootElement;
            // A job that runs on is no acknowledgement yet.
            if (job.GetProperty("running").GetBoolean() || !job.GetProperty("success").GetBoolean()) return null;
            return [.. job.GetProperty("events").EnumerateArray().Select(receipt => receipt.GetProperty("sequence").GetInt64())];
        }
        catch (Exception lost) when (IsLost(lost))
        {
            return null;
        }
    }

    /// <summary>The data of a GraphQL query; null when no answer or a failure of the system came.</summary>
    public async Task<JsonElement?> Query(string query)
    {
        try
        {
            var answer = await Ask(new { query });
            return answer.TryGetProperty("errors", out _) ? null : answer.GetProperty("data");
        }
        catch (Exception lost) when (IsLost(lost))
        {
            return null;
        }
    }

    /// <summary>Rows of the ledger and questions to shards that answering a GraphQL query took.</summary>
    public async Task<(long Rows, long Messages)> CostOf(string query)
    {
        var answer = await Ask(new { query, extensions = new { cost = true } });
        Assert.False(answer.TryGetProperty("errors", out _), answer.ToString());
        var cost = answer.GetProperty("extensions").GetProperty("cost");
        return (cost.GetProperty("ledgerRows").GetInt64(), cost.GetProperty("shardMessages").GetInt64());
    }

    async Task<JsonElement> Ask(object request)
    {
        using var content = new StringContent(JsonSerializer.Serialize(request), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/graphql", content);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    static bool IsLost(Exception failure) => failure is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException or JsonException;

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (process is not null) await process.DisposeAsync();
    }
}
