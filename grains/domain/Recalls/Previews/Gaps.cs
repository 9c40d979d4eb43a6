namespace TraceGrains.Domain.Recalls.Previews;

/// <summary>A way in which a chain of custody breaks.</summary>
public enum GapKind
{
    /// <summary>Sent off, and no event says that it arrived.</summary>
    ShippedNotReceived = 1,
    /// <summary>Handled, and no event says that it came into being (<see cref="Scopes.Origin"/>).</summary>
    NeverCommissioned = 2,
    /// <summary>No event names a party that has it, nor a place where it is.</summary>
    HolderUnknown = 3,
}

/// <summary>Where a chain breaks, and how many things lie behind.</summary>
/// <param name="Kind">How it breaks.</param>
/// <param name="Holder">The party or place that has them or sent them; 0 when unknown.</param>
/// <param name="Consignee">The party they were sent to; 0 when none was named.</param>
/// <param name="Count">How many things.</param>
public readonly record struct Gap(GapKind Kind, int Holder, int Consignee, int Count);

/// <summary>The gaps of a reach.</summary>
/// <param name="Found">Each with its things.</param>
/// <param name="Unchecked">Things whose coming into being was not looked for, because that would have taken too many events (<see cref="OriginWalk.ChainsMax"/>).</param>
public sealed record GapFindings(IReadOnlyList<Gap> Found, int Unchecked);
