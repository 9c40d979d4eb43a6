using System.Collections.Frozen;

namespace TraceGrains.Domain.Events;

/// <summary>The members EPCIS 2.0 defines for an event.</summary>
enum EventField
{
    Context, Type, EventTime, RecordTime, EventTimeZoneOffset, EventId, CertificationInfo, ErrorDeclaration,
    Action, EpcList, QuantityList, ParentId, ChildEpcs, ChildQuantityList, InputEpcList, InputQuantityList, OutputEpcList, OutputQuantityList,
    TransformationId, BizStep, Disposition, PersistentDisposition, ReadPoint, BizLocation, BizTransactionList, SourceList, DestinationList,
    SensorElementList, Ilmd,
    Count,
}

/// <summary>Which member belongs in which kind of event (EPCIS 2.0, 7.4; the published JSON schema, and the XSD for persistentDisposition).</summary>
static class EventFields
{
    static readonly (string Name, EventField Field)[] All =
    [
        ("@context", EventField.Context), ("type", EventField.Type), ("eventTime", EventField.EventTime), ("recordTime", EventField.RecordTime),
        ("eventTimeZoneOffset", EventField.EventTimeZoneOffset), ("eventID", EventField.EventId), ("certificationInfo", EventField.CertificationInfo),
        ("errorDeclaration", EventField.ErrorDeclaration), ("action", EventField.Action), ("epcList", EventField.EpcList),
        ("quantityList", EventField.QuantityList), ("parentID", EventField.ParentId), ("childEPCs", EventField.ChildEpcs),
        ("childQuantityList", EventField.ChildQuantityList), ("inputEPCList", EventField.InputEpcList), ("inputQuantityList", EventField.InputQuantityList),
        ("outputEPCList", EventField.OutputEpcList), ("outputQuantityList", EventField.OutputQuantityList), ("transformationID", EventField.TransformationId),
        ("bizStep", EventField.BizStep), ("disposition", EventField.Disposition), ("persistentDisposition", EventField.PersistentDisposition),
        ("readPoint", EventField.ReadPoint), ("bizLocation", EventField.BizLocation), ("bizTransactionList", EventField.BizTransactionList),
        ("sourceList", EventField.SourceList), ("destinationList", EventField.DestinationList), ("sensorElementList", EventField.SensorElementList),
        ("ilmd", EventField.Ilmd),
    ];

    static readonly string[] Names = [.. All.OrderBy(entry => entry.Field).Select(entry => entry.Name)];
    static readonly FrozenDictionary<string, EventField> ByName = All.ToFrozenDictionary(entry => entry.Name, entry => entry.Field, StringComparer.Ordinal);

    static readonly ulong Common = Mask(EventField.Context, EventField.Type, EventField.EventTime, EventField.RecordTime, EventField.EventTimeZoneOffset,
        EventField.EventId, EventField.CertificationInfo, EventField.ErrorDeclaration, EventField.BizStep, EventField.Disposition,
        EventField.PersistentDisposition, EventField.ReadPoint, EventField.BizLocation, EventField.BizTransactionList, EventField.SourceList,
        EventField.DestinationList, EventField.SensorElementList);

    static readonly ulong Containment = Common | Mask(EventField.Action, EventField.ParentId, EventField.ChildEpcs, EventField.ChildQuantityList);

    public static string NameOf(EventField field) => Names[(int)field];

    public static bool TryFind(string name, out EventField field) => ByName.TryGetValue(name, out field);

    public static bool Belongs(EventField field, EventType type) => (AllowedIn(type) & 1UL << (int)field) != 0;

    static ulong AllowedIn(EventType type) => type switch
    {
        EventType.ObjectEvent => Common | Mask(EventField.Action, EventField.EpcList, EventField.QuantityList, EventField.Ilmd),
        EventType.AggregationEvent or EventType.AssociationEvent => Containment,
        EventType.TransactionEvent => Common | Mask(EventField.Action, EventField.ParentId, EventField.EpcList, EventField.QuantityList),
        EventType.TransformationEvent => Common | Mask(EventField.InputEpcList, EventField.InputQuantityList, EventField.OutputEpcList,
            EventField.OutputQuantityList, EventField.TransformationId, EventField.Ilmd),
        // Whoever defines a type of event may use every field the standard knows.
        _ => ulong.MaxValue,
    };

    static ulong Mask(params ReadOnlySpan<EventField> fields)
    {
        var mask = 0UL;
        foreach (var field in fields)
            mask |= 1UL << (int)field;
        return mask;
    }
}
