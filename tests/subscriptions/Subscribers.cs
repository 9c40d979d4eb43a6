using System.Text;
using System.Text.Json;

namespace TraceGrains.Epcis.Tests.Subscriptions;

/// <summary>What a test does as a subscriber.</summary>
static class Subscribers
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A named query for what happens to one thing; its path.</summary>
    public static async Task<string> NewQuery(this Silo silo, string unit)
    {
        var made = await silo.Send(HttpMethod.Post, "/epcis/queries", Encoding.UTF8.GetBytes($$"""{ "name": "query {{Guid.NewGuid():n}}", "query": { "MATCH_epc": ["{{unit}}"] } }"""), Requests.Json);
        Assert.True(made.Status == 201, made.Body);
        return made.Headers["Location"];
    }

    public static Task<Answer> Ask(this Silo silo, string query, string body, params (string, string)[] headers) =>
        silo.Send(HttpMethod.Post, query + "/subscriptions", Encoding.UTF8.GetBytes(body), Requests.Json, headers);

    /// <summary>Subscribes; the subscription's path.</summary>
    public static async Task<string> Subscribe(this Silo silo, string query, string url, string more = "\"stream\": true")
    {
        var made = await silo.Ask(query, $$"""{ "dest": "{{url}}", {{more}} }""");
        Assert.True(made.Status == 201, $"{made.Status}: {made.Body}");
        return made.Headers["Location"];
    }

    /// <summary>Records events about a thing, one after the other in one document; their ids.</summary>
    public static async Task<string[]> Record(this Silo silo, string unit, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Documents.NewId()).ToArray();
        // In between, things nobody asked for.
        var events = ids.SelectMany(id => new[] { Documents.Shipping(Documents.NewId(), Documents.NewUnit()), Documents.Shipping(id, unit) });
        var answer = await silo.Capture(Documents.Document(events));
        Assert.True(answer.Status is 200 or 202, $"{answer.Status}: {answer.Body}");
        return ids;
    }

    public static async Task<JsonElement> Subscription(this Silo silo, string subscription)
    {
        var answer = await silo.Get(subscription);
        Assert.True(answer.Status == 200, $"{answer.Status}: {answer.Body}");
        return answer.Root;
    }

    /// <summary>Asks how a subscription stands until it stands as expected.</summary>
    public static async Task<JsonElement> Until(this Silo silo, string subscription, Func<JsonElement, bool> expected)
    {
        for (var patience = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var stands = await silo.Subscription(subscription);
            if (expected(stands)) return stands;
            Assert.True(patience.Elapsed < Patience, stands.ToString());
        }
    }

    public static async Task<string[]> DeadLetters(this Silo silo, string subscription) =>
        [.. (await silo.Get(subscription + "/deadLetters")).Root.EnumerateArray().Select(letter => letter.GetProperty("range").GetString()!)];

    public static Task<Answer> Patch(this Silo silo, string subscription, string body) => silo.Send(HttpMethod.Patch, subscription, Encoding.UTF8.GetBytes(body), Requests.Json);
}
