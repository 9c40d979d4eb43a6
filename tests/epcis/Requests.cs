using System.Text.Json;

namespace TraceGrains.Epcis.Tests;

/// <summary>What a test sends and gets back.</summary>
static class Requests
{
    public const string Json = "application/json", ProblemJson = "application/problem+json";

    public static Task<Answer> Capture(this Silo silo, byte[] document, string mediaType = Json, params (string Name, string Value)[] headers) =>
        silo.Send(HttpMethod.Post, "/epcis/capture", document, mediaType, headers);

    public static Task<Answer> CaptureEvent(this Silo silo, byte[] bareEvent, string mediaType = Json) => silo.Send(HttpMethod.Post, "/epcis/events", bareEvent, mediaType);

    public static Task<Answer> Get(this Silo silo, string path) => silo.Send(HttpMethod.Get, path);

    public static Task<Answer> EventById(this Silo silo, string id) => silo.Get("/epcis/events/" + Uri.EscapeDataString(id));

    public static async Task<Answer> Send(this Silo silo, HttpMethod method, string path, byte[]? body = null, string? mediaType = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (mediaType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.Add(name, value);
        using var response = await silo.Http.SendAsync(request);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The data of a GraphQL query; errors fail the test.</summary>
    public static async Task<JsonElement> Query(this Silo silo, string query, object? variables = null)
    {
        var answer = await silo.Send(HttpMethod.Post, "/graphql", JsonSerializer.SerializeToUtf8Bytes(new { query, variables }), Json);
        Assert.False(answer.Root.TryGetProperty("errors", out _), answer.Body);
        return answer.Root.GetProperty("data");
    }

    /// <summary>The last place in the ledger's order, found by taking the next one.</summary>
    public static async Task<long> NextSequence(this Silo silo)
    {
        var answer = await silo.CaptureEvent(Documents.Bare(Documents.Shipping($"urn:uuid:{Guid.NewGuid()}", Documents.NewUnit())));
        Assert.Equal(201, answer.Status);
        return answer.Root.GetProperty("sequence").GetInt64();
    }
}

/// <summary>An answer as a client sees it.</summary>
public sealed record Answer(int Status, string? MediaType, string Body, Dictionary<string, string> Headers)
{
    public JsonElement Root => JsonDocument.Parse(Body).RootElement;

    /// <summary>What a capture recorded, in the document's order; anything but success fails the test.</summary>
    public Receipt[] Receipts
    {
        get
        {
            Assert.True(Status == 202, $"{Status}: {Body}");
            Assert.False(Root.GetProperty("running").GetBoolean());
            return [.. Root.GetProperty("events").EnumerateArray().Select(receipt =>
                new Receipt(receipt.GetProperty("eventID").GetString()!, receipt.GetProperty("sequence").GetInt64(), receipt.GetProperty("repeat").GetBoolean()))];
        }
    }

    /// <summary>The event that was asked for, bare or as the first of a query document.</summary>
    public JsonElement Event
    {
        get
        {
            Assert.True(Status == 200, $"{Status}: {Body}");
            return Root.GetProperty("type").GetString() == "EPCISQueryDocument"
                ? Root.GetProperty("epcisBody").GetProperty("queryResults").GetProperty("resultsBody").GetProperty("eventList")[0]
                : Root;
        }
    }

    /// <summary>The problems that a refusal lists: event index (null for the document), field, expectation, what was found.</summary>
    public (int? Event, string Field, string Expected, string? Found)[] Problems =>
    [
        .. Root.GetProperty("problems").EnumerateArray().Select(problem => (
            problem.GetProperty("eventIndex") is { ValueKind: JsonValueKind.Number } index ? index.GetInt32() : (int?)null,
            problem.GetProperty("field").GetString()!, problem.GetProperty("expected").GetString()!, problem.GetProperty("found").GetString())),
    ];

    /// <summary>It is a problem document (RFC 9457) of a status and an EPCIS exception type, and it says something.</summary>
    public void IsProblem(int status, string type)
    {
        Assert.True(status == Status, $"{Status}: {Body}");
        Assert.Equal(Requests.ProblemJson, MediaType);
        Assert.Equal(status, Root.GetProperty("status").GetInt32());
        Assert.Equal("epcisException:" + type, Root.GetProperty("type").GetString());
        Assert.NotEmpty(Root.GetProperty("title").GetString()!);
        Assert.NotEmpty(Root.GetProperty("detail").GetString()!);
    }
}

/// <summary>That an event is recorded, as a client reads it.</summary>
public sealed record Receipt(string EventId, long Sequence, bool IsRepeat);
