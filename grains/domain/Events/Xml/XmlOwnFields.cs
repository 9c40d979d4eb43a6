using System.Text.Json;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>
/// Fields of one's own: an element with text is a text (or the number, truth value or nothing that <c>xsi:type</c> and <c>xsi:nil</c> say), an element with
/// elements an object, elements of one name a list. An attribute without namespace is the member <c>@name</c>; text beside attributes or elements is <c>rdf:value</c>.
/// </summary>
sealed class XmlOwnFields(Utf8JsonWriter json)
{
    /// <summary>Writes elements, grouped by name, and attributes as members of the object that is being written.</summary>
    public void Members(IReadOnlyList<XmlItem> items, IReadOnlyList<XmlMark> marks, XmlPrefixes prefixes)
    {
        List<(string Name, List<XmlItem> Items)> groups = [];
        Dictionary<string, List<XmlItem>>? byName = null;
        foreach (var item in items)
        {
            prefixes.Declare(item);
            var name = prefixes.NameOf(item.Space, item.Local, item.Prefix);
            byName ??= new(StringComparer.Ordinal);
            if (byName.TryGetValue(name, out var group))
                group.Add(item);
            else
                groups.Add((name, byName[name] = [item]));
        }
        Attributes(marks, prefixes);
        foreach (var (name, group) in groups)
        {
            json.WritePropertyName(name);
            if (EventContent.IsIgnoreList(name))
                Names(group, prefixes);
            else if (group.Count == 1)
                Value(group[0], prefixes);
            else
            {
                json.WriteStartArray();
                foreach (var item in group)
                    Value(item, prefixes);
                json.WriteEndArray();
            }
        }
    }

    public void Attributes(IReadOnlyList<XmlMark> marks, XmlPrefixes prefixes)
    {
        foreach (var mark in marks)
            if (mark.Space.Length == 0)
                json.WriteString("@" + mark.Local, mark.Value);
            else if (mark.Space == XmlNames.Xml)
                json.WriteString("@xml:" + mark.Local, mark.Value);
            else if (mark.Space != XmlNames.Instance)
                json.WriteString(prefixes.NameOf(mark.Space, mark.Local, mark.Prefix), mark.Value);
    }

    /// <summary>A list of names, each an empty element or a word of the text.</summary>
    public void Names(IEnumerable<XmlItem> lists, XmlPrefixes prefixes)
    {
        json.WriteStartArray();
        foreach (var list in lists)
        {
            foreach (var item in list.Children)
            {
                prefixes.Declare(item);
                json.WriteStringValue(prefixes.NameOf(item.Space, item.Local, item.Prefix));
            }
            foreach (var word in list.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                json.WriteStringValue(word);
        }
        json.WriteEndArray();
    }

    void Value(XmlItem item, XmlPrefixes prefixes)
    {
        if (item.Children.Count > 0 || item.Marks.Any(mark => mark.Space != XmlNames.Instance))
        {
            json.WriteStartObject();
            Members(item.Text.Length == 0 ? item.Children : [.. item.Children, new XmlItem(XmlNames.Rdf, XmlNames.RdfValue, "rdf") { Text = item.Text }], item.Marks, prefixes);
            json.WriteEndObject();
        }
        else if (item.IsNil)
            json.WriteNullValue();
        else if (Typed(item) is { } typed)
            json.WriteRawValue(typed, skipInputValidation: true);
        else
            json.WriteStringValue(item.Text);
    }

    static string? Typed(XmlItem item)
    {
        if (item.Instance("type") is not { } type)
            return null;
        return type[(type.IndexOf(':') + 1)..].Trim() switch
        {
            "boolean" => item.Text switch { "true" or "1" => "true", "false" or "0" => "false", _ => null },
            "decimal" or "integer" or "int" or "long" or "short" or "byte" or "double" or "float" or "nonNegativeInteger" or "positiveInteger" or "unsignedInt" or "unsignedLong" =>
                XmlNumber.ToJson(item.Text),
            _ => null,
        };
    }
}
