namespace TraceGrains.Domain.Lineage;

/// <summary>What ties two things together. Forward is the first-named direction.</summary>
[Flags]
public enum EdgeKind : byte
{
    /// <summary>No edge.</summary>
    None = 0,
    /// <summary>Input → output of a transformation.</summary>
    MadeOf = 1,
    /// <summary>Lot → unit of the lot.</summary>
    MemberOf = 2,
    /// <summary>Container → content, from a time to a time.</summary>
    ContainedIn = 4,
    /// <summary>Asset → attached part or sensor, from a time to a time.</summary>
    AttachedTo = 8,
    /// <summary>The ties along which a recall runs: what a thing became, and the units of a lot.</summary>
    Derivation = MadeOf | MemberOf,
    /// <summary>The ties that hold for a time.</summary>
    Placement = ContainedIn | AttachedTo,
    /// <summary>All four.</summary>
    All = Derivation | Placement,
}

/// <summary>Which way a trace walks.</summary>
public enum TraceDirection
{
    /// <summary>Towards what came of it: outputs, units, contents, parts.</summary>
    Forward = 1,
    /// <summary>Towards where it came from: inputs, lots, containers, assets.</summary>
    Backward = 2,
}
