namespace TraceGrains.Domain.Balances;

/// <summary>What an event does to an amount of a lot. Numbers are stored in projections: only append.</summary>
public enum FlowKind : byte
{
    /// <summary>It comes into being: an object event that adds, or the output of a transformation.</summary>
    Produced = 1,
    /// <summary>It is used up: the input of a transformation, or decommissioned.</summary>
    Used = 2,
    /// <summary>It leaves a party for another.</summary>
    Sent = 3,
    /// <summary>It arrives at a party.</summary>
    Received = 4,
    /// <summary>It goes to a consumer or patient.</summary>
    Sold = 5,
    /// <summary>It is destroyed or disposed of.</summary>
    Destroyed = 6,
    /// <summary>It is taken as a sample.</summary>
    Sampled = 7,
    /// <summary>It is stolen, or was looked for and not found.</summary>
    Lost = 8,
    /// <summary>A stock-taking finds so much of it.</summary>
    Counted = 9,
    /// <summary>It enters the books from outside: an object event that adds on a step by which goods are taken in or counted.</summary>
    Opened = 10,
    /// <summary>A sending is taken back (<c>void_shipping</c>).</summary>
    Voided = 11,
    /// <summary>It went where its container went. No event says so of the lot by its own name; never stored.</summary>
    Carried = 12,
}

/// <summary>An amount of a lot that an event moves. Codes are canonical; null where the event is silent.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Lot">The lot or product class.</param>
/// <param name="From">The party that it leaves; a location, where the event names that as the source and no party.</param>
/// <param name="To">The party that it comes to; a location likewise.</param>
/// <param name="Place">Where it happens: stands for the party, where none is named.</param>
/// <param name="Stage">Which of several steps of one movement tells of it (<see cref="FlowStages"/>); 0 for what has only one.</param>
/// <param name="Quantity">How much, in the base unit; null when the event does not say.</param>
/// <param name="Uom">Base unit of measure; empty counts pieces.</param>
/// <param name="IsReturn">Whether it goes back to where it came from (disposition <c>returned</c>).</param>
/// <param name="IsLoose">Whether it comes into being beside units of its lot that have codes of their own, as something else than those.</param>
public sealed record Flow(
    FlowKind Kind, string Lot, string? From, string? To, string? Place, byte Stage, decimal? Quantity, string Uom, bool IsReturn = false, bool IsLoose = false);

/// <summary>
/// The steps in which one movement is told. Goods that are loaded, depart and are shipped leave once: of such steps only one counts, the one that tells of most, and of equals the first of these lists.
/// </summary>
public static class FlowStages
{
    static readonly string[] outbound = ["shipping", "departing", "transporting", "loading", "consigning", "staging_outbound"];
    static readonly string[] inbound = ["receiving", "accepting", "arriving", "unloading", "storing", "stocking", "unpacking"];

    /// <summary>Added for a transaction event: the paper of what an object event tells, too.</summary>
    public const byte Paper = 0x10;

    /// <summary>From here on an inbound step says that goods were put away, which may have been there before: it takes in no more than is on its way.</summary>
    public const byte PuttingAway = 4;

    /// <summary>The place of a CBV business step among those that send goods off, from 1; 0 for another.</summary>
    public static byte Outbound(string? bizStep) => (byte)(Array.IndexOf(outbound, bizStep) + 1);

    /// <summary>The place of a CBV business step among those that take goods in, from 1; 0 for another.</summary>
    public static byte Inbound(string? bizStep) => (byte)(Array.IndexOf(inbound, bizStep) + 1);
}
