using System.Text.Json;
using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>The namespaces that the names of one event need, each with one prefix: the event's own where it is a prefix in XML too.</summary>
sealed class XmlSpaces(JsonLdContext context)
{
    readonly Dictionary<string, string> prefixOf = new(StringComparer.Ordinal);
    readonly HashSet<string> taken = new(["epcis", "epcisq", "xsi", "xsd", "xml", "xmlns"], StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> PrefixOf => prefixOf;

    /// <summary>Takes up every name of one's own, at every level.</summary>
    public void Collect(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray())
                Collect(item);
        if (value.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in value.EnumerateObject())
        {
            if (member.NameEquals("@context"u8))
                continue;
            if (member.Name.Contains(':') && !member.Name.StartsWith('@'))
            {
                Name(member.Name);
                if (EventContent.IsIgnoreList(member.Name))
                    foreach (var listed in ListedNames(member.Value))
                        Name(listed);
            }
            Collect(member.Value);
        }
    }

    /// <summary>A member's name as an XML name; the prefix is empty where there is no namespace.</summary>
    public (string Prefix, string Local, string Space) Name(string name)
    {
        if (!context.TrySplit(name, out var space, out var local) || space.Length == 0)
            return ("", XmlSafeName.Encode(name), "");
        // A namespace cannot hold what XML cannot.
        space = XmlText.Of(XmlNames.Escape(space));
        if (!prefixOf.TryGetValue(space, out var prefix))
        {
            prefix = name[..Math.Max(0, name.IndexOf(':'))];
            if (!IsPrefix(prefix) || !taken.Add(prefix))
                for (var number = 1; !taken.Add(prefix = $"ns{number}");)
                    number++;
            prefixOf.Add(space, prefix);
        }
        return (prefix, XmlSafeName.Encode(local), space);
    }

    public static IEnumerable<string> ListedNames(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };

    static bool IsPrefix(string prefix) => prefix.Length > 0 && XmlReader.IsName(prefix) && XmlNames.IsCuriePrefix(prefix) && !prefix.StartsWith("xml", StringComparison.OrdinalIgnoreCase);
}
