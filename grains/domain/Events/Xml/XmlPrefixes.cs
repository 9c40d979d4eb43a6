using System.Text.Json;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Which prefix stands for which namespace: those of the document, and over them those that one event adds. What an event adds becomes its own context.</summary>
sealed class XmlPrefixes(XmlPrefixes? outer)
{
    readonly Dictionary<string, string> spaceOf = new(StringComparer.Ordinal);

    public bool IsEmpty => spaceOf.Count == 0;

    /// <summary>Takes a declaration; a prefix that is no prefix in JSON-LD waits until a name needs its namespace.</summary>
    void Declare(string prefix, string space)
    {
        if (XmlNames.IsCuriePrefix(prefix) && !XmlNames.IsPlumbing(space) && XmlNames.Unescape(space) == space && SpaceOf(prefix) != space)
            spaceOf.TryAdd(prefix, space);
    }

    public void Declare(XmlItem item)
    {
        if (item.Declared is { } declared)
            foreach (var (prefix, space) in declared)
                Declare(prefix, space);
    }

    /// <summary>The member name for a name in a namespace: a CURIE whose prefix the context explains.</summary>
    public string NameOf(string space, string local, string prefix)
    {
        (space, local) = (XmlNames.Unescape(space), XmlSafeName.Decode(local));
        return space.Length == 0 ? local : $"{PrefixOf(space, prefix)}:{local}";
    }

    /// <summary>The context: the one of EPCIS, and the prefixes.</summary>
    public void WriteDocumentContext(Utf8JsonWriter json)
    {
        json.WriteStartArray("@context"u8);
        json.WriteStringValue(XmlNames.EpcisContext);
        if (!IsEmpty)
            WriteOwn(json);
        json.WriteEndArray();
    }

    /// <summary>What the event adds to its document's context.</summary>
    public void WriteEventContext(Utf8JsonWriter json)
    {
        if (IsEmpty)
            return;
        json.WritePropertyName("@context"u8);
        WriteOwn(json);
    }

    string PrefixOf(string space, string preferred)
    {
        if (SpaceOf(preferred) == space)
            return preferred;
        foreach (var scope in Scopes())
            foreach (var (prefix, meaning) in scope.spaceOf)
                if (meaning == space && SpaceOf(prefix) == space)
                    return prefix;
        if (!XmlNames.IsCuriePrefix(preferred) || SpaceOf(preferred) is not null)
            for (var number = 1; SpaceOf(preferred = $"ns{number}") is not null;)
                number++;
        spaceOf[preferred] = space;
        return preferred;
    }

    string? SpaceOf(string prefix) => spaceOf.TryGetValue(prefix, out var space) ? space : outer?.SpaceOf(prefix);

    IEnumerable<XmlPrefixes> Scopes() => outer is null ? [this] : [this, outer];

    void WriteOwn(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (prefix, space) in spaceOf)
            json.WriteString(prefix, space);
        json.WriteEndObject();
    }
}
