using System.Text.Json;

namespace TraceGrains.Domain.Events;

/// <summary>
/// Puts a checked event into canonical form, in the order of CBV 2.0, section 8.9: identifiers as Digital Links at their finest level, terms as
/// web URIs, times in UTC to the millisecond, one's own fields by their expanded name. The event's id, its record time, its error declaration
/// and comments are no content.
/// </summary>
sealed class EventContent(JsonLdContext context, IdentityCache ids)
{
    const string Comment = "http://www.w3.org/2000/01/rdf-schema#comment";

    readonly JsonElement[] fields = new JsonElement[(int)EventField.Count];

    /// <summary>Whether a member lists other members that a repository added and that are not what the event says (<c>x:ignoreFields</c>).</summary>
    public static bool IsIgnoreList(string name) => name.EndsWith("ignoreFields", StringComparison.Ordinal) && name.Length > 12 && name[^13] is ':' or '/' or '#';

    /// <summary>What such a member holds.</summary>
    public static bool IsListOfNames(JsonElement value) => value.ValueKind == JsonValueKind.String
        || value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String);

    /// <summary>The content of an event; <paramref name="carried"/> are members of its document that speak about it.</summary>
    public ContentNode Of(JsonElement value, IReadOnlyList<JsonProperty> carried)
    {
        Array.Clear(fields);
        List<JsonProperty>? own = null;
        HashSet<string>? ignored = null;
        foreach (var member in carried)
            Ignore(member.Value, ref ignored);
        foreach (var member in value.EnumerateObject())
        {
            var name = member.Name;
            if (EventFields.TryFind(name, out var field))
                fields[(int)field] = member.Value;
            else if (IsIgnoreList(name))
                Ignore(member.Value, ref ignored);
            else
                (own ??= []).Add(member);
        }

        var root = new ContentNode("");
        var type = Text(EventField.Type)!;
        root.AddValue("eventType", context.Expand(type), "type");
        root.AddValue("eventTime", Time(fields[(int)EventField.EventTime]));
        root.AddValue("eventTimeZoneOffset", Text(EventField.EventTimeZoneOffset));
        root.AddUnlessEmpty(Uris(EventField.CertificationInfo));
        Epcs(root, EventField.EpcList);
        root.AddValue("parentID", Id(fields[(int)EventField.ParentId]));
        Epcs(root, EventField.InputEpcList);
        Epcs(root, EventField.ChildEpcs);
        Quantities(root, EventField.QuantityList);
        Quantities(root, EventField.ChildQuantityList);
        Quantities(root, EventField.InputQuantityList);
        Epcs(root, EventField.OutputEpcList);
        Quantities(root, EventField.OutputQuantityList);
        root.AddValue("action", Text(EventField.Action));
        root.AddValue("transformationID", Id(fields[(int)EventField.TransformationId]));
        root.AddValue("bizStep", Term(fields[(int)EventField.BizStep], CbvVocabulary.BizStep));
        root.AddValue("disposition", Term(fields[(int)EventField.Disposition], CbvVocabulary.Disposition));
        Persistent(root);
        Place(root, EventField.ReadPoint);
        Place(root, EventField.BizLocation);
        // Where the published hashes have it, before the lists of pairs.
        Sensors(root);
        Pairs(root, EventField.BizTransactionList, "bizTransaction", CbvVocabulary.BizTransactionType);
        Pairs(root, EventField.DestinationList, "destination", CbvVocabulary.SourceDestinationType);
        Pairs(root, EventField.SourceList, "source", CbvVocabulary.SourceDestinationType);
        if (fields[(int)EventField.Ilmd] is { ValueKind: JsonValueKind.Object } ilmd)
        {
            var node = new ContentNode("ilmd") { Unordered = true };
            foreach (var member in ilmd.EnumerateObject())
                Own(node, member.Name, member.Value);
            root.AddUnlessEmpty(node);
        }
        if (own is not null)
        {
            var group = new ContentNode("") { Unordered = true };
            foreach (var member in own)
                if (ignored is null || !ignored.Contains(context.Expand(member.Name)))
                    Own(group, member.Name, member.Value);
            root.AddUnlessEmpty(group);
        }
        return root;
    }

    /// <summary>The error declaration, which the hash leaves out and a comparison does not.</summary>
    public ContentNode? Declaration(JsonElement value)
    {
        if (!value.TryGetProperty("errorDeclaration", out var declaration))
            return null;
        var node = new ContentNode("errorDeclaration") { Unordered = true };
        foreach (var member in declaration.EnumerateObject())
            if (member.NameEquals("declarationTime"u8))
                node.AddValue("declarationTime", Time(member.Value));
            else if (member.NameEquals("reason"u8))
                node.AddValue("reason", Term(member.Value, CbvVocabulary.ErrorReason));
            else if (member.NameEquals("correctiveEventIDs"u8))
            {
                var list = new ContentNode("correctiveEventIDs") { Unordered = true };
                var index = 0;
                foreach (var item in member.Value.EnumerateArray())
                    list.AddValue("eventID", item.GetString(), index: index++);
                node.AddUnlessEmpty(list);
            }
            else
                Own(node, member.Name, member.Value);
        return node;
    }

    void Ignore(JsonElement names, ref HashSet<string>? ignored)
    {
        ignored ??= new(StringComparer.Ordinal);
        if (names.ValueKind == JsonValueKind.String)
            ignored.Add(context.Expand(names.GetString()!));
        if (names.ValueKind == JsonValueKind.Array)
            foreach (var name in names.EnumerateArray())
                if (name.ValueKind == JsonValueKind.String)
                    ignored.Add(context.Expand(name.GetString()!));
    }

    void Epcs(ContentNode root, EventField field)
    {
        var list = fields[(int)field];
        if (list.ValueKind != JsonValueKind.Array)
            return;
        var node = new ContentNode(EventFields.NameOf(field)) { Unordered = true };
        var index = 0;
        foreach (var epc in list.EnumerateArray())
            node.AddValue("epc", Id(epc), index: index++);
        root.AddUnlessEmpty(node);
    }

    void Quantities(ContentNode root, EventField field)
    {
        var list = fields[(int)field];
        if (list.ValueKind != JsonValueKind.Array)
            return;
        var node = new ContentNode(EventFields.NameOf(field)) { Unordered = true };
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var element = new ContentNode("quantityElement", index: index++);
            element.AddValue("epcClass", Id(item.GetProperty("epcClass"u8)));
            if (item.TryGetProperty("quantity"u8, out var quantity))
                element.AddValue("quantity", NumberText.Of(quantity));
            if (item.TryGetProperty("uom"u8, out var uom))
                element.AddValue("uom", uom.GetString());
            node.Add(element);
        }
        root.AddUnlessEmpty(node);
    }

    void Persistent(ContentNode root)
    {
        var value = fields[(int)EventField.PersistentDisposition];
        if (value.ValueKind != JsonValueKind.Object)
            return;
        var node = new ContentNode("persistentDisposition");
        foreach (var side in (ReadOnlySpan<string>)["set", "unset"])
        {
            if (!value.TryGetProperty(side, out var terms))
                continue;
            var group = new ContentNode("", side) { Unordered = true };
            var index = 0;
            foreach (var term in terms.EnumerateArray())
                group.AddValue(side, Term(term, CbvVocabulary.Disposition), index: index++);
            node.AddUnlessEmpty(group);
        }
        root.AddUnlessEmpty(node);
    }

    void Place(ContentNode root, EventField field)
    {
        var value = fields[(int)field];
        if (value.ValueKind != JsonValueKind.Object)
            return;
        var node = new ContentNode(EventFields.NameOf(field));
        var own = new ContentNode("") { Unordered = true };
        foreach (var member in value.EnumerateObject())
            if (member.NameEquals("id"u8))
                node.AddValue("id", Id(member.Value));
            else
                Own(own, member.Name, member.Value);
        node.AddUnlessEmpty(own);
        root.AddUnlessEmpty(node);
    }

    void Pairs(ContentNode root, EventField field, string valueName, CbvVocabulary types)
    {
        var list = fields[(int)field];
        if (list.ValueKind != JsonValueKind.Array)
            return;
        var node = new ContentNode(EventFields.NameOf(field)) { Unordered = true };
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var pair = new ContentNode("", index: index++);
            if (item.TryGetProperty("type"u8, out var type))
                pair.AddValue("type", Term(type, types));
            pair.AddValue(valueName, Id(item.GetProperty(valueName)));
            node.Add(pair);
        }
        root.AddUnlessEmpty(node);
    }

    void Sensors(ContentNode root)
    {
        var list = fields[(int)EventField.SensorElementList];
        if (list.ValueKind != JsonValueKind.Array)
            return;
        var node = new ContentNode("sensorElementList") { Unordered = true };
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var element = new ContentNode("sensorElement", index: index++);
            var reports = new ContentNode("", "sensorReport") { Unordered = true };
            var own = new ContentNode("") { Unordered = true };
            foreach (var member in item.EnumerateObject())
                if (member.NameEquals("sensorMetadata"u8))
                    element.AddUnlessEmpty(Sensor("sensorMetadata", member.Value, SensorFields.Metadata, -1));
                else if (member.NameEquals("sensorReport"u8))
                {
                    var at = 0;
                    foreach (var report in member.Value.EnumerateArray())
                        reports.Add(Sensor("sensorReport", report, SensorFields.Report, at++));
                }
                else
                    Own(own, member.Name, member.Value);
            element.AddUnlessEmpty(reports);
            element.AddUnlessEmpty(own);
            node.Add(element);
        }
        root.AddUnlessEmpty(node);
    }

    ContentNode Sensor(string key, JsonElement value, SensorFields known, int index)
    {
        var node = new ContentNode(key, index: index);
        var values = new JsonElement[known.Count];
        var own = new ContentNode("") { Unordered = true };
        foreach (var member in value.EnumerateObject())
            if (known.Find(member.Name) is var at and >= 0)
                values[at] = member.Value;
            else
                Own(own, member.Name, member.Value);
        for (var at = 0; at < values.Length; at++)
            if (values[at].ValueKind != JsonValueKind.Undefined)
                node.AddValue(known.NameOf(at), known.ShapeOf(at) switch
                {
                    SensorShape.Time => Time(values[at]),
                    SensorShape.Number => NumberText.Of(values[at]),
                    SensorShape.Boolean => values[at].GetBoolean() ? "true" : "false",
                    SensorShape.Measurement => Term(values[at], CbvVocabulary.Measurement),
                    SensorShape.Alert => Term(values[at], CbvVocabulary.Alert),
                    SensorShape.Component => Term(values[at], CbvVocabulary.Component),
                    SensorShape.Device or SensorShape.Uri => Id(values[at]),
                    _ => values[at].GetString(),
                });
        node.AddUnlessEmpty(own);
        return node;
    }

    // Own fields keep their text: a lot "007" is not a lot "7". Only a GS1 key is brought to its one spelling.
    void Own(ContentNode to, string name, JsonElement value, int index = -1)
    {
        var split = context.TrySplit(name, out var space, out var local);
        if (split && local == "comment" && space + local == Comment)
            return;
        var key = split ? $"{{{space}}}{local}" : name;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                var at = 0;
                foreach (var item in value.EnumerateArray())
                    Own(to, name, item, at++);
                break;
            case JsonValueKind.Object:
                var node = new ContentNode(key, name, index) { Unordered = true };
                foreach (var member in value.EnumerateObject())
                    Own(node, member.Name, member.Value);
                to.Add(node);
                break;
            default:
                to.Add(new ContentNode(key, name, index)
                {
                    Value = value.ValueKind switch
                    {
                        JsonValueKind.String => ids.CanonicalText(value.GetString()!.Trim()),
                        JsonValueKind.Number => NumberText.Of(value),
                        JsonValueKind.True => "true",
                        JsonValueKind.False => "false",
                        _ => null,
                    },
                });
                break;
        }
    }

    ContentNode Uris(EventField field)
    {
        var group = new ContentNode("", EventFields.NameOf(field)) { Unordered = true };
        var value = fields[(int)field];
        if (value.ValueKind == JsonValueKind.String)
            group.AddValue(EventFields.NameOf(field), Id(value));
        if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
                group.AddValue(EventFields.NameOf(field), Id(item), index: index++);
        }
        return group;
    }

    string? Text(EventField field) => fields[(int)field] is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    string? Id(JsonElement value) => value.ValueKind == JsonValueKind.String ? ids.Canonical(value.GetString()!, context) : null;

    string? Term(JsonElement value, CbvVocabulary vocabulary) =>
        value.ValueKind == JsonValueKind.String && vocabulary.TryRead(value.GetString()!, context, out var term) ? vocabulary.WebUri(term) : null;

    static string? Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && EventClock.TryRead(value.GetString(), out var time) ? EventClock.ForHash(time) : null;
}
