using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Balances;
using TraceGrains.GraphQL.Custody;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Lineage;

namespace TraceGrains.GraphQL.Recalls;

[Description("What a recall would do. Nothing is marked.")]
public sealed class RecallPreview(PreviewRequest asked, PreviewAnswer answer, IGrainFactory grains)
{
    readonly PreviewRequest same = asked with { AtSequence = answer.AsOfSequence };

    [Description("The scope in its saved form: JSON, codes and times canonical. It reads back and prints the same.")]
    public string Scope => asked.Scope;

    [Description("The ledger sequence up to which the answer holds.")]
    public long AsOfSequence => answer.AsOfSequence;

    [Description("How many things the scope names.")]
    public int InScope => answer.InScope;

    [Description("How many things a recall would mark: those in scope and everything they became.")]
    public int Reached => answer.Reached;

    [Description("What became of them.")]
    public IReadOnlyList<FateCount> Fates => [.. answer.Fates.Select(fate => new FateCount(fate))];

    [Description("By product, most first; null for things whose code names none, and for products that are not yours to hear of.")]
    public IReadOnlyList<ImpactGroup> Products => [.. answer.Products.Select(group => new ImpactGroup(group))];

    [Description("By disposition, most first; null where no event gave one, and for an enterprise where it is a word of somebody's own.")]
    public IReadOnlyList<ImpactGroup> Dispositions => [.. answer.Dispositions.Select(group => new ImpactGroup(group))];

    [Description("By district (GB/T 2260), as master data gives it of the holder, or else of the location; most first; null where it gives none, and for an enterprise where what is there is with parties beyond one step.")]
    public IReadOnlyList<ImpactGroup> Districts => [.. answer.Districts.Select(group => new ImpactGroup(group))];

    [Description("Who has them, most first.")]
    public IReadOnlyList<HolderGroup> Holders => [.. answer.Holders.Select(group => new HolderGroup(group))];

    [Description("Amounts of the reached lots by account: what events counted there and have not counted away.")]
    public IReadOnlyList<LotAmount> Amounts => [.. answer.Amounts.Select(held => new LotAmount(held))];

    [Description("Where the chain breaks, most things behind first. A thing may lie behind several.")]
    public IReadOnlyList<CustodyGap> Gaps => [.. answer.Gaps.Select(gap => new CustodyGap(gap))];

    [Description("Things of which it was not looked up whether they ever came into being, because that would have taken too many events; mostly 0.")]
    public int OriginUnchecked => answer.OriginUnchecked;

    [Complexity(Limits.PreviewWeight)]
    [Description("What became of everything it would reach, added up by product, as of the same instant. For authorities; an enterprise asks massBalance about its own lots.")]
    public async Task<MassBalance> Balance(CancellationToken cancellation) => new(await grains.GetGrain<IMassBalanceGrain>(0).OfScope(same, cancellation).WaitAsync(cancellation));

    [Complexity(Limits.PreviewWeight)]
    [Description("A page of what it would reach, as of the same instant.")]
    public async Task<ItemPage> Items(
        IResolveFieldContext context,
        [Description("How many at most, 0 to 10,000.")] int first = 100,
        [Description("Things after this cursor (pageInfo.endCursor of the page before); from the start, when left out.")] string? after = null,
        [Description("Only what this holder has; any spelling of its code.")] string? holder = null,
        CancellationToken cancellation = default)
    {
        Limits.Check(first, 0, Limits.ItemsMax, "first");
        if (await ItemPage.IsKeptBack(context, holder)) return ItemPage.Empty;
        try
        {
            var page = await grains.GetGrain<IRecallPreviewGrain>(0).Items(same, first, after, Codes.Canonical(holder, "holder"), cancellation).WaitAsync(cancellation);
            return new ItemPage(page.Items, page.Next);
        }
        catch (FormatException) when (after is not null)
        {
            throw new BadInput("after", "expected pageInfo.endCursor of the page before, found another text");
        }
    }

    [Complexity(Limits.PreviewWeight)]
    [Description("A shortest run of steps from the scope to a thing: empty where the scope names it, null where there is none or the thing is not yours to hear of.")]
    public async Task<IReadOnlyList<PathStep>?> Path(IResolveFieldContext context, [Description("Code of the thing, in any spelling.")] string to, CancellationToken cancellation)
    {
        if (!await context.Viewer().SeesThing(Codes.Canonical(to, "to"))) return null;
        var steps = await grains.GetGrain<IRecallPreviewGrain>(0).Path(same, Codes.Canonical(to, "to"), cancellation).WaitAsync(cancellation);
        return steps is null ? null : [.. steps.Select(step => new PathStep(step))];
    }
}

[Description("How many things a fate befell.")]
public sealed class FateCount(Contracts.Recalls.FateCount count)
{
    [Description("What became of them.")]
    public Fate Fate => (Fate)count.Fate;

    [Description("How many.")]
    public int Count => count.Count;
}

[Description("Reached things that have something in common.")]
public sealed class ImpactGroup(Contracts.Recalls.ImpactGroup group)
{
    [Description("What they have in common; null where nothing is known.")]
    public string? Name => group.Name;

    [Description("How many.")]
    public int Count => group.Count;

    [Description("What became of them.")]
    public IReadOnlyList<FateCount> Fates => [.. group.Fates.Select(fate => new FateCount(fate))];
}

[Description("How much of the reached lots one account holds.")]
public sealed class LotAmount(HeldImpactView held)
{
    [Description("The party, place or container; null where no event named one.")]
    public string? Account => held.Account;

    [Description("What sort of account.")]
    public AccountKind Kind => (AccountKind)held.Kind;

    [Description("How much; null where some event did not say.")]
    public decimal? Quantity => held.Quantity;

    [Description("Unit of measure (UN/CEFACT common code); null counts pieces.")]
    public string? Uom => held.Uom;

    [Description("Of how many lots.")]
    public int Lots => held.Lots;
}

[Description("Where a chain of custody breaks, and how many things lie behind.")]
public sealed class CustodyGap(GapView gap)
{
    [Description("How it breaks.")]
    public GapKind Kind => (GapKind)gap.Kind;

    [Description("The party or place that has or sent them; null when unknown.")]
    public string? Holder => gap.Holder;

    [Description("The party they were sent to; null when none was named.")]
    public string? Consignee => gap.Consignee;

    [Description("How many things.")]
    public int Count => gap.Count;
}
