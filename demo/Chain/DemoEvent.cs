namespace TraceGrains.Demo.Chain;

enum Kind { ObjectEvent, AggregationEvent, TransformationEvent, AssociationEvent }

/// <summary>So much of a lot. No unit of measure counts pieces.</summary>
readonly record struct Amount(string Lot, decimal Quantity, string? Uom);

/// <summary>One thermometer's reading.</summary>
readonly record struct Reading(string Device, decimal Celsius);

/// <summary>Who passes goods to whom. Without a sender it says only who has them first.</summary>
readonly record struct Transfer(Business? From, Business To, int FromSite = 0, int ToSite = 0);

/// <summary>What instances are born with: their lot number and the date printed beside it.</summary>
readonly record struct BirthData(string LotNumber, string DateTerm, DateTimeOffset Date);

/// <summary>One EPCIS event before it is written down. Lists hold canonical codes.</summary>
sealed record DemoEvent(Kind Kind, DateTimeOffset At, string BizStep)
{
    public string? Id { get; init; }
    public string? Action { get; init; }
    public string? Disposition { get; init; }
    public string? ReadPoint { get; init; }
    public string? BizLocation { get; init; }
    public string? Parent { get; init; }
    public IReadOnlyList<string> Epcs { get; init; } = [];
    public IReadOnlyList<Amount> Amounts { get; init; } = [];
    public IReadOnlyList<Amount> Inputs { get; init; } = [];
    public IReadOnlyList<string> InputEpcs { get; init; } = [];
    public IReadOnlyList<Amount> Outputs { get; init; } = [];
    public IReadOnlyList<string> OutputEpcs { get; init; } = [];
    public string? Process { get; init; }
    public Transfer? Transfer { get; init; }
    public (string Type, string Code)? Paper { get; init; }
    public BirthData? Birth { get; init; }
    public Reading? Reading { get; init; }
    /// <summary>Fields of the demonstration's own vocabulary.</summary>
    public IReadOnlyList<(string Name, string Value)> Remarks { get; init; } = [];
    /// <summary>Set when this withdraws the earlier event with the same id: when that was noticed, and what replaces it.</summary>
    public (DateTimeOffset At, string CorrectiveId)? Error { get; init; }
    /// <summary>When it was sent in, where that is not at once.</summary>
    public DateTimeOffset? CapturedAt { get; init; }
    /// <summary>Written by an ERP that still speaks EPC URNs.</summary>
    public bool InUrns { get; init; }
}
