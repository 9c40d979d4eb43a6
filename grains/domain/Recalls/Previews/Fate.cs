using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Recalls.Previews;

/// <summary>What has become of a reached thing, as whoever collects it asks.</summary>
public enum Fate
{
    /// <summary>Somebody has it: it can be held and taken back.</summary>
    OnHand = 1,
    /// <summary>It has left one holder and no event says that it came to another.</summary>
    InTransit = 2,
    /// <summary>A consumer or patient has it.</summary>
    Sold = 3,
    /// <summary>It is no more.</summary>
    Destroyed = 4,
    /// <summary>Nobody is known to have it.</summary>
    Unaccounted = 5,
}

/// <summary>Reads a fate out of where a thing stands. The first row that fits decides. Business steps count through what they say of custody and disposition, not by themselves.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Destroyed</term><description>disposition (CBV 2.0, 7.2) <c>destroyed</c> or <c>disposed</c>, as business step <c>destroying</c> leaves it; <c>inactive</c>, which <c>decommissioning</c> leaves, only says that the code is</description></item>
/// <item><term>Sold</term><description><c>retail_sold</c> or <c>dispensed</c>, as <c>retail_selling</c> and <c>dispensing</c> leave it; <c>partially_dispensed</c> is still on hand</description></item>
/// <item><term>Unaccounted</term><description><c>stolen</c> or <c>unknown</c></description></item>
/// <item><term>In transit</term><description>sent to a party (a step that sends goods off, <see cref="CustodyStatement"/>) and not taken in since, or <c>in_transit</c></description></item>
/// <item><term>Unaccounted</term><description>neither a party nor a place is known</description></item>
/// <item><term>On hand</term><description>anything else. What a process has used up stands where it was used, since events do not say how much of it is left</description></item>
/// </list>
/// </remarks>
public static class Fates
{
    static readonly int destroyed = Number("destroyed"), disposed = Number("disposed"), sold = Number("retail_sold"), dispensed = Number("dispensed"),
        stolen = Number("stolen"), unknown = Number("unknown"), inTransit = Number("in_transit");

    /// <summary>The fate of a thing that stands so.</summary>
    public static Fate Of(in Standing standing)
    {
        var disposition = standing.Disposition;
        if (disposition == destroyed || disposition == disposed) return Fate.Destroyed;
        if (disposition == sold || disposition == dispensed) return Fate.Sold;
        if (disposition == stolen || disposition == unknown) return Fate.Unaccounted;
        if (standing.Consignee != 0 || disposition == inTransit) return Fate.InTransit;
        return standing.Holder == 0 ? Fate.Unaccounted : Fate.OnHand;
    }

    static int Number(string word) => Dispositions.IndexOf(word) is var number and not 0 ? number : throw new ArgumentException($"CBV has no disposition {word}", nameof(word));
}
