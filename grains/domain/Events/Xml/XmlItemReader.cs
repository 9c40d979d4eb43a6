using System.Text;
using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Said when a document goes beyond what one may carry; reading it ends there.</summary>
sealed class XmlLimitException(string place, string expected, string found) : Exception
{
    public string Place { get; } = place;

    public string Expected { get; } = expected;

    public string Found { get; } = found;
}

/// <summary>Reads an element with all that is in it, within limits.</summary>
sealed class XmlItemReader(XmlReader xml)
{
    readonly HashSet<string> names = new(StringComparer.Ordinal);
    readonly StringBuilder text = new();
    long characters;
    int elements;

    /// <summary>Reads the element at which the reader stands; afterwards the reader stands behind it.</summary>
    public XmlItem Read()
    {
        (characters, elements) = (0, 0);
        return Read(1);
    }

    /// <summary>The element's own tag alone.</summary>
    public XmlItem Tag()
    {
        var item = new XmlItem(xml.NamespaceURI, xml.LocalName, xml.Prefix);
        // Names stay with the parser for the whole document.
        if (names.Add(item.Local) && names.Count > CaptureLimits.MaxXmlNames)
            throw new XmlLimitException(item.Name, $"at most {CaptureLimits.MaxXmlNames} different names in one document", "more");
        if (xml.AttributeCount > CaptureLimits.MaxXmlAttributes)
            throw new XmlLimitException(item.Name, $"at most {CaptureLimits.MaxXmlAttributes} attributes in one element", $"{xml.AttributeCount}");
        if (!xml.HasAttributes)
            return item;
        while (xml.MoveToNextAttribute())
            if (xml.NamespaceURI == XmlNames.Xmlns)
                (item.Declared ??= []).Add((xml.Prefix.Length == 0 ? "" : xml.LocalName, xml.Value));
            else
            {
                var value = xml.Value;
                Count(value.Length, item);
                item.Add(new XmlMark(xml.NamespaceURI, xml.LocalName, xml.Prefix, value));
            }
        xml.MoveToElement();
        return item;
    }

    XmlItem Read(int depth)
    {
        if (depth > CaptureLimits.MaxXmlDepth)
            throw new XmlLimitException(xml.Name, $"elements nested at most {CaptureLimits.MaxXmlDepth} deep", "deeper nesting");
        if (++elements > CaptureLimits.MaxXmlElementsPerEvent)
            throw new XmlLimitException(xml.Name, $"at most {CaptureLimits.MaxXmlElementsPerEvent} elements in one event", "more");
        var isEmpty = xml.IsEmptyElement;
        var item = Tag();
        xml.Read();
        if (isEmpty)
            return item;
        string? only = null;
        List<string>? pieces = null;
        while (xml.NodeType != XmlNodeType.EndElement)
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    item.Add(Read(depth + 1));
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    var value = xml.Value;
                    Count(value.Length, item);
                    if (only is null)
                        only = value;
                    else
                        (pieces ??= [only]).Add(value);
                    xml.Read();
                    break;
                default:
                    xml.Read();
                    break;
            }
        xml.Read();
        item.Text = pieces is null ? only?.Trim() ?? "" : Join(pieces);
        return item;
    }

    string Join(List<string> pieces)
    {
        text.Clear();
        foreach (var piece in pieces)
            text.Append(piece);
        return text.ToString().Trim();
    }

    void Count(int length, XmlItem item)
    {
        characters += length;
        if (characters > CaptureLimits.MaxEventBytes)
            throw new XmlLimitException(item.Name, $"at most {CaptureLimits.MaxEventBytes} characters in one event", "more");
    }
}
