using System.Text.Json;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Writes the vocabularies of a document as JSON-LD has them (EPCIS 2.0, 9.4).</summary>
sealed class XmlMasterDataTranslator(Utf8JsonWriter json, XmlProblems problems)
{
    readonly XmlOwnFields ownFields = new(json);

    /// <summary>Writes a <c>VocabularyList</c> as the value of the member that was begun.</summary>
    public void Write(XmlItem list, XmlPrefixes prefixes)
    {
        json.WriteStartArray();
        foreach (var vocabulary in Only(list, "Vocabulary"))
        {
            json.WriteStartObject();
            Attribute(vocabulary, "type");
            foreach (var elements in Only(vocabulary, "VocabularyElementList"))
            {
                json.WriteStartArray("vocabularyElementList"u8);
                foreach (var element in Only(elements, "VocabularyElement"))
                    Element(element, prefixes);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void Element(XmlItem element, XmlPrefixes prefixes)
    {
        json.WriteStartObject();
        Attribute(element, "id");
        var attributes = element.Children.Where(part => part.Local == "attribute").ToList();
        if (attributes.Count > 0)
        {
            json.WriteStartArray("attributes"u8);
            foreach (var attribute in attributes)
            {
                json.WriteStartObject();
                Attribute(attribute, "id");
                json.WritePropertyName("attribute"u8);
                if (attribute.Children.Count == 0)
                    json.WriteStringValue(attribute.Text);
                else
                {
                    json.WriteStartObject();
                    ownFields.Members(attribute.Children, [], prefixes);
                    json.WriteEndObject();
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        foreach (var children in Only(element, "children", "attribute"))
        {
            json.WriteStartArray("children"u8);
            foreach (var id in Only(children, "id"))
                json.WriteStringValue(id.Text);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    void Attribute(XmlItem item, string name)
    {
        if (item.Mark(name) is { } value)
            json.WriteString(name, value.Trim());
    }

    // Elements in namespaces of one's own and extensions may stand here; nothing is made of them.
    IEnumerable<XmlItem> Only(XmlItem of, string name, string? besides = null)
    {
        if (of.Text.Length > 0)
            problems.Add(of.Local, "elements", of.Text);
        foreach (var item in of.Children)
            if (item.Local == name && (item.Space.Length == 0 || XmlNames.IsEpcis(item.Space)))
                yield return item;
            else if (item.Space.Length == 0 && item.Local != "extension" && item.Local != besides)
                problems.Add($"{of.Local}/{item.Local}", $"only {name}", "another element");
    }
}
