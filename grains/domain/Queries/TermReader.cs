using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Queries;

/// <summary>Walks the canonical content of an event and lists its terms.</summary>
sealed class TermReader
{
    static readonly string[] MeasuredFields = ["value", "minValue", "maxValue", "meanValue", "sDev", "percValue"];

    public List<EventTerm> Terms { get; } = [];

    public void Add(string field, string? text) => Terms.Add(new(field, text));

    public void AddTime(string field, DateTimeOffset time) => Terms.Add(new(field, EventClock.ForHash(time), Time: TermValue.Rounded(time)));

    public void Read(ContentNode root)
    {
        foreach (var node in root.Children)
            switch (node.Key)
            {
                case "eventType" or "action" or "bizStep" or "disposition" or "transformationID": Add(node.Key, node.Value); break;
                case "eventTime": AddTimeText(TermFields.EventTime, node.Value!); break;
                case "parentID": Code(TermFields.ParentId, node.Value!); break;
                case "epcList" or "childEPCs": Codes(TermFields.Epc, node); break;
                case "inputEPCList": Codes(TermFields.InputEpc, node); break;
                case "outputEPCList": Codes(TermFields.OutputEpc, node); break;
                case "quantityList" or "childQuantityList": Quantities(TermFields.EpcClass, node); break;
                case "inputQuantityList": Quantities(TermFields.InputEpcClass, node); break;
                case "outputQuantityList": Quantities(TermFields.OutputEpcClass, node); break;
                case "persistentDisposition":
                    foreach (var side in node.Children)
                        foreach (var term in side.Children)
                            Add(term.Key == "set" ? TermFields.PersistentSet : TermFields.PersistentUnset, term.Value);
                    break;
                case "readPoint": Place(TermFields.ReadPoint, node); break;
                case "bizLocation": Place(TermFields.BizLocation, node); break;
                case "bizTransactionList": Pairs(TermFields.BizTransaction, node); break;
                case "sourceList": Pairs(TermFields.Source, node); break;
                case "destinationList": Pairs(TermFields.Destination, node); break;
                case "sensorElementList": Sensors(node); break;
                case "ilmd": Own("ILMD", node.Children); break;
                case "" when node.Name == "certificationInfo":
                    foreach (var uri in node.Children)
                        Add(TermFields.CertificationInfo, uri.Value);
                    break;
                case "" when node.Name.Length == 0: Own("", node.Children); break;
            }
    }

    public void ReadDeclaration(ContentNode declaration)
    {
        Add(TermFields.ErrorDeclaration, null);
        var own = new List<ContentNode>();
        foreach (var node in declaration.Children)
            switch (node.Key)
            {
                case "declarationTime": AddTimeText(TermFields.ErrorDeclarationTime, node.Value!); break;
                case "reason": Add(TermFields.ErrorReason, node.Value); break;
                case "correctiveEventIDs":
                    foreach (var id in node.Children)
                        Add(TermFields.CorrectiveEventId, id.Value);
                    break;
                default: own.Add(node); break;
            }
        Own("ERROR_DECLARATION", own);
    }

    void AddTimeText(string field, string text)
    {
        var time = TermValue.Time(text);
        Terms.Add(new(field, text, Time: time));
    }

    void Codes(string field, ContentNode list)
    {
        foreach (var epc in list.Children)
            Code(field, epc.Value!);
    }

    // A code is found by what it lies under as well: a unit by its product, a lot by its product.
    void Code(string field, string code)
    {
        Add(field, code);
        if (CodeFamily.ParentOf(code) is { } parent)
            Add(field, parent);
    }

    void Quantities(string classField, ContentNode list)
    {
        foreach (var element in list.Children)
        {
            Code(classField, Child(element, "epcClass")!);
            if (Child(element, "quantity") is { } quantity)
                Measured(TermFields.Quantity, quantity, Child(element, "uom"));
        }
    }

    void Measured(string field, string text, string? uom)
    {
        var number = TermValue.Number(text);
        Terms.Add(new(field, text, number));
        if (number is not { } measured || uom is null)
            return;
        var (inBase, unit) = Rec20.ToBase(measured, uom);
        Terms.Add(new(TermFields.In(field, unit), null, inBase));
    }

    void Place(string field, ContentNode place)
    {
        foreach (var node in place.Children)
            if (node.Key == "id")
                Add(field, node.Value);
            else
                Own(field, node.Children);
    }

    void Pairs(string field, ContentNode list)
    {
        foreach (var pair in list.Children)
        {
            var value = Child(pair, field);
            Add(field, value);
            Add(TermFields.OfType(field, Child(pair, "type") ?? ""), value);
        }
    }

    void Sensors(ContentNode list)
    {
        Add(TermFields.SensorElements, null);
        foreach (var element in list.Children)
            foreach (var part in element.Children)
                if (part.Key == "sensorMetadata")
                    Sensor("SENSORMETADATA", part, SensorFields.Metadata);
                else if (part.Name == "sensorReport")
                    foreach (var report in part.Children)
                        Sensor("SENSORREPORT", report, SensorFields.Report);
                else
                    Own("SENSORELEMENT", part.Children);
    }

    void Sensor(string scope, ContentNode sensor, SensorFields known)
    {
        var uom = Child(sensor, "uom");
        foreach (var node in sensor.Children)
            if (known.Find(node.Key) is not (var at and >= 0))
                Own(scope, node.Children);
            else if (known.ShapeOf(at) == SensorShape.Time)
                AddTimeText(node.Key, node.Value!);
            else if (known.ShapeOf(at) == SensorShape.Number)
                Measured(node.Key, node.Value!, MeasuredFields.Contains(node.Key) ? uom : null);
            else
                Add(node.Key, node.Value);
    }

    void Own(string scope, IEnumerable<ContentNode> nodes, bool inner = false)
    {
        foreach (var node in nodes)
        {
            var time = node.Value is { } text ? TermValue.Time(text) : null;
            var number = node.Value is { } digits ? TermValue.Number(digits) : null;
            var name = NameOf(node.Key);
            Terms.Add(new(TermFields.Own(scope, inner, name), node.Value, number, time));
            // As it was written, too: who asks with the same prefix and does not explain it means the same.
            if (node.Name != name && node.Name.Contains(':') && !node.Name.Contains('/'))
                Terms.Add(new(TermFields.Own(scope, inner, node.Name), node.Value, number, time));
            if (node.Children.Count > 0)
                Own(scope, node.Children, inner: true);
        }
    }

    // Keys of one's own fields are {namespace}name.
    static string NameOf(string key)
    {
        var end = key.StartsWith('{') ? key.LastIndexOf('}') : -1;
        return end < 0 ? key : TermFields.Qualified(key[1..end], key[(end + 1)..]);
    }

    static string? Child(ContentNode node, string key)
    {
        foreach (var child in node.Children)
            if (child.Key == key)
                return child.Value;
        return null;
    }
}
