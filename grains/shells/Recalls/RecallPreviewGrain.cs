using Orleans.Concurrency;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Domain.Recalls.Sources;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Recalls;

namespace TraceGrains.Grains.Recalls;

/// <summary>Lets scopes, counts and searches run over ledger and shards, and turns the outcome into codes. Everything it asks for it asks in bulk.</summary>
[StatelessWorker]
[Reentrant]
sealed class RecallPreviewGrain(ILedger ledger, IGrainFactory grains) : Grain, IRecallPreviewGrain
{
    const int MaxPage = 10_000;

    readonly GrainShards all = new(grains, ledger.Constants.ShardCount);

    public async Task<PreviewAnswer> Preview(PreviewRequest request, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var (scopes, bound) = (new ScopeLedger(ledger, stop: stop), await Bound(request));
        var outcome = await Resolve(scopes, shards, request, bound);
        if (outcome.Things is not { } things) return new() { ProblemField = outcome.Problem!.Field, ProblemMessage = outcome.Problem.Message, AsOfSequence = bound };
        var reached = await ScopeWalk.Reach(shards, things, bound);
        var impact = await ImpactWalk.Of(scopes, shards, reached, bound);
        return await new PreviewWriter(ledger, (codes, through) => grains.GetGrain<IMasterDataGrain>(0).Districts(codes, through), EyesOf(request.For)).Write(impact, things.Length, reached.Count, bound);
    }

    public async Task<PreviewItems> Items(PreviewRequest request, int first, string? after, string? holder, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var (scopes, bound, max) = (new ScopeLedger(ledger, stop: stop), await Bound(request), Math.Clamp(first, 0, MaxPage));
        var start = after is null ? 0 : Cursor.Read(after);
        var has = holder is null ? 0 : (await ledger.FindEntities([holder]))[0];
        if (max == 0 || (holder is not null && has == 0) || (await Resolve(scopes, shards, request, bound)).Things is not { } things) return new();
        var lister = new ItemLister(ledger, shards);
        var page = new List<TracedItem>();
        foreach (var chunk in (await ScopeWalk.Reach(shards, things, bound)).Ascending().Where(node => node > start).Chunk(has == 0 ? max + 1 : 2_000))
        {
            page.AddRange(await lister.List(chunk, bound, has == 0 ? null : standing => standing.Holder == has));
            if (page.Count > max) return new() { Items = [.. page.Take(max)], Next = page[max - 1].Cursor };
        }
        return new() { Items = [.. page] };
    }

    public async Task<PathStep[]?> Path(PreviewRequest request, string item, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var (scopes, bound) = (new ScopeLedger(ledger, stop: stop), await Bound(request));
        var end = (await scopes.Find([item], bound))[0];
        if (end == 0 || (await Resolve(scopes, shards, request, bound)).Things is not { } things) return null;
        var named = things.ToHashSet();
        var steps = await PathWalk.Find(shards, named.Contains, end, TraceDirection.Forward, EdgeKind.Derivation, bound, nodes => ledger.ReadCodes(nodes, stop));
        if (steps is null) return null;
        var names = new Names(ledger);
        await names.Load(steps.SelectMany(step => new[] { step.From, step.To }));
        return [.. steps.Select(step => new PathStep { From = names[step.From]!, To = names[step.To]!, Kind = step.Kind, Sequence = step.Sequence })];
    }

    public async Task<SourcesAnswer> CommonSources(string[] codes, DateTimeOffset? asOf, int first, Caller? forWhom, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var (scopes, bound) = (new ScopeLedger(ledger, stop: stop), await Bound(asOf));
        var cases = await scopes.Find(codes, bound);
        if (cases.Contains(0)) return new() { Unknown = [.. codes.Where((_, i) => cases[i] == 0)], AsOfSequence = bound };
        var eyes = EyesOf(forWhom);
        // How much a neighbour does besides is its own business; what an enterprise sees of that counts.
        Func<RecordedEvent, bool>? counts = eyes is { Reach: Reach.Own } && await eyes.Own() is { } own ? recorded => EventParties.Of(recorded.Canonical.Event).Sees(Reach.Own, own, null, _ => null) : null;
        var found = await SourceSearch.Run(scopes, shards, cases, bound, counts);
        var names = new Names(ledger);
        await names.Load(found.Things.Concat(found.Holders).Select(source => source.Number));
        async Task<List<SourceCandidate>> Seen(IReadOnlyList<SourceCandidate> sources, Func<string[], Task<bool[]>>? sees) =>
            sees is null ? [.. sources] : [.. sources.Zip(await sees([.. sources.Select(source => names[source.Number]!)])).Where(pair => pair.Second).Select(pair => pair.First)];
        CommonSource[] Named(List<SourceCandidate> sources) => [.. sources.Take(first).Select(source => new CommonSource
        {
            Code = names[source.Number]!, Cases = [.. codes.Where((_, i) => (source.Cases & (1UL << i)) != 0)], Others = source.Others, Score = source.Score,
        })];
        var (things, holders) = (await Seen(found.Things, eyes is null ? null : eyes.SeesThings), await Seen(found.Holders, eyes is null ? null : eyes.SeesParties));
        return new()
        {
            AsOfSequence = bound, Things = Named(things), Holders = Named(holders), IsCut = found.IsCut, ThingsKeptBack = found.Things.Count - things.Count, HoldersKeptBack = found.Holders.Count - holders.Count,
        };
    }

    /// <summary>The eyes of somebody who does not see everything; null for who does.</summary>
    Viewer? EyesOf(Caller? caller) => caller is not null && new Viewer(grains, caller) is { SeesAll: false } viewer ? viewer : null;

    ValueTask<ScopeOutcome> Resolve(ScopeLedger scopes, GrainShards shards, PreviewRequest request, long bound) =>
        ScopeJson.TryRead(request.Scope, out var scope, out var problem) ? ScopeWalk.Resolve(scopes, shards, scope, bound) : new(new ScopeOutcome(null, null, problem));

    ValueTask<long> Bound(PreviewRequest request) => request.AtSequence is { } sequence ? new(sequence) : Bound(request.AsOf);

    async ValueTask<long> Bound(DateTimeOffset? asOf) => asOf is { } time ? await ledger.SequenceAt(time) : (await ledger.ReadHead()).Sequence;
}
