namespace TraceGrains.Domain.Events;

/// <summary>The five kinds of event of EPCIS 2.0 (section 7.4), and any other kind a vocabulary of one's own may define.</summary>
public enum EventType
{
    /// <summary>Something happened to one or more objects.</summary>
    ObjectEvent = 1,
    /// <summary>Objects were physically put into, seen in, or taken out of a container.</summary>
    AggregationEvent = 2,
    /// <summary>Objects were associated with, or dissociated from, business transactions.</summary>
    TransactionEvent = 3,
    /// <summary>Inputs were fully or partially consumed and outputs produced.</summary>
    TransformationEvent = 4,
    /// <summary>Objects were attached to, or detached from, an asset or place.</summary>
    AssociationEvent = 5,
    /// <summary>An event type of a user vocabulary: recorded, named entities chained, no effect on lineage.</summary>
    Extended = 6,
}

/// <summary>How an event relates to the lifetime or containment of what it names (EPCIS 2.0, 7.3.2).</summary>
public enum EventAction
{
    /// <summary>The event has no action (TransformationEvent).</summary>
    None = 0,
    /// <summary>Neither created nor ended: seen.</summary>
    Observe = 1,
    /// <summary>Created, put in, attached.</summary>
    Add = 2,
    /// <summary>Ended, taken out, detached.</summary>
    Delete = 3,
}

/// <summary>A class-level amount: so much of a lot or product (EPCIS 2.0, QuantityElement, 7.3.3.3).</summary>
/// <param name="Code">Canonical code of the lot or product class.</param>
/// <param name="Quantity">How much; null when the event does not say.</param>
/// <param name="Uom">UN/ECE Recommendation 20 unit of measure; null counts pieces.</param>
public sealed record Amount(string Code, decimal? Quantity, string? Uom);

/// <summary>One end of a business transfer (EPCIS 2.0, Source and Destination, 7.3.5.4).</summary>
/// <param name="Type">Bare CBV word (<c>owning_party</c>, <c>possessing_party</c>, <c>location</c>) or the URI of a term of one's own.</param>
/// <param name="Code">Canonical code of the party or place.</param>
public sealed record Endpoint(string Type, string Code);

/// <summary>That an earlier event with the same eventID was wrong (EPCIS 2.0, 7.4.1.2).</summary>
/// <param name="DeclarationTime">When the error was declared.</param>
/// <param name="Reason">Bare CBV word or URI; null when not given.</param>
/// <param name="CorrectiveEventIds">Ids of the events that replace it.</param>
public sealed record ErrorDeclaration(DateTimeOffset DeclarationTime, string? Reason, IReadOnlyList<string> CorrectiveEventIds);

/// <summary>
/// What the rules read of an EPCIS event. Every identifier is canonical (<see cref="Identity.Identification.Code"/>), every CBV term is its
/// bare word and every other term its URI, whichever spelling the document used. The event as it was said is kept beside it, in
/// <see cref="CanonicalEvent.Json"/>.
/// </summary>
public sealed record EpcisEvent
{
    /// <summary>Which of the five.</summary>
    public required EventType Type { get; init; }
    /// <summary>When it happened.</summary>
    public required DateTimeOffset EventTime { get; init; }
    /// <summary>The event's own id, as given; null when it had none.</summary>
    public string? EventId { get; init; }
    /// <summary>ADD, OBSERVE or DELETE; none for a transformation.</summary>
    public EventAction Action { get; init; }
    /// <summary>Business step.</summary>
    public string? BizStep { get; init; }
    /// <summary>Disposition: the state until an event says otherwise.</summary>
    public string? Disposition { get; init; }
    /// <summary>Persistent dispositions that hold until they are unset.</summary>
    public IReadOnlyList<string> PersistentSet { get; init; } = [];
    /// <summary>Persistent dispositions that end here.</summary>
    public IReadOnlyList<string> PersistentUnset { get; init; } = [];
    /// <summary>Where it was seen.</summary>
    public string? ReadPoint { get; init; }
    /// <summary>Where it is until an event says otherwise.</summary>
    public string? BizLocation { get; init; }
    /// <summary>Instances: epcList, or childEPCs of an aggregation or association.</summary>
    public IReadOnlyList<string> Epcs { get; init; } = [];
    /// <summary>Amounts: quantityList, or childQuantityList of an aggregation or association.</summary>
    public IReadOnlyList<Amount> Quantities { get; init; } = [];
    /// <summary>The container, asset or transaction parent.</summary>
    public string? ParentId { get; init; }
    /// <summary>Instances a transformation consumed.</summary>
    public IReadOnlyList<string> InputEpcs { get; init; } = [];
    /// <summary>Amounts a transformation consumed.</summary>
    public IReadOnlyList<Amount> InputQuantities { get; init; } = [];
    /// <summary>Instances a transformation produced.</summary>
    public IReadOnlyList<string> OutputEpcs { get; init; } = [];
    /// <summary>Amounts a transformation produced.</summary>
    public IReadOnlyList<Amount> OutputQuantities { get; init; } = [];
    /// <summary>Joins several events into one transformation process; canonical.</summary>
    public string? TransformationId { get; init; }
    /// <summary>Where from.</summary>
    public IReadOnlyList<Endpoint> Sources { get; init; } = [];
    /// <summary>Where to.</summary>
    public IReadOnlyList<Endpoint> Destinations { get; init; } = [];
    /// <summary>Lot number of the ILMD (cbvmda:lotNumber) for instances created here; null when none.</summary>
    public string? IlmdLotNumber { get; init; }
    /// <summary>Dates of what the event makes (ILMD) or inspects.</summary>
    public IReadOnlyList<Holds.ItemDate> Dates { get; init; } = [];
    /// <summary>Lots that the spelling of an instance carried: instance code → lot code (Digital Link with both 10 and 21).</summary>
    public IReadOnlyDictionary<string, string> LotOfInstance { get; init; } = new Dictionary<string, string>();
    /// <summary>Devices that reported sensor data.</summary>
    public IReadOnlyList<string> SensorDevices { get; init; } = [];
    /// <summary>Set when this event withdraws the effect of the earlier event with the same id.</summary>
    public ErrorDeclaration? ErrorDeclaration { get; init; }
    /// <summary>Set when this event is a recall notice of TraceGrains' own (see <see cref="Recalls.RecallNotice"/>).</summary>
    public Recalls.RecallNotice? Recall { get; init; }
    /// <summary>Set when this event belongs to a recall case (see <see cref="CaseEntryEvent"/>).</summary>
    public CaseReference? Case { get; init; }
}
