using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;

namespace TraceGrains.Contracts.Recalls;

/// <summary>Says what a recall would do, and where several cases may have come from. Changes and marks nothing. Stateless. What nobody waits for any longer ends before its next step.</summary>
[Alias("tg.IRecallPreviewGrain")]
public interface IRecallPreviewGrain : IGrainWithIntegerKey
{
    /// <summary>Works a scope out and counts what a recall of it would reach.</summary>
    [Alias("Preview")]
    [ResponseTimeout("00:05:00")]
    Task<PreviewAnswer> Preview(PreviewRequest request, CancellationToken stop = default);

    /// <summary>A page of what it would reach; at most 10,000.</summary>
    [Alias("Items")]
    [ResponseTimeout("00:05:00")]
    Task<PreviewItems> Items(PreviewRequest request, int first, string? after, string? holder, CancellationToken stop = default);

    /// <summary>A shortest run of steps from the scope to a thing; empty where the scope names the thing itself, null where there is none.</summary>
    [Alias("Path")]
    [ResponseTimeout("00:05:00")]
    Task<PathStep[]?> Path(PreviewRequest request, string item, CancellationToken stop = default);

    /// <summary>Ranks what some things have in common. Codes are canonical, each once, at most <see cref="Domain.Recalls.Sources.SourceSearch.CasesMax"/>.</summary>
    /// <param name="codes">The cases.</param>
    /// <param name="asOf">Only what was on record at this time; null for now.</param>
    /// <param name="first">How many in each list.</param>
    /// <param name="forWhom">Who asks; only sources of which they may hear are named. Null for somebody who sees everything.</param>
    [Alias("CommonSourcesFor")]
    [ResponseTimeout("00:05:00")]
    Task<SourcesAnswer> CommonSources([Immutable] string[] codes, DateTimeOffset? asOf, int first, Caller? forWhom = null, CancellationToken stop = default);
}

/// <summary>Which scope, and as of when.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.PreviewRequest")]
public sealed record PreviewRequest
{
    /// <summary>The scope in its saved form (<see cref="Domain.Recalls.Scopes.ScopeJson"/>).</summary>
    [Id(0)] public required string Scope { get; init; }
    /// <summary>Only what was on record at this time; null for now.</summary>
    [Id(1)] public DateTimeOffset? AsOf { get; init; }
    /// <summary>The ledger sequence of an earlier answer, so that a page belongs to its counts; it goes before <see cref="AsOf"/>.</summary>
    [Id(2)] public long? AtSequence { get; init; }
    /// <summary>Who asks; products, districts and words of others are counted and not named. Null for somebody who sees everything.</summary>
    [Id(3)] public Caller? For { get; init; }
}

/// <summary>What a recall would do; or what is wrong with its scope, and nothing else.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.PreviewAnswer")]
public sealed class PreviewAnswer
{
    /// <summary>Path of the field at fault; null when there is none.</summary>
    [Id(0)] public string? ProblemField { get; set; }
    /// <summary>What was expected there.</summary>
    [Id(1)] public string? ProblemMessage { get; set; }
    /// <summary>The ledger sequence up to which the answer holds.</summary>
    [Id(2)] public long AsOfSequence { get; set; }
    /// <summary>How many things the scope names.</summary>
    [Id(3)] public int InScope { get; set; }
    /// <summary>How many things a recall would mark, those in scope included.</summary>
    [Id(4)] public int Reached { get; set; }
    /// <summary>What became of them.</summary>
    [Id(5)] public FateCount[] Fates { get; set; } = [];
    /// <summary>By product, most first; null also for those of which whoever asks may not hear.</summary>
    [Id(6)] public ImpactGroup[] Products { get; set; } = [];
    /// <summary>By disposition, most first; null also for words that are not the CBV's, where whoever asks does not see everything.</summary>
    [Id(7)] public ImpactGroup[] Dispositions { get; set; } = [];
    /// <summary>By district of the holder, most first; null also for what is with parties of whom whoever asks may not hear.</summary>
    [Id(8)] public ImpactGroup[] Districts { get; set; } = [];
    /// <summary>By holder, most first.</summary>
    [Id(9)] public HolderGroup[] Holders { get; set; } = [];
    /// <summary>Amounts of the reached lots by account.</summary>
    [Id(10)] public HeldImpactView[] Amounts { get; set; } = [];
    /// <summary>Where the chain breaks, most things behind first.</summary>
    [Id(11)] public GapView[] Gaps { get; set; } = [];
    /// <summary>Things whose coming into being was not looked for, because it would have taken too many events.</summary>
    [Id(12)] public int OriginUnchecked { get; set; }
}

/// <summary>How many things a fate befell.</summary>
[GenerateSerializer]
[Alias("tg.FateCount")]
public readonly record struct FateCount([property: Id(0)] Fate Fate, [property: Id(1)] int Count);

/// <summary>Reached things that have something in common.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ImpactGroup")]
public sealed class ImpactGroup
{
    /// <summary>What they have in common: a product, a disposition, a district; null where nothing is known.</summary>
    [Id(0)] public string? Name { get; set; }
    /// <summary>How many.</summary>
    [Id(1)] public int Count { get; set; }
    /// <summary>What became of them.</summary>
    [Id(2)] public FateCount[] Fates { get; set; } = [];
}

/// <summary>How much of the reached lots an account holds.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.HeldImpactView")]
public sealed class HeldImpactView
{
    /// <summary>The party, place or container; null where no event named one.</summary>
    [Id(0)] public string? Account { get; set; }
    /// <summary>What sort of account.</summary>
    [Id(1)] public AccountKind Kind { get; set; }
    /// <summary>How much, in the base unit; null where some event did not say.</summary>
    [Id(2)] public decimal? Quantity { get; set; }
    /// <summary>Base unit of measure; null counts pieces.</summary>
    [Id(3)] public string? Uom { get; set; }
    /// <summary>Of how many lots.</summary>
    [Id(4)] public int Lots { get; set; }
}

/// <summary>Where the chain breaks, and how many things lie behind.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.GapView")]
public sealed class GapView
{
    /// <summary>How it breaks.</summary>
    [Id(0)] public GapKind Kind { get; set; }
    /// <summary>The party or place that has or sent them; null when unknown.</summary>
    [Id(1)] public string? Holder { get; set; }
    /// <summary>The party they were sent to; null when none was named.</summary>
    [Id(2)] public string? Consignee { get; set; }
    /// <summary>How many things.</summary>
    [Id(3)] public int Count { get; set; }
}

/// <summary>A page of what a recall would reach.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.PreviewItems")]
public sealed class PreviewItems
{
    /// <summary>In the order in which the ledger first heard of them.</summary>
    [Id(0)] public TracedItem[] Items { get; set; } = [];
    /// <summary>Where the next page starts; null at the end.</summary>
    [Id(1)] public string? Next { get; set; }
}

/// <summary>What several cases have in common.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.SourcesAnswer")]
public sealed class SourcesAnswer
{
    /// <summary>Codes that no event had named; then nothing else is answered.</summary>
    [Id(0)] public string[] Unknown { get; set; } = [];
    /// <summary>The ledger sequence up to which the answer holds.</summary>
    [Id(1)] public long AsOfSequence { get; set; }
    /// <summary>Common ancestors, best first.</summary>
    [Id(2)] public CommonSource[] Things { get; set; } = [];
    /// <summary>Common parties and places, best first.</summary>
    [Id(3)] public CommonSource[] Holders { get; set; } = [];
    /// <summary>Whether a limit ended the search before it had seen everything.</summary>
    [Id(4)] public bool IsCut { get; set; }
    /// <summary>How many common ancestors ranked and are not whoever asks' to hear of.</summary>
    [Id(5)] public int ThingsKeptBack { get; set; }
    /// <summary>How many parties and places.</summary>
    [Id(6)] public int HoldersKeptBack { get; set; }
}

/// <summary>Something that explains some of the cases.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CommonSource")]
public sealed class CommonSource
{
    /// <summary>Canonical code.</summary>
    [Id(0)] public string Code { get; set; } = "";
    /// <summary>The cases it explains, in the order asked.</summary>
    [Id(1)] public string[] Cases { get; set; } = [];
    /// <summary>How much else it explains (<see cref="Domain.Recalls.Sources.SourceCandidate.Others"/>).</summary>
    [Id(2)] public int Others { get; set; }
    /// <summary>What it ranks by (<see cref="Domain.Recalls.Sources.SourceCandidate.Score"/>).</summary>
    [Id(3)] public double Score { get; set; }
}
