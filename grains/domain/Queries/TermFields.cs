using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Queries;

/// <summary>How the fields of an event are named where events are indexed and queried.</summary>
static class TermFields
{
    public const string EventType = "eventType", EventTime = "eventTime", RecordTime = "recordTime", Action = "action", BizStep = "bizStep", Disposition = "disposition",
        PersistentSet = "persistentDisposition_set", PersistentUnset = "persistentDisposition_unset", ReadPoint = "readPoint", BizLocation = "bizLocation",
        BizTransaction = "bizTransaction", Source = "source", Destination = "destination", TransformationId = "transformationID", EventId = "eventID",
        Epc = "epc", ParentId = "parentID", InputEpc = "inputEPC", OutputEpc = "outputEPC",
        EpcClass = "epcClass", InputEpcClass = "inputEPCClass", OutputEpcClass = "outputEPCClass", Quantity = "quantity",
        ErrorDeclaration = "errorDeclaration", ErrorDeclarationTime = "errorDeclarationTime", ErrorReason = "errorReason", CorrectiveEventId = "correctiveEventID",
        SensorElements = "sensorElementList", CertificationInfo = "certificationInfo";

    /// <summary>Every field that holds instances; <c>MATCH_anyEPC</c> asks all of them.</summary>
    public static readonly string[] AnyEpc = [Epc, ParentId, InputEpc, OutputEpc];

    /// <summary>Every field that holds classes; <c>MATCH_anyEPCClass</c> asks all of them.</summary>
    public static readonly string[] AnyEpcClass = [EpcClass, InputEpcClass, OutputEpcClass];

    /// <summary>A field whose values come in kinds, such as the business transactions of one type.</summary>
    public static string OfType(string field, string type) => $"{field}/{type}";

    /// <summary>A measured value, in the base unit of its kind of unit.</summary>
    public static string In(string field, string baseUnit) => $"{field}@{baseUnit}";

    /// <summary>A field of one's own.</summary>
    /// <param name="scope">Where it stands: empty for the event itself, else <c>ILMD</c>, <c>SENSORREPORT</c> and so on, as the query parameters spell it.</param>
    /// <param name="inner">Whether it stands inside another field of one's own, at any depth.</param>
    /// <param name="name">Its name, from <see cref="Qualified"/>.</param>
    public static string Own(string scope, bool inner, string name) => $"{(inner ? "INNER:" : "OWN:")}{scope}:{name}";

    /// <summary>
    /// A name with its namespace, one spelling for all: JSON-LD writes <c>http://ns.example.com/epcis/</c> + <c>field</c> where XML and EPCIS 1.2 write
    /// <c>http://ns.example.com/epcis</c> # <c>field</c>.
    /// </summary>
    public static string Qualified(string space, string local) => $"{space.AsSpan().TrimEnd("/#:")}#{local}";

    /// <summary>Whether a name's prefix is one that the context explains.</summary>
    public static bool TryQualify(string name, JsonLdContext context, out string qualified)
    {
        if (!context.TrySplit(name, out var space, out var local))
        {
            qualified = name;
            return false;
        }
        qualified = Qualified(space, local);
        // An unexplained prefix comes back as if it were a scheme.
        return !name.StartsWith(space, StringComparison.Ordinal) || space.Contains('/') || space.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);
    }
}
