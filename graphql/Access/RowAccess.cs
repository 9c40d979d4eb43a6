using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Identity;
using TraceGrains.GraphQL.Balances;
using TraceGrains.GraphQL.Custody;
using TraceGrains.GraphQL.Holds;
using TraceGrains.GraphQL.Lineage;
using TraceGrains.GraphQL.MasterData;
using TraceGrains.GraphQL.Recalls;
using TraceGrains.GraphQL.Recalls.Cases;

namespace TraceGrains.GraphQL.Access;

/// <summary>Which rows are for a caller who does not see everything. What no row stands for is told in counts.</summary>
static class RowAccess
{
    public static ValueTask<bool> May(object row, Viewer viewer, IGrainFactory grains) => row switch
    {
        // Everything that ever passed a company or a place stands in its chain.
        Entity { Kind: Custody.EntityKind.Enterprise or Custody.EntityKind.Location } of => viewer.SeesParty(of.Code),
        HolderGroup of => Party(viewer, of.Holder),
        Holding of => Account(viewer, of.Kind, of.Account),
        LotAmount of => Account(viewer, of.Kind, of.Account),
        PartyAmount of => Party(viewer, of.Party),
        CustodyGap of => Party(viewer, of.Holder),
        CaseParty of => Party(viewer, of.Party),
        MasterRecord of => IsOfParty(of.Code) ? viewer.SeesParty(of.Code) : new(true),
        Hold of => Any(of.Codes, viewer),
        Violation of => viewer.SeesViolationsOf(of.Holder),
        RecallCase of => Case(viewer, of, grains),
        // Both sides of a grant know each other; a district hears of it where both are its own.
        SharingGrant of => viewer.Reach == Reach.District ? Both(viewer, of.From, of.To) : new(true),
        _ => new(true),
    };

    /// <summary>Goods of which nobody is known to have them are nobody's secret.</summary>
    static ValueTask<bool> Party(Viewer viewer, string? code) => code is null ? new(true) : viewer.SeesParty(code);

    static ValueTask<bool> Account(Viewer viewer, AccountKind kind, string? code) => code is null ? new(true) : kind == AccountKind.Container ? viewer.SeesThing(code) : viewer.SeesParty(code);

    /// <summary>Whether a code names a party or place, or may do so.</summary>
    public static bool IsOfParty(string code) => !Identifier.TryIdentify(code, out var identified, out _) || identified.Kind is CodeKind.Party or CodeKind.Location or CodeKind.Other;

    static async ValueTask<bool> Any(IReadOnlyList<string> things, Viewer viewer) => (await viewer.SeesThings([.. things])).Contains(true);

    static async ValueTask<bool> Both(Viewer viewer, string one, string other) => await viewer.SeesParty(one) && await viewer.SeesParty(other);

    /// <summary>A recall's file is for authorities, for who opened it, and in part for those who were told.</summary>
    static async ValueTask<bool> Case(Viewer viewer, RecallCase of, IGrainFactory grains)
    {
        if (viewer.Reach == Reach.District) return true;
        return viewer.Caller.Party is { } party && (of.OpenedBy is { } opener && await viewer.Own() is { } own && own.Owns(opener)
            || await grains.GetGrain<IRecallCaseGrain>(of.Id).Concerns(party));
    }
}
