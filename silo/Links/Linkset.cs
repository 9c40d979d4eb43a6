using System.Text.Json.Nodes;

namespace TraceGrains.Silo.Links;

/// <summary>What there is about a thing, as a set of links: RFC 9264, in the shape of the GS1-Conformant Resolver standard 1.2 (linkset JSON schema).</summary>
static class Linkset
{
    public const string MediaType = "application/linkset+json";

    const string Vocabulary = "https://ref.gs1.org/voc/";

    /// <summary>The link types of the GS1 Web Vocabulary that this resolver has.</summary>
    public static readonly IReadOnlyList<LinkType> Types =
    [
        new("defaultLink", "溯源信息", "Provenance page", "text/html", LinkPaths.PageOf),
        new("pip", "产品信息", "Product information page", "text/html", LinkPaths.PageOf),
        new("traceability", "流转过程", "Its way through the supply chain", "text/html", LinkPaths.PageOf),
        new("epcis", "EPCIS 事件", "EPCIS events that name it", "application/ld+json", LinkPaths.EventsOf),
        new("recallStatus", "召回状态", "Whether it is recalled", "application/json", LinkPaths.RecallStatusOf),
    ];

    /// <summary>A kind of link.</summary>
    /// <param name="Word">Its word in the GS1 Web Vocabulary.</param>
    /// <param name="Zh">Title in Chinese.</param>
    /// <param name="En">Title in English.</param>
    /// <param name="MediaType">What is behind the link.</param>
    /// <param name="PathOf">Where it is on this host.</param>
    public sealed record LinkType(string Word, string Zh, string En, string MediaType, Func<string, string> PathOf);

    /// <summary>The link type that a request names as CURIE or URI; null for one that is not here.</summary>
    public static LinkType? Find(string asked)
    {
        string[] starts = ["gs1:", Vocabulary, "https://gs1.org/voc/", "https://www.gs1.org/voc/"];
        var start = starts.FirstOrDefault(start => asked.StartsWith(start, StringComparison.Ordinal));
        return start is null ? null : Types.FirstOrDefault(type => type.Word == asked[start.Length..]);
    }

    public static JsonObject Of(PublicRecord record, string origin, bool chinese)
    {
        var links = new JsonObject { ["anchor"] = origin + LinkPaths.PageOf(record.Code) };
        if (record.Name is { } name) links["description"] = name.In(chinese);
        foreach (var type in Types)
        {
            var link = new JsonObject { ["href"] = origin + type.PathOf(record.Code), ["title"] = chinese ? type.Zh : type.En, ["type"] = type.MediaType };
            if (type.MediaType == "text/html") link["hreflang"] = new JsonArray("zh", "en");
            links[Vocabulary + type.Word] = new JsonArray(link);
        }
        return new() { ["linkset"] = new JsonArray(links) };
    }
}
