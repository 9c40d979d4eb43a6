using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Access;

/// <summary>Who sees a violation: what was done wrong is between who did it and the authorities.</summary>
public static class ViolationSight
{
    /// <summary>Whether the caller may hear of violations of a holder; of a holder that is not known, who sees everything.</summary>
    public static async ValueTask<bool> SeesViolationsOf(this Viewer viewer, string? holder) => viewer.Reach switch
    {
        Reach.All => true,
        _ when holder is null => false,
        Reach.Own => await viewer.Own() is { } own && own.Owns(holder),
        _ => await viewer.SeesParty(holder),
    };
}
