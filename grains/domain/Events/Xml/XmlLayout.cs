using System.Collections.Frozen;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>How a field of an event is written in XML.</summary>
enum XmlShape { Text, Uris, Epcs, Quantities, Place, Pairs, Persistent, Sensors, Ilmd, Declaration }

/// <summary>The elements of an event: their shapes and their order (EPCIS 2.0 XSD, <c>EPCglobal-epcis-2_0.xsd</c>).</summary>
static class XmlLayout
{
    static readonly string[] Start = ["eventTime", "recordTime", "eventTimeZoneOffset", "eventID", "errorDeclaration", "certificationInfo"];
    static readonly string[] Where = ["bizStep", "disposition", "readPoint", "bizLocation"];
    static readonly string[] End = ["sourceList", "destinationList", "sensorElementList", "persistentDisposition"];

    static readonly string[] ObjectEvent = [.. Start, "epcList", "action", .. Where, "bizTransactionList", "quantityList", .. End, "ilmd"];
    static readonly string[] AggregationEvent = [.. Start, "parentID", "childEPCs", "action", .. Where, "bizTransactionList", "childQuantityList", .. End];
    static readonly string[] TransactionEvent = [.. Start, "bizTransactionList", "parentID", "epcList", "action", .. Where, "quantityList", .. End];
    static readonly string[] TransformationEvent =
        [.. Start, "inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList", "transformationID", .. Where, "bizTransactionList", .. End, "ilmd"];
    static readonly string[] AssociationEvent = [.. Start, "parentID", "childEPCs", "childQuantityList", "action", .. Where, "bizTransactionList", .. End];

    // No schema orders an event type of one's own.
    static readonly string[] Extended =
        [.. Start, "parentID", "epcList", "childEPCs", "inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList", "transformationID", "action", .. Where,
            "bizTransactionList", "quantityList", "childQuantityList", .. End, "ilmd"];

    static readonly FrozenDictionary<string, XmlShape> Shapes = new Dictionary<string, XmlShape>(StringComparer.Ordinal)
    {
        ["certificationInfo"] = XmlShape.Uris,
        ["epcList"] = XmlShape.Epcs,
        ["childEPCs"] = XmlShape.Epcs,
        ["inputEPCList"] = XmlShape.Epcs,
        ["outputEPCList"] = XmlShape.Epcs,
        ["quantityList"] = XmlShape.Quantities,
        ["childQuantityList"] = XmlShape.Quantities,
        ["inputQuantityList"] = XmlShape.Quantities,
        ["outputQuantityList"] = XmlShape.Quantities,
        ["readPoint"] = XmlShape.Place,
        ["bizLocation"] = XmlShape.Place,
        ["bizTransactionList"] = XmlShape.Pairs,
        ["sourceList"] = XmlShape.Pairs,
        ["destinationList"] = XmlShape.Pairs,
        ["persistentDisposition"] = XmlShape.Persistent,
        ["sensorElementList"] = XmlShape.Sensors,
        ["ilmd"] = XmlShape.Ilmd,
        ["errorDeclaration"] = XmlShape.Declaration,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenSet<string> Known = Extended.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The fields of an event of this type in the order of the schema.</summary>
    public static ReadOnlySpan<string> OrderOf(string type) => type switch
    {
        "ObjectEvent" => ObjectEvent,
        "AggregationEvent" => AggregationEvent,
        "TransactionEvent" => TransactionEvent,
        "TransformationEvent" => TransformationEvent,
        "AssociationEvent" => AssociationEvent,
        _ => Extended,
    };

    public static bool IsEvent(string name) => name is "ObjectEvent" or "AggregationEvent" or "TransactionEvent" or "TransformationEvent" or "AssociationEvent";

    /// <summary>Whether a field is one of those at the end, which came with 1.1 and later: drafts and earlier versions have them in another order, and so do GS1's examples.</summary>
    public static bool IsLate(ReadOnlySpan<string> order, int at) =>
        at > order.IndexOf("bizLocation") && order[at] is "quantityList" or "childQuantityList" or "sourceList" or "destinationList" or "sensorElementList" or "persistentDisposition" or "ilmd";

    /// <summary>Whether the standard knows a field of that name, in whichever type of event.</summary>
    public static bool IsField(string name) => Known.Contains(name);

    public static XmlShape ShapeOf(string field) => Shapes.GetValueOrDefault(field, XmlShape.Text);

    /// <summary>What one entry of a list is called.</summary>
    public static string EntryOf(string field) => field switch
    {
        "bizTransactionList" => "bizTransaction",
        "sourceList" => "source",
        "destinationList" => "destination",
        "sensorElementList" => "sensorElement",
        _ => ShapeOf(field) == XmlShape.Epcs ? "epc" : "quantityElement",
    };
}
