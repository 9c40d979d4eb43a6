using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;

namespace TraceGrains.Domain.Recalls.Reports;

/// <summary>What a line of the sheet counts.</summary>
public enum GoodsKind
{
    /// <summary>One thing.</summary>
    Thing = 1,
    /// <summary>So much of a lot, with one account.</summary>
    LotAmount = 2,
    /// <summary>A lot whose units have lines of their own: it is listed, and not counted again.</summary>
    LotOfUnits = 3,
    /// <summary>A lot of which nothing is left, or of which no event said how much.</summary>
    Lot = 4,
}

/// <summary>A line of the sheet of recalled goods, in entity numbers: a thing, or so much of a lot with whoever has it. 0 and null: not known.</summary>
public readonly record struct GoodsLine
{
    /// <summary>What it counts.</summary>
    public required GoodsKind Kind { get; init; }
    /// <summary>The thing or lot.</summary>
    public required int Thing { get; init; }
    /// <summary>The lot it belongs to, as an event says; the lot itself, for a line of a lot.</summary>
    public required int Lot { get; init; }
    /// <summary>How much: 1 of a thing; of a lot in the base unit, null where some event did not say.</summary>
    public required decimal? Quantity { get; init; }
    /// <summary>Base unit of measure; null counts pieces.</summary>
    public required string? Uom { get; init; }
    /// <summary>Who has it, to whom it is on the way, where and in what state.</summary>
    public required Standing Standing { get; init; }
    /// <summary>What has become of it.</summary>
    public required Fate Fate { get; init; }
    /// <summary>Since when the holder is known to have it, Unix milliseconds of event time.</summary>
    public long? Received { get; init; }
    /// <summary>When it was last sent off, Unix milliseconds of event time.</summary>
    public long? Shipped { get; init; }
    /// <summary>What was last answered of it.</summary>
    public AnswerNote? Answer { get; init; }
    /// <summary>The last event that changed the amount; 0 where the end of the thing's own chain tells.</summary>
    public long LastSequence { get; init; }
}
