using System.Text.Json;
using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Writes fields of one's own, the way <see cref="XmlOwnFields"/> reads them.</summary>
sealed class XmlOwnWriter(XmlWriter xml, XmlSpaces spaces)
{
    const string AttributeMark = "@", XmlMark = "@xml:";

    public void Field(string name, JsonElement value)
    {
        var (prefix, local, space) = spaces.Name(name);
        if (EventContent.IsIgnoreList(name) && EventContent.IsListOfNames(value))
        {
            Start(prefix, local, space);
            foreach (var listed in XmlSpaces.ListedNames(value))
            {
                var element = spaces.Name(listed);
                Start(element.Prefix, element.Local, element.Space);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        else if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray())
                Field(name, item);
        else
        {
            Start(prefix, local, space);
            Content(value);
            xml.WriteEndElement();
        }
    }

    /// <summary>Whether a value can be an attribute.</summary>
    public static bool IsSimple(JsonElement value) => value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);

    public void Attribute(string name, JsonElement value)
    {
        var (prefix, local, space) = spaces.Name(name);
        xml.WriteAttributeString(prefix, local, space, Text(value));
    }

    void Content(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Object(value);
                break;
            case JsonValueKind.Number:
                var number = XmlNumber.Raw(value);
                xml.WriteAttributeString("xsi", "type", XmlNames.Instance, XmlNumber.HasExponent(number) ? "xsd:double" : "xsd:decimal");
                xml.WriteString(number);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                xml.WriteAttributeString("xsi", "type", XmlNames.Instance, "xsd:boolean");
                xml.WriteString(Text(value));
                break;
            case JsonValueKind.Null:
                xml.WriteAttributeString("xsi", "nil", XmlNames.Instance, "true");
                break;
            default:
                xml.WriteString(Text(value));
                break;
        }
    }

    void Object(JsonElement value)
    {
        JsonProperty? text = null;
        var others = false;
        foreach (var member in value.EnumerateObject())
            if (IsAttribute(member))
                if (member.Name.StartsWith(XmlMark, StringComparison.Ordinal))
                    xml.WriteAttributeString("xml", member.Name[XmlMark.Length..], XmlNames.Xml, Text(member.Value));
                else
                    xml.WriteAttributeString(member.Name[1..], Text(member.Value));
            else if (member.Value.ValueKind == JsonValueKind.String && spaces.Name(member.Name) is { Space: XmlNames.Rdf, Local: XmlNames.RdfValue })
                text = member;
            else
                others = true;
        if (text is { } only && !others)
        {
            xml.WriteString(Text(only.Value));
            return;
        }
        foreach (var member in value.EnumerateObject())
            if (!IsAttribute(member))
                Field(member.Name, member.Value);
    }

    static bool IsAttribute(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.String || !member.Name.StartsWith(AttributeMark, StringComparison.Ordinal))
            return false;
        var name = member.Name.StartsWith(XmlMark, StringComparison.Ordinal) ? member.Name[XmlMark.Length..] : member.Name[1..];
        return name.Length > 0 && name != "xmlns" && !name.Contains(':') && IsNcName(name);
    }

    static bool IsNcName(string name)
    {
        if (!XmlConvert.IsStartNCNameChar(name[0]))
            return false;
        foreach (var letter in name)
            if (!XmlConvert.IsNCNameChar(letter))
                return false;
        return true;
    }

    void Start(string prefix, string local, string space)
    {
        if (space.Length == 0)
            xml.WriteStartElement(local);
        else
            xml.WriteStartElement(prefix, local, space);
    }

    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => XmlText.Of(value.GetString()!),
        JsonValueKind.Number => XmlNumber.Raw(value),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };
}
