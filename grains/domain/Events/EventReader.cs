using System.Text.Json;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Recalls;

namespace TraceGrains.Domain.Events;

/// <summary>
/// Checks one event and takes from it what the rules read. As strict as the published JSON schema of EPCIS 2.0, plus what a schema cannot say:
/// identifiers must be identifiers, no member twice, nothing from the vocabulary TraceGrains keeps for itself.
/// </summary>
/// <param name="problems">Where problems go; it knows the place.</param>
/// <param name="ids">What the document's spellings name.</param>
/// <param name="trusted">Whether the event comes out of the ledger, where TraceGrains' own vocabulary is at home.</param>
/// <param name="asXml">Whether the event is only held to what the XML schema says too: terms are any URIs, a sensor report needs no type, and an identifier may be given twice.</param>
sealed class EventReader(ProblemList problems, IdentityCache ids, bool trusted, bool asXml)
{
    const string UriExpected = "an absolute URI";
    const string OwnNameExpected = "a field of EPCIS 2.0, or one of your own named by a URI or a CURIE";
    const string ReservedExpected = "nothing here: reserved for what TraceGrains itself writes";

    readonly JsonElement[] fields = new JsonElement[(int)EventField.Count];
    readonly Stack<HashSet<string>> nameSets = new();
    JsonLdContext context = JsonLdContext.Empty;
    Dictionary<string, string>? lots;
    RecallNotice? recall;
    CaseReference? inCase;
    List<(DateKind Kind, string? Text)>? dates;
    int ownFields;

    /// <summary>The event, or null after reporting at least one problem.</summary>
    public EpcisEvent? Read(JsonElement value, JsonLdContext eventContext)
    {
        var before = problems.Count;
        context = eventContext;
        lots = null;
        recall = null;
        inCase = null;
        dates = null;
        ownFields = 0;
        Array.Clear(fields);
        Members(value);

        var type = ReadType();
        for (var field = EventField.Context; field < EventField.Count; field++)
            if (Has(field) && type is { } known && !EventFields.Belongs(field, known))
                problems.Add(EventFields.NameOf(field), $"no such field in {Article(known)}", ProblemList.Shorten(Of(field)));
        if (!CountIdentifiers())
            return null;

        var read = new EpcisEvent
        {
            Type = type ?? EventType.Extended,
            EventTime = Time(EventField.EventTime, required: true),
            EventId = EventId(),
            Action = Action(type),
            BizStep = Term(EventField.BizStep, CbvVocabulary.BizStep),
            Disposition = Term(EventField.Disposition, CbvVocabulary.Disposition),
            PersistentSet = Persistent("set"),
            PersistentUnset = Persistent("unset"),
            ReadPoint = Place(EventField.ReadPoint),
            BizLocation = Place(EventField.BizLocation),
            // An event type of one's own may have both lists.
            Epcs = Joined(Epcs(EventField.EpcList, type is EventType.ObjectEvent), Epcs(EventField.ChildEpcs, false)),
            Quantities = Joined(Quantities(EventField.QuantityList), Quantities(EventField.ChildQuantityList)),
            ParentId = Id(EventField.ParentId),
            InputEpcs = Epcs(EventField.InputEpcList, true),
            InputQuantities = Quantities(EventField.InputQuantityList),
            OutputEpcs = Epcs(EventField.OutputEpcList, true),
            OutputQuantities = Quantities(EventField.OutputQuantityList),
            TransformationId = Id(EventField.TransformationId),
            Sources = Endpoints(EventField.SourceList, "source"),
            Destinations = Endpoints(EventField.DestinationList, "destination"),
            IlmdLotNumber = Ilmd(),
            SensorDevices = Sensors(),
            ErrorDeclaration = Declaration(),
        };
        Time(EventField.RecordTime, required: false);
        ZoneOffset();
        CertificationInfo();
        BizTransactions(type);
        Combination(type);
        if (problems.Count > before || problems.Full)
            return null;
        if (lots is not null || recall is not null || inCase is not null)
            read = read with { LotOfInstance = lots ?? read.LotOfInstance, Recall = recall, Case = inCase };
        return dates is null ? read : read with { Dates = Dates() };
    }

    // A date of the ILMD that is no date is kept as it was said and counts for nothing: an observation is recorded (I7).
    List<ItemDate> Dates()
    {
        var offset = Of(EventField.EventTimeZoneOffset).GetString() is { } text ? ItemDates.OffsetOf(text) : TimeSpan.Zero;
        var read = new List<ItemDate>();
        foreach (var (kind, said) in dates!)
            if (ItemDates.TryRead(said, offset, out var until))
                read.Add(new(kind, until));
        return read;
    }

    void Members(JsonElement value)
    {
        var names = Rent();
        foreach (var member in value.EnumerateObject())
        {
            var name = member.Name;
            // GS1's own example AssociationEvent-h gives eventID twice. As in every JSON parser the last one counts, and only that one is kept.
            if (!names.Add(name) && name != "eventID")
                problems.Add(name, "each member once", "the same member again");
            else if (EventFields.TryFind(name, out var field))
                fields[(int)field] = member.Value;
            else if (EventContent.IsIgnoreList(name) && UriText.IsUri(name))
            {
                if (!EventContent.IsListOfNames(member.Value))
                    problems.Add(name, "a list of field names", ProblemList.Shorten(member.Value));
            }
            else
                OwnMember(member.Name, member.Value, OwnNameExpected);
        }
        Return(names);
    }

    EventType? ReadType()
    {
        const string expected = "ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent, AssociationEvent, or the URI of an event type of your own";
        if (Text(EventField.Type, expected, required: true) is not { } text)
            return null;
        switch (text)
        {
            case "ObjectEvent": return EventType.ObjectEvent;
            case "AggregationEvent": return EventType.AggregationEvent;
            case "TransactionEvent": return EventType.TransactionEvent;
            case "TransformationEvent": return EventType.TransformationEvent;
            case "AssociationEvent": return EventType.AssociationEvent;
        }
        if (UriText.IsUri(text))
        {
            if (!trusted && JsonLdContext.IsReserved(context.Expand(text)))
                problems.Add("type", ReservedExpected, ProblemList.Shorten(Of(EventField.Type)));
            return EventType.Extended;
        }
        problems.Add("type", expected, ProblemList.Shorten(Of(EventField.Type)));
        return null;
    }

    bool CountIdentifiers()
    {
        var count = 0;
        foreach (var field in (ReadOnlySpan<EventField>)[EventField.EpcList, EventField.QuantityList, EventField.ChildEpcs, EventField.ChildQuantityList,
            EventField.InputEpcList, EventField.InputQuantityList, EventField.OutputEpcList, EventField.OutputQuantityList])
            if (Of(field).ValueKind == JsonValueKind.Array)
                count += Of(field).GetArrayLength();
        if (count <= CaptureLimits.MaxIdentifiersPerEvent)
            return true;
        problems.Add(null, $"at most {CaptureLimits.MaxIdentifiersPerEvent} identifiers in one event", $"{count}");
        return false;
    }

    EventAction Action(EventType? type)
    {
        const string expected = "ADD, OBSERVE or DELETE";
        var required = type is not (null or EventType.TransformationEvent or EventType.Extended);
        switch (Text(EventField.Action, expected, required))
        {
            case "ADD": return EventAction.Add;
            case "OBSERVE": return EventAction.Observe;
            case "DELETE": return EventAction.Delete;
            case null: return EventAction.None;
            default:
                problems.Add("action", expected, ProblemList.Shorten(Of(EventField.Action)));
                return EventAction.None;
        }
    }

    string? EventId()
    {
        if (Text(EventField.EventId, UriExpected, required: false) is not { } id)
            return null;
        problems.Enter("eventID");
        Uri(Of(EventField.EventId), id);
        Reserved(Of(EventField.EventId), id);
        problems.Leave();
        return id;
    }

    void Reserved(JsonElement found, string text)
    {
        if (!trusted && (JsonLdContext.IsReserved(text) || JsonLdContext.IsReserved(context.Expand(text))))
            problems.Add($"an id that does not begin with {JsonLdContext.Reserved}, which is reserved for TraceGrains itself", found);
    }

    DateTimeOffset Time(EventField field, bool required)
    {
        if (Text(field, EventClock.Expected, required) is not { } text)
            return default;
        if (!EventClock.TryRead(text, out var time))
            problems.Add(EventFields.NameOf(field), EventClock.Expected, ProblemList.Shorten(Of(field)));
        return time;
    }

    void ZoneOffset()
    {
        const string expected = "a time zone offset between -14:00 and +14:00, such as +08:00";
        if (Text(EventField.EventTimeZoneOffset, expected, required: true) is { } text && !EventClock.IsZoneOffset(text))
            problems.Add("eventTimeZoneOffset", expected, ProblemList.Shorten(Of(EventField.EventTimeZoneOffset)));
    }

    void CertificationInfo()
    {
        var value = Of(EventField.CertificationInfo);
        if (value.ValueKind == JsonValueKind.Undefined)
            return;
        problems.Enter("certificationInfo");
        if (value.ValueKind == JsonValueKind.Array)
            Each(value, item => Uri(item));
        else if (value.ValueKind == JsonValueKind.String)
            Uri(value);
        else
            problems.Add("an absolute URI or an array of them", value);
        problems.Leave();
    }

    string? Term(EventField field, CbvVocabulary vocabulary)
    {
        if (!Has(field))
            return null;
        problems.Enter(EventFields.NameOf(field));
        var term = Term(Of(field), vocabulary);
        problems.Leave();
        return term;
    }

    string? Term(JsonElement value, CbvVocabulary vocabulary)
    {
        if (value.ValueKind == JsonValueKind.String && vocabulary.TryRead(value.GetString()!, context, out var term) && (asXml || vocabulary.IsDefined(term)))
        {
            // A hold is placed and released by an order; an event may not do it in passing.
            if (!trusted && Blocks.IsHold(term))
                problems.Add(ReservedExpected, value);
            return term;
        }
        problems.Add(vocabulary.Expected, value);
        return null;
    }

    List<string> Persistent(string side)
    {
        var value = Of(EventField.PersistentDisposition);
        List<string> terms = [];
        if (value.ValueKind == JsonValueKind.Undefined)
            return terms;
        problems.Enter("persistentDisposition");
        // Both sides come through here; what concerns the object as a whole is said once.
        if (side == "set")
        {
            if (value.ValueKind != JsonValueKind.Object)
                problems.Add("an object with set, unset or both", value);
            else
            {
                Known(value, "set", "unset");
                if (!value.TryGetProperty("set"u8, out _) && !value.TryGetProperty("unset"u8, out _))
                    problems.Add("an object with set, unset or both", value);
            }
        }
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(side, out var list))
        {
            problems.Enter(side);
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
                problems.Add("a list with at least one disposition", list);
            else
                Each(list, item =>
                {
                    if (Term(item, CbvVocabulary.Disposition) is not { } term)
                        return;
                    if (terms.Contains(term))
                        problems.Add("each disposition once", item);
                    else
                        terms.Add(term);
                });
            problems.Leave();
        }
        problems.Leave();
        return terms;
    }

    string? Place(EventField field)
    {
        var value = Of(field);
        if (value.ValueKind == JsonValueKind.Undefined)
            return null;
        problems.Enter(EventFields.NameOf(field));
        string? place = null;
        if (value.ValueKind != JsonValueKind.Object)
            problems.Add("an object with the member id", value);
        else
        {
            var names = Rent();
            foreach (var member in value.EnumerateObject())
                if (!names.Add(member.Name))
                    problems.Add(member.Name, "each member once", "the same member again");
                else if (member.NameEquals("id"u8))
                {
                    problems.Enter("id");
                    place = Identify(member.Value)?.Code;
                    problems.Leave();
                }
                else
                    OwnMember(member.Name, member.Value, "id, or a field of your own named by a URI or a CURIE");
            if (!names.Contains("id"))
                problems.Add("id", "the code of a place", null);
            Return(names);
        }
        problems.Leave();
        return place;
    }

    string? Id(EventField field)
    {
        if (!Has(field))
            return null;
        problems.Enter(EventFields.NameOf(field));
        var code = Identify(Of(field))?.Code;
        problems.Leave();
        return code;
    }

    Identification? Identify(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add("an identifier: an EPC URN, a GS1 Digital Link or another absolute URI", value);
            return null;
        }
        var identified = ids.Identify(value.GetString()!, context, out var error);
        if (identified is null)
            problems.Add(error!, value);
        return identified;
    }

    IReadOnlyList<string> Epcs(EventField field, bool unique)
    {
        if (!Has(field))
            return [];
        problems.Enter(EventFields.NameOf(field));
        List<string> codes = [];
        if (IsArray(field))
        {
            var count = Of(field).GetArrayLength();
            codes.Capacity = count;
            // The same spelling twice is a mistake where the schema says so; two spellings of one thing are merely one thing.
            var spellings = unique && !asXml && count > 1 ? Rent() : null;
            var known = count > 1 ? Rent() : null;
            var index = 0;
            foreach (var item in Of(field).EnumerateArray())
            {
                problems.Enter(index++);
                if (spellings is not null && item.ValueKind == JsonValueKind.String && !spellings.Add(item.GetString()!))
                    problems.Add("each identifier once", item);
                else if (Identify(item) is { } identified)
                {
                    if (known is null || known.Add(identified.Code))
                        codes.Add(identified.Code);
                    if (identified.LotCode is { } lot)
                        (lots ??= new(StringComparer.Ordinal))[identified.Code] = lot;
                }
                problems.Leave();
                if (problems.Full)
                    break;
            }
            Return(spellings);
            Return(known);
        }
        problems.Leave();
        return codes;
    }

    IReadOnlyList<Amount> Quantities(EventField field)
    {
        if (!Has(field))
            return [];
        problems.Enter(EventFields.NameOf(field));
        List<Amount> amounts = [];
        if (IsArray(field))
            Each(Of(field), item =>
            {
                if (Quantity(item) is { } amount)
                    amounts.Add(amount);
            });
        problems.Leave();
        return amounts;
    }

    Amount? Quantity(JsonElement item)
    {
        if (!Object(item, "an object with epcClass, and quantity and uom if known"))
            return null;
        Known(item, "epcClass", "quantity", "uom");
        string? code = null;
        if (item.TryGetProperty("epcClass"u8, out var epcClass))
        {
            problems.Enter("epcClass");
            code = Identify(epcClass)?.Code;
            problems.Leave();
        }
        else
            problems.Add("epcClass", "the code of a lot or product", null);
        decimal? quantity = null;
        if (item.TryGetProperty("quantity"u8, out var number))
        {
            if (number.ValueKind == JsonValueKind.Number && number.TryGetDecimal(out var read))
                quantity = read;
            else
                problems.Add("quantity", "a number", ProblemList.Shorten(number));
        }
        string? uom = null;
        if (item.TryGetProperty("uom"u8, out var unit))
        {
            uom = unit.ValueKind == JsonValueKind.String ? unit.GetString() : null;
            if (uom is null || uom.Length is < 2 or > 3 || !uom.All(letter => char.IsAsciiDigit(letter) || char.IsAsciiLetterUpper(letter)))
                problems.Add("uom", "a UN/ECE Recommendation 20 unit code of two or three capitals or digits, such as KGM", ProblemList.Shorten(unit));
        }
        return code is null ? null : new Amount(code, quantity, uom);
    }

    void BizTransactions(EventType? type)
    {
        if (!Has(EventField.BizTransactionList))
        {
            if (type is EventType.TransactionEvent)
                problems.Add("bizTransactionList", "a list with at least one business transaction", null);
            return;
        }
        problems.Enter("bizTransactionList");
        if (IsArray(EventField.BizTransactionList))
        {
            if (type is EventType.TransactionEvent && Of(EventField.BizTransactionList).GetArrayLength() == 0)
                problems.Add("a list with at least one business transaction", Of(EventField.BizTransactionList));
            Each(Of(EventField.BizTransactionList), item =>
            {
                if (!Object(item, "an object with bizTransaction, and type if known"))
                    return;
                Known(item, "type", "bizTransaction");
                if (item.TryGetProperty("type"u8, out var kind))
                {
                    problems.Enter("type");
                    Term(kind, CbvVocabulary.BizTransactionType);
                    problems.Leave();
                }
                if (!item.TryGetProperty("bizTransaction"u8, out var transaction))
                    problems.Add("bizTransaction", UriExpected, null);
                else
                {
                    problems.Enter("bizTransaction");
                    if (Uri(transaction))
                        Reserved(transaction, transaction.GetString()!);
                    problems.Leave();
                }
            });
        }
        problems.Leave();
    }

    IReadOnlyList<Endpoint> Endpoints(EventField field, string name)
    {
        if (!Has(field))
            return [];
        problems.Enter(EventFields.NameOf(field));
        List<Endpoint> endpoints = [];
        if (IsArray(field))
            Each(Of(field), item =>
            {
                if (!Object(item, $"an object with type and {name}"))
                    return;
                Known(item, "type", name);
                string? type = null, code = null;
                if (item.TryGetProperty("type"u8, out var kind))
                {
                    problems.Enter("type");
                    type = Term(kind, CbvVocabulary.SourceDestinationType);
                    problems.Leave();
                }
                else
                    problems.Add("type", CbvVocabulary.SourceDestinationType.Expected, null);
                if (item.TryGetProperty(name, out var id))
                {
                    problems.Enter(name);
                    code = Identify(id)?.Code;
                    problems.Leave();
                }
                else
                    problems.Add(name, "the code of a party or place", null);
                if (type is not null && code is not null)
                    endpoints.Add(new Endpoint(type, code));
            });
        problems.Leave();
        return endpoints;
    }

    string? Ilmd()
    {
        if (!Has(EventField.Ilmd))
            return null;
        var value = Of(EventField.Ilmd);
        problems.Enter("ilmd");
        string? lot = null;
        if (Has(EventField.Action) && !(Of(EventField.Action) is { ValueKind: JsonValueKind.String } action && action.ValueEquals("ADD"u8)))
            problems.Add(null, "no ilmd unless the action is ADD: master data is given when things come into being", ProblemList.Shorten(value));
        if (Object(value, "an object"))
        {
            var names = Rent();
            foreach (var member in value.EnumerateObject())
                if (!names.Add(member.Name))
                    problems.Add(member.Name, "each member once", "the same member again");
                else
                {
                    OwnMember(member.Name, member.Value, "a field named by a URI or a CURIE, such as cbvmda:lotNumber");
                    if (ItemDates.MayBe(member.Name) && ItemDates.KindOf(context.Expand(member.Name)) is { } kind)
                        (dates ??= []).Add((kind, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null));
                    if (member.Name.EndsWith("lotNumber", StringComparison.Ordinal) && IsLotNumber(context.Expand(member.Name)))
                        lot = member.Value.ValueKind switch
                        {
                            JsonValueKind.String => member.Value.GetString(),
                            JsonValueKind.Number => NumberText.Of(member.Value),
                            _ => null,
                        };
                }
            Return(names);
        }
        problems.Leave();
        return lot;
    }

    // In XML the namespace of the vocabulary is commonly written without its last colon.
    static bool IsLotNumber(string expanded) => expanded is "urn:epcglobal:cbv:mda:lotNumber" or "urn:epcglobal:cbv:mdalotNumber";

    IReadOnlyList<string> Sensors()
    {
        if (!Has(EventField.SensorElementList))
            return [];
        problems.Enter("sensorElementList");
        List<string> devices = [];
        if (IsArray(EventField.SensorElementList))
            Each(Of(EventField.SensorElementList), item =>
            {
                if (!Object(item, "an object with sensorReport, and sensorMetadata if known"))
                    return;
                var names = Rent();
                foreach (var member in item.EnumerateObject())
                {
                    if (!names.Add(member.Name))
                        problems.Add(member.Name, "each member once", "the same member again");
                    else if (member.NameEquals("sensorMetadata"u8))
                    {
                        problems.Enter("sensorMetadata");
                        Sensor(member.Value, SensorFields.Metadata, devices);
                        problems.Leave();
                    }
                    else if (member.NameEquals("sensorReport"u8))
                    {
                        problems.Enter("sensorReport");
                        if (member.Value.ValueKind != JsonValueKind.Array || member.Value.GetArrayLength() == 0)
                            problems.Add("a list with at least one report", member.Value);
                        else
                            Each(member.Value, report => Sensor(report, SensorFields.Report, devices));
                        problems.Leave();
                    }
                    else
                        OwnMember(member.Name, member.Value, "sensorMetadata, sensorReport, or a field of your own named by a URI or a CURIE");
                }
                if (!names.Contains("sensorReport"))
                    problems.Add("sensorReport", "a list with at least one report", null);
                Return(names);
            });
        problems.Leave();
        return devices;
    }

    void Sensor(JsonElement value, SensorFields known, List<string> devices)
    {
        if (!Object(value, "an object"))
            return;
        var names = Rent();
        foreach (var member in value.EnumerateObject())
        {
            var name = member.Name;
            if (!names.Add(name))
                problems.Add(name, "each member once", "the same member again");
            else if (known.Find(name) is var place and >= 0)
            {
                problems.Enter(name);
                SensorValue(member.Value, known.ShapeOf(place), devices);
                problems.Leave();
            }
            else
                OwnMember(name, member.Value, "a field of EPCIS 2.0 sensor data, or one of your own named by a URI or a CURIE");
        }
        if (known == SensorFields.Report && !asXml && !names.Contains("type"))
            problems.Add("type", CbvVocabulary.Measurement.Expected, null);
        Return(names);
    }

    void SensorValue(JsonElement value, SensorShape shape, List<string> devices)
    {
        switch (shape)
        {
            case SensorShape.Text:
                if (value.ValueKind != JsonValueKind.String)
                    problems.Add("a text", value);
                break;
            case SensorShape.Uri:
                Uri(value);
                break;
            case SensorShape.Device:
                if (Identify(value) is { } device && !devices.Contains(device.Code))
                    devices.Add(device.Code);
                break;
            case SensorShape.Time:
                if (value.ValueKind != JsonValueKind.String || !EventClock.TryRead(value.GetString(), out _))
                    problems.Add(EventClock.Expected, value);
                break;
            case SensorShape.Number:
                if (value.ValueKind != JsonValueKind.Number)
                    problems.Add("a number", value);
                break;
            case SensorShape.Boolean:
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    problems.Add("true or false", value);
                break;
            case SensorShape.Hex:
                if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } hex || !hex.All(char.IsAsciiHexDigit))
                    problems.Add("hexadecimal digits", value);
                break;
            case SensorShape.Measurement:
                Term(value, CbvVocabulary.Measurement);
                break;
            case SensorShape.Alert:
                Term(value, CbvVocabulary.Alert);
                break;
            case SensorShape.Component:
                Term(value, CbvVocabulary.Component);
                break;
        }
    }

    ErrorDeclaration? Declaration()
    {
        if (!Has(EventField.ErrorDeclaration))
            return null;
        problems.Enter("errorDeclaration");
        ErrorDeclaration? declaration = null;
        if (Object(Of(EventField.ErrorDeclaration), "an object with declarationTime"))
        {
            DateTimeOffset time = default;
            string? reason = null;
            List<string> corrective = [];
            var names = Rent();
            foreach (var member in Of(EventField.ErrorDeclaration).EnumerateObject())
                if (!names.Add(member.Name))
                    problems.Add(member.Name, "each member once", "the same member again");
                else if (member.NameEquals("declarationTime"u8))
                {
                    if (member.Value.ValueKind != JsonValueKind.String || !EventClock.TryRead(member.Value.GetString(), out time))
                        problems.Add("declarationTime", EventClock.Expected, ProblemList.Shorten(member.Value));
                }
                else if (member.NameEquals("reason"u8))
                {
                    problems.Enter("reason");
                    reason = Term(member.Value, CbvVocabulary.ErrorReason);
                    problems.Leave();
                }
                else if (member.NameEquals("correctiveEventIDs"u8))
                {
                    problems.Enter("correctiveEventIDs");
                    if (member.Value.ValueKind != JsonValueKind.Array)
                        problems.Add("a list of event ids", member.Value);
                    else
                        Each(member.Value, item =>
                        {
                            if (Uri(item))
                                corrective.Add(item.GetString()!);
                        });
                    problems.Leave();
                }
                else
                    OwnMember(member.Name, member.Value, "declarationTime, reason, correctiveEventIDs, or a field of your own named by a URI or a CURIE");
            if (!names.Contains("declarationTime"))
                problems.Add("declarationTime", EventClock.Expected, null);
            Return(names);
            declaration = new ErrorDeclaration(time, reason, corrective);
        }
        problems.Leave();
        return declaration;
    }

    // What the schema says about fields together: an event has to name something.
    void Combination(EventType? type)
    {
        switch (type)
        {
            case EventType.ObjectEvent:
                if (!Has(EventField.EpcList) && !Filled(EventField.QuantityList) && !(Filled(EventField.SensorElementList) && Has(EventField.ReadPoint)))
                    problems.Add(null, "an epcList, a quantityList with at least one entry, or sensor data together with a readPoint", null);
                break;
            case EventType.TransactionEvent:
                if (!Has(EventField.EpcList) && !Filled(EventField.QuantityList) && !Deletes())
                    problems.Add(null, "an epcList or a quantityList with at least one entry, unless the action is DELETE", null);
                break;
            case EventType.AggregationEvent or EventType.AssociationEvent:
                if (type is EventType.AssociationEvent && !Has(EventField.ParentId))
                    problems.Add("parentID", "the code of the asset or place things are attached to", null);
                if (!Filled(EventField.ChildEpcs) && !Filled(EventField.ChildQuantityList) && !Deletes())
                    problems.Add(null, "childEPCs or childQuantityList with at least one entry, unless the action is DELETE", null);
                break;
            case EventType.TransformationEvent:
                var inputs = Filled(EventField.InputEpcList) || Filled(EventField.InputQuantityList);
                var outputs = Filled(EventField.OutputEpcList) || Filled(EventField.OutputQuantityList);
                if (Has(EventField.TransformationId) ? !inputs && !outputs : !inputs || !outputs)
                    problems.Add(null, "inputs and outputs, or at least one of them together with a transformationID", null);
                break;
        }
    }

    // A field of one's own: its name must be a URI or CURIE, and nothing in it may be reserved or twice.
    void OwnMember(string name, JsonElement value, string expected)
    {
        if (!OneMoreOwn())
            return;
        if (!UriText.IsUri(name))
        {
            problems.Add(name, expected, ProblemList.Shorten(value));
            return;
        }
        var expanded = context.Expand(name);
        if (expanded == ItemDates.NextInspection)
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            if (!ItemDates.TryRead(text, TimeSpan.Zero, out _))
                problems.Add(name, ItemDates.Expected, ProblemList.Shorten(value));
            else
                (dates ??= []).Add((DateKind.NextInspection, text));
            return;
        }
        if (JsonLdContext.IsReserved(expanded))
        {
            if (!trusted)
            {
                problems.Add(name, ReservedExpected, ProblemList.Shorten(value));
                return;
            }
            if (expanded == JsonLdContext.ReservedVocabulary + "case")
            {
                problems.Enter(name);
                inCase = CaseEntryEvent.Read(value);
                if (inCase is null)
                    problems.Add("a reference to a recall case", value);
                problems.Leave();
            }
            if (expanded == JsonLdContext.ReservedVocabulary + "recall")
            {
                problems.Enter(name);
                recall = RecallNoticeEvent.Read(value);
                if (recall is null)
                    problems.Add("a recall notice", value);
                problems.Leave();
            }
        }
        problems.Enter(name);
        Inside(value);
        problems.Leave();
    }

    void Inside(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            Each(value, Inside);
        if (value.ValueKind != JsonValueKind.Object)
            return;
        var names = Rent();
        foreach (var member in value.EnumerateObject())
        {
            if (!OneMoreOwn())
                break;
            if (!names.Add(member.Name))
                problems.Add(member.Name, "each member once", "the same member again");
            else if (!trusted && member.Name.Contains(':') && JsonLdContext.IsReserved(context.Expand(member.Name)))
                problems.Add(member.Name, ReservedExpected, ProblemList.Shorten(member.Value));
            else if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                problems.Enter(member.Name);
                Inside(member.Value);
                problems.Leave();
            }
        }
        Return(names);
    }

    void Known(JsonElement value, params ReadOnlySpan<string> known)
    {
        var seen = 0;
        foreach (var member in value.EnumerateObject())
        {
            var at = 0;
            while (at < known.Length && !member.NameEquals(known[at]))
                at++;
            if (at == known.Length)
                problems.Add(member.Name, $"only {string.Join(", ", known!)}", ProblemList.Shorten(member.Value));
            else if ((seen & 1 << at) != 0)
                problems.Add(member.Name, "each member once", "the same member again");
            else
                seen |= 1 << at;
        }
    }

    bool Uri(JsonElement value, string? text = null)
    {
        if (value.ValueKind == JsonValueKind.String && UriText.IsUri(text ?? value.GetString()))
            return true;
        problems.Add(UriExpected, value);
        return false;
    }

    bool Object(JsonElement value, string expected)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return true;
        problems.Add(expected, value);
        return false;
    }

    bool IsArray(EventField field)
    {
        if (Of(field).ValueKind == JsonValueKind.Array)
            return true;
        problems.Add("a list", Of(field));
        return false;
    }

    void Each(JsonElement list, Action<JsonElement> read)
    {
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            problems.Enter(index++);
            read(item);
            problems.Leave();
            if (problems.Full)
                return;
        }
    }

    static IReadOnlyList<T> Joined<T>(IReadOnlyList<T> one, IReadOnlyList<T> other) => other.Count == 0 ? one : one.Count == 0 ? other : [.. one, .. other];

    // Says once that there are too many, and then nothing more is looked at.
    bool OneMoreOwn()
    {
        if (trusted)
            return true;
        if (++ownFields == CaptureLimits.MaxOwnFieldsPerEvent + 1)
            problems.AddForEvent($"at most {CaptureLimits.MaxOwnFieldsPerEvent} fields of your own in one event", $"more than {CaptureLimits.MaxOwnFieldsPerEvent}");
        return ownFields <= CaptureLimits.MaxOwnFieldsPerEvent;
    }

    string? Text(EventField field, string expected, bool required)
    {
        var value = Of(field);
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        if (value.ValueKind != JsonValueKind.Undefined)
            problems.Add(EventFields.NameOf(field), expected, ProblemList.Shorten(value));
        else if (required)
            problems.Add(EventFields.NameOf(field), expected, null);
        return null;
    }

    JsonElement Of(EventField field) => fields[(int)field];

    bool Has(EventField field) => Of(field).ValueKind != JsonValueKind.Undefined;

    bool Filled(EventField field) => Of(field) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;

    bool Deletes() => !Has(EventField.Action) || Of(EventField.Action) is { ValueKind: JsonValueKind.String } action && action.ValueEquals("DELETE"u8);

    static string Article(EventType type) => type is EventType.AggregationEvent or EventType.AssociationEvent or EventType.ObjectEvent ? $"an {type}" : $"a {type}";

    HashSet<string> Rent() => nameSets.TryPop(out var names) ? names : new HashSet<string>(StringComparer.Ordinal);

    void Return(HashSet<string>? names)
    {
        if (names is null)
            return;
        names.Clear();
        nameSets.Push(names);
    }
}
