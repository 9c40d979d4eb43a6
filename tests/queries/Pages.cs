using System.Text.Json;

namespace TraceGrains.Epcis.Tests.Queries;

/// <summary>Query documents as a client reads them.</summary>
static class Pages
{
    public static Task<Answer> Events(this Silo silo, string query, params (string Name, string Value)[] headers) => silo.Send(HttpMethod.Get, "/epcis/events?" + query, null, null, headers);

    /// <summary>The events of a query document; anything else fails the test.</summary>
    public static JsonElement[] EventList(this Answer answer)
    {
        Assert.True(answer.Status == 200, $"{answer.Status}: {answer.Body}");
        Assert.Equal("EPCISQueryDocument", answer.Root.GetProperty("type").GetString());
        return [.. answer.Root.GetProperty("epcisBody").GetProperty("queryResults").GetProperty("resultsBody").GetProperty("eventList").EnumerateArray()];
    }

    public static string[] Ids(this Answer answer) => [.. answer.EventList().Select(e => e.GetProperty("eventID").GetString()!)];

    public static string[] Members(this Answer answer)
    {
        Assert.True(answer.Status == 200, $"{answer.Status}: {answer.Body}");
        return [.. answer.Root.GetProperty("member").EnumerateArray().Select(member => member.GetString()!)];
    }

    /// <summary>Path and query of the next page; null after the last.</summary>
    public static string? Next(this Answer answer)
    {
        if (!answer.Headers.TryGetValue("Link", out var link)) return null;
        Assert.EndsWith("; rel=\"next\"", link);
        return link[1..link.IndexOf('>')];
    }

    /// <summary>Every page from a path on.</summary>
    public static async Task<List<Answer>> Follow(this Silo silo, string path)
    {
        var pages = new List<Answer>();
        for (var next = path; next is not null; next = pages[^1].Next()) pages.Add(await silo.Get(next));
        return pages;
    }

    public static string Url(string text) => Uri.EscapeDataString(text);
}
