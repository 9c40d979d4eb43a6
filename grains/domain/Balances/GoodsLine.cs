using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Balances;

/// <summary>A flow as a shard keeps it: codes are entity numbers, 0 where the event is silent.</summary>
[GenerateSerializer]
[Alias("tg.FlowRow")]
public readonly record struct FlowRow
{
    /// <summary>What happened.</summary>
    [Id(0)] public FlowKind Kind { get; init; }
    /// <summary>Whom it left.</summary>
    [Id(1)] public int From { get; init; }
    /// <summary>To whom it came.</summary>
    [Id(2)] public int To { get; init; }
    /// <summary>Where.</summary>
    [Id(3)] public int Place { get; init; }
    /// <summary>Which step of a movement told of it.</summary>
    [Id(4)] public byte Stage { get; init; }
    /// <summary>Whether it went back.</summary>
    [Id(5)] public bool IsReturn { get; init; }
    /// <summary>Whether it came into being beside units of its lot.</summary>
    [Id(6)] public bool IsLoose { get; init; }
    /// <summary>How much, in the base unit; null when the event does not say.</summary>
    [Id(7)] public decimal? Quantity { get; init; }
    /// <summary>Base unit of measure; empty counts pieces.</summary>
    [Id(8)] public string Uom { get; init; }
    /// <summary>Event time, Unix milliseconds.</summary>
    [Id(9)] public long Time { get; init; }
    /// <summary>Orders events of one instant.</summary>
    [Id(10)] public ulong TieBreak { get; init; }
    /// <summary>The event.</summary>
    [Id(11)] public long Sequence { get; init; }
}

/// <summary>An amount of a lot that was put into a container, and went where that went until it left it.</summary>
[GenerateSerializer]
[Alias("tg.PackedRow")]
public readonly record struct PackedRow
{
    /// <summary>The container and the time in it.</summary>
    [Id(0)] public Stay Stay { get; init; }
    /// <summary>Who had it when it was put in; 0 where the event does not say.</summary>
    [Id(1)] public int Holder { get; init; }
    /// <summary>Where it was put in.</summary>
    [Id(2)] public int Place { get; init; }
    /// <summary>How much, in the base unit; null when the event does not say.</summary>
    [Id(3)] public decimal? Quantity { get; init; }
    /// <summary>Base unit of measure; empty counts pieces.</summary>
    [Id(4)] public string Uom { get; init; }
    /// <summary>The event.</summary>
    [Id(5)] public long Sequence { get; init; }
}

/// <summary>What a balance asks of one thing or lot.</summary>
[GenerateSerializer]
[Alias("tg.GoodsLine")]
public struct GoodsLine
{
    /// <summary>As what events have named it.</summary>
    [Id(0)] public Roles Roles;
    /// <summary>Whether something was made of it.</summary>
    [Id(1)] public bool IsUsed;
    /// <summary>The lot it is a unit of; 0 for none.</summary>
    [Id(2)] public int Lot;
    /// <summary>How many units it has.</summary>
    [Id(3)] public int Units;
    /// <summary>Its flows; null for none.</summary>
    [Id(4)] public FlowRow[]? Flows;
    /// <summary>What of it lies or lay in containers; null for none.</summary>
    [Id(5)] public PackedRow[]? Packed;
    /// <summary>Further lots that events have called it a unit of; null for none, as mostly.</summary>
    [Id(6)] public int[]? OtherLots;
}
