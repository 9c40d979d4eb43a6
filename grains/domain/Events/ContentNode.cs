namespace TraceGrains.Domain.Events;

/// <summary>
/// A piece of what an event says, in canonical form: identifiers as Digital Links, terms as web URIs, times in UTC. The hash is taken over
/// these pieces and two events are compared by them, so that what the hash calls equal and what a comparison calls equal cannot differ.
/// </summary>
sealed class ContentNode(string key, string? name = null, int index = -1)
{
    /// <summary>What the hash writes for the piece; empty for a group without a name of its own.</summary>
    public string Key { get; } = key;

    /// <summary>The member's name in the document, where it is not the key.</summary>
    public string Name { get; } = name ?? key;

    /// <summary>Its place in the document's list, or -1.</summary>
    public int Index { get; } = index;

    public string? Value { get; init; }

    /// <summary>Whether the order of the children is without meaning.</summary>
    public bool Unordered { get; init; }

    public IReadOnlyList<ContentNode> Children => children ?? (IReadOnlyList<ContentNode>)[];

    // Most pieces are leaves.
    List<ContentNode>? children;

    public ContentNode Add(ContentNode child)
    {
        (children ??= []).Add(child);
        return this;
    }

    public void AddValue(string key, string? value, string? name = null, int index = -1)
    {
        if (!string.IsNullOrEmpty(value))
            (children ??= []).Add(new ContentNode(key, name, index) { Value = value });
    }

    /// <summary>Adds a list or object unless nothing is in it: an empty list says the same as no list.</summary>
    public void AddUnlessEmpty(ContentNode child)
    {
        if (child.children is not null)
            (children ??= []).Add(child);
    }
}
