using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TraceGrains.Domain.Events;

/// <summary>
/// What prefixes mean in one event. Only contexts that are written out in the document count: a context named by its address is never
/// fetched, and the prefixes of the EPCIS context are known here.
/// </summary>
sealed class JsonLdContext
{
    /// <summary>Prefix of everything only TraceGrains itself may write.</summary>
    public const string Reserved = "urn:tracegrains:";

    /// <summary>Namespace of the fields of a recall notice.</summary>
    public const string ReservedVocabulary = "urn:tracegrains:voc:";

    static readonly Dictionary<string, string> WellKnown = new(StringComparer.Ordinal)
    {
        ["epcis"] = "https://ref.gs1.org/epcis/",
        ["cbv"] = "https://ref.gs1.org/cbv/",
        ["cbvmda"] = "urn:epcglobal:cbv:mda:",
        ["gs1"] = "https://gs1.org/voc/",
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["rdfs"] = "http://www.w3.org/2000/01/rdf-schema#",
        ["owl"] = "http://www.w3.org/2002/07/owl#",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["schema"] = "https://schema.org/",
    };

    /// <summary>No context but the well-known prefixes.</summary>
    public static JsonLdContext Empty { get; } = new([]);

    readonly Dictionary<string, string> declared;

    JsonLdContext(Dictionary<string, string> declared) => this.declared = declared;

    /// <summary>Reads a context that was checked before; later definitions override earlier ones, as in JSON-LD.</summary>
    public static JsonLdContext Read(JsonElement context)
    {
        var declared = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(context, declared);
        return declared.Count == 0 ? Empty : new JsonLdContext(declared);
    }

    static void Collect(JsonElement context, Dictionary<string, string> declared)
    {
        if (context.ValueKind == JsonValueKind.Array)
            foreach (var part in context.EnumerateArray())
                Collect(part, declared);
        if (context.ValueKind != JsonValueKind.Object)
            return;
        foreach (var term in context.EnumerateObject())
        {
            var name = term.Name;
            if (name.StartsWith('@'))
                continue;
            var meaning = MeaningOf(term.Value);
            if (meaning is not null)
                declared[name] = meaning;
        }
    }

    /// <summary>What a definition says its term stands for; null when it says something else about it.</summary>
    public static string? MeaningOf(JsonElement definition) => definition.ValueKind switch
    {
        JsonValueKind.String => definition.GetString(),
        JsonValueKind.Object when definition.TryGetProperty("@id"u8, out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => null,
    };

    /// <summary>The full URI of a name, CURIE or URI; a prefix nobody declared leaves the text as it is.</summary>
    public string Expand(string name)
    {
        if (declared.Count > 0 && declared.TryGetValue(name, out var whole))
            return Resolve(whole, 1);
        var colon = name.IndexOf(':');
        // Most names and nearly all identifiers are no CURIEs: they pass without a copy.
        if (colon <= 0 || name.AsSpan(colon + 1).StartsWith("//") || IsPlainScheme(name.AsSpan(0, colon)))
            return name;
        return TryPrefix(name.AsSpan(0, colon), out var space) ? string.Concat(space, name.AsSpan(colon + 1)) : name;
    }

    /// <summary>Splits a name into namespace and local part, so that a CURIE and its full URI come out the same.</summary>
    public bool TrySplit(string name, out string space, out string local)
    {
        (space, local) = ("", name);
        if (declared.Count > 0 && declared.TryGetValue(name, out var whole))
            return SplitUri(Resolve(whole, 1), out space, out local);
        var colon = name.IndexOf(':');
        if (colon <= 0)
            return false;
        // "urn:" and "https:" are never prefixes, whatever a context says, and "//" after the colon says the same (JSON-LD 1.1, 5.2).
        if (!name.AsSpan(colon + 1).StartsWith("//") && !IsPlainScheme(name.AsSpan(0, colon)) && TryPrefix(name.AsSpan(0, colon), out var meaning))
        {
            (space, local) = (meaning, name[(colon + 1)..]);
            return true;
        }
        return SplitUri(name, out space, out local);
    }

    /// <summary>Whether a field or value belongs to what only TraceGrains writes. The namespace of a URN is not case-sensitive.</summary>
    public static bool IsReserved(string expanded) => expanded.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase);

    bool TryPrefix(ReadOnlySpan<char> prefix, [NotNullWhen(true)] out string? meaning)
    {
        if (declared.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out meaning))
        {
            meaning = Resolve(meaning, 1);
            return true;
        }
        return WellKnown.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out meaning);
    }

    // A prefix may itself be defined by a prefix; a circle of definitions ends after a few steps with whatever it has.
    string Resolve(string meaning, int step)
    {
        var colon = meaning.IndexOf(':');
        if (step > 4 || colon <= 0 || meaning.AsSpan(colon + 1).StartsWith("//") || IsPlainScheme(meaning.AsSpan(0, colon)))
            return meaning;
        var prefix = meaning[..colon];
        return declared.TryGetValue(prefix, out var inner) || WellKnown.TryGetValue(prefix, out inner)
            ? Resolve(inner, step + 1) + meaning[(colon + 1)..]
            : meaning;
    }

    static bool IsPlainScheme(ReadOnlySpan<char> scheme) =>
        scheme.Equals("urn", StringComparison.OrdinalIgnoreCase) || scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    static bool SplitUri(string uri, out string space, out string local)
    {
        var cut = uri.AsSpan().LastIndexOfAny('/', '#', ':');
        (space, local) = cut < 0 ? ("", uri) : (uri[..(cut + 1)], uri[(cut + 1)..]);
        return cut >= 0;
    }
}
