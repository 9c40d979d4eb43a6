using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Events;

/// <summary>Identifies each spelling once per document: the same parties, places and goods recur from event to event, and reading and hashing both ask.</summary>
sealed class IdentityCache
{
    const int Capacity = 20_000;

    readonly Dictionary<string, Identification> known = new(StringComparer.Ordinal);

    /// <summary>What the text names, with a CURIE first expanded; or what is wrong with it.</summary>
    public Identification? Identify(string text, JsonLdContext context, out string? error)
    {
        error = null;
        var uri = context.Expand(text);
        if (known.TryGetValue(uri, out var identified))
            return identified;
        if (!Identifier.TryIdentify(uri, out identified, out error))
            return null;
        // Enough for what recurs; a delivery of many distinct goods shall not be held twice.
        if (known.Count >= Capacity)
            known.Clear();
        known.Add(uri, identified);
        return identified;
    }

    /// <summary>The canonical code where the text is one, else the expanded text: for fields that hold any URI.</summary>
    public string Canonical(string text, JsonLdContext context) => Identify(text, context, out _)?.Code ?? context.Expand(text);

    /// <summary>As <see cref="Canonical"/>, for free text that may happen to be a GS1 key (fields of one's own).</summary>
    public string CanonicalText(string text)
    {
        if (!text.StartsWith("urn:epc:", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            return text;
        return Identify(text, JsonLdContext.Empty, out _) is { Kind: not CodeKind.Other } identified ? identified.Code : text;
    }
}
