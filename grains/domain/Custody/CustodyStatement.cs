using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Custody;

/// <summary>How an event bears on who has a thing.</summary>
public enum CustodyStep : byte
{
    /// <summary>It says nothing of holders.</summary>
    None = 0,
    /// <summary>It names the holder.</summary>
    Stated = 1,
    /// <summary>It sends the thing off: the sender has it until it arrives.</summary>
    Sent = 2,
    /// <summary>It takes the thing in without naming a party: whoever it was last sent to has it now.</summary>
    Arrived = 3,
}

/// <summary>What one event says of the custody of the things it names. Codes are canonical; null where the event is silent.</summary>
/// <param name="Step">How it bears on the holder.</param>
/// <param name="Holder">The party that has the thing.</param>
/// <param name="Consignee">The party it was sent to.</param>
/// <param name="Place">Where it is, or was last seen: bizLocation, else readPoint.</param>
/// <param name="Disposition">Its state.</param>
public sealed record CustodyStatement(CustodyStep Step, string? Holder, string? Consignee, string? Place, string? Disposition)
{
    /// <summary>
    /// Reads custody out of an event. Possession counts, not ownership: <c>possessing_party</c>, and <c>owning_party</c> only where no possessor is named.
    /// On a step that sends goods off the source keeps them until they arrive; on every other step the destination has them.
    /// </summary>
    public static CustodyStatement Of(EpcisEvent e)
    {
        var from = PartyOf(e.Sources);
        var to = PartyOf(e.Destinations);
        var place = e.BizLocation ?? e.ReadPoint;
        if (e.BizStep == "void_shipping")
            return new(from is null ? CustodyStep.None : CustodyStep.Stated, from, null, place, e.Disposition);
        if (e.BizStep is { } step && Outbound.Contains(step))
            return new(to is null && from is null ? CustodyStep.None : CustodyStep.Sent, from, to, place, e.Disposition);
        if (to is not null)
            return new(CustodyStep.Stated, to, null, place, e.Disposition);
        if (e.BizStep is { } inward && Inbound.Contains(inward) && place is not null)
            return new(CustodyStep.Arrived, null, null, place, e.Disposition);
        return new(CustodyStep.None, null, null, place, e.Disposition);
    }

    /// <summary>Whether goods are taken in on this CBV business step.</summary>
    public static bool IsInbound(string bizStep) => Inbound.Contains(bizStep);

    /// <summary>The party from which goods go, as the event's sources name it; null when they name none.</summary>
    public static string? Sender(EpcisEvent e) => PartyOf(e.Sources);

    static string? PartyOf(IReadOnlyList<Endpoint> ends)
    {
        string? owner = null;
        foreach (var end in ends)
        {
            if (end.Type == "possessing_party") return end.Code;
            if (end.Type == "owning_party") owner ??= end.Code;
        }
        return owner;
    }

    /// <summary>CBV business steps by which goods leave for somebody else.</summary>
    static readonly HashSet<string> Outbound = ["shipping", "departing", "transporting", "loading", "consigning", "staging_outbound"];

    /// <summary>CBV business steps by which goods that were on their way are taken in.</summary>
    static readonly HashSet<string> Inbound =
        ["receiving", "accepting", "arriving", "unloading", "storing", "stocking", "unpacking", "retail_selling", "dispensing"];
}
