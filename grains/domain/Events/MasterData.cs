using System.Text.Json;
using TraceGrains.Domain.Districts;

namespace TraceGrains.Domain.Events;

/// <summary>Master data in a document: its shape is checked first, then its elements are read (EPCIS 2.0, 9.4).</summary>
static class MasterData
{
    public static void Check(JsonElement header, ProblemList problems)
    {
        problems.Enter("epcisHeader");
        if (header.ValueKind != JsonValueKind.Object)
            problems.Add("an object", header);
        else
            foreach (var member in header.EnumerateObject())
            {
                if (member.NameEquals("epcisMasterData"u8))
                {
                    problems.Enter("epcisMasterData");
                    if (member.Value.ValueKind != JsonValueKind.Object)
                        problems.Add("an object with vocabularyList", member.Value);
                    else if (member.Value.TryGetProperty("vocabularyList"u8, out var list))
                        CheckVocabularies(list, problems);
                    problems.Leave();
                }
                else if (!UriText.IsUri(member.Name))
                    problems.Add(member.Name, "epcisMasterData, or a field of your own named by a URI or a CURIE", ProblemList.Shorten(member.Value));
            }
        problems.Leave();
    }

    public static void CheckVocabularies(JsonElement list, ProblemList problems) => Each("vocabularyList", list, problems, vocabulary =>
    {
        Uri(vocabulary, "type", problems);
        if (vocabulary.TryGetProperty("vocabularyElementList"u8, out var elements))
            Each("vocabularyElementList", elements, problems, element =>
            {
                Uri(element, "id", problems);
                if (element.TryGetProperty("attributes"u8, out var attributes))
                    Each("attributes", attributes, problems, attribute =>
                    {
                        Uri(attribute, "id", problems);
                        if (attribute.TryGetProperty("attribute"u8, out var value) && value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Object))
                            problems.Add("attribute", "a text, a number or an object", ProblemList.Shorten(value));
                        else if (IsDistrict(attribute) && (value.ValueKind != JsonValueKind.String || District.Find(value.GetString()!) is null))
                            problems.Add("attribute", District.Expected, ProblemList.Shorten(value));
                    });
                if (element.TryGetProperty("children"u8, out var children))
                {
                    problems.Enter("children");
                    if (children.ValueKind != JsonValueKind.Array || children.EnumerateArray().Any(child => !IsUri(child)))
                        problems.Add("a list of URIs", children);
                    problems.Leave();
                }
            });
    });

    /// <summary>The elements of a list that <see cref="CheckVocabularies"/> found nothing wrong with.</summary>
    public static IEnumerable<MasterElement> Elements(JsonElement list, JsonLdContext context, IdentityCache ids)
    {
        foreach (var vocabulary in list.EnumerateArray())
            if (vocabulary.TryGetProperty("vocabularyElementList"u8, out var elements))
                foreach (var element in elements.EnumerateArray())
                    yield return new(
                        context.Expand(vocabulary.GetProperty("type"u8).GetString()!), ids.Canonical(element.GetProperty("id"u8).GetString()!, context),
                        element.TryGetProperty("attributes"u8, out var attributes) ? [.. attributes.EnumerateArray().Where(HasValue).Select(attribute => Attribute(attribute, context))] : [],
                        element.TryGetProperty("children"u8, out var children) ? [.. children.EnumerateArray().Select(child => ids.Canonical(child.GetString()!, context))] : []);
    }

    /// <summary>The list of vocabularies in a header; null when it has none.</summary>
    public static JsonElement? ListIn(JsonElement header) =>
        header.TryGetProperty("epcisMasterData"u8, out var master) && master.TryGetProperty("vocabularyList"u8, out var list) ? list : null;

    static bool IsDistrict(JsonElement attribute) =>
        attribute.TryGetProperty("id"u8, out var id) && id.ValueKind == JsonValueKind.String && attribute.TryGetProperty("attribute"u8, out _) && id.ValueEquals(District.AttributeId);

    static bool HasValue(JsonElement attribute) => attribute.TryGetProperty("attribute"u8, out _);

    static KeyValuePair<string, string> Attribute(JsonElement attribute, JsonLdContext context)
    {
        var value = attribute.GetProperty("attribute"u8);
        return KeyValuePair.Create(context.Expand(attribute.GetProperty("id"u8).GetString()!), value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
    }

    static void Each(string name, JsonElement list, ProblemList problems, Action<JsonElement> check)
    {
        problems.Enter(name);
        if (list.ValueKind != JsonValueKind.Array)
            problems.Add("a list", list);
        else
        {
            var index = 0;
            foreach (var item in list.EnumerateArray())
            {
                problems.Enter(index++);
                if (item.ValueKind == JsonValueKind.Object)
                    check(item);
                else
                    problems.Add("an object", item);
                problems.Leave();
            }
        }
        problems.Leave();
    }

    static void Uri(JsonElement value, string name, ProblemList problems)
    {
        if (!value.TryGetProperty(name, out var uri))
            problems.Add(name, "an absolute URI", null);
        else if (!IsUri(uri))
            problems.Add(name, "an absolute URI", ProblemList.Shorten(uri));
    }

    static bool IsUri(JsonElement value) => value.ValueKind == JsonValueKind.String && UriText.IsUri(value.GetString());
}
