using System.Text.Json.Nodes;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Silo.Links;

/// <summary>The resolver description file (GS1-Conformant Resolver standard 1.2, description file schema).</summary>
static class ResolverDescription
{
    public static JsonObject Of(string origin) => new()
    {
        ["resolverRoot"] = origin,
        ["name"] = "TraceGrains",
        ["supportedPrimaryKeys"] = new JsonArray([.. SyntaxDictionary.All.Where(key => key.IsLinkKey).Select(key => key.Ai).Order(StringComparer.Ordinal).Select(ai => JsonValue.Create(ai))]),
        ["supportedLinkType"] = new JsonArray(new JsonObject { ["namespace"] = "https://ref.gs1.org/voc/", ["prefix"] = "gs1:" }),
        ["linkTypeDefaultCanBeLinkset"] = true,
    };
}
