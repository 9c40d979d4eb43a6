using Orleans.Concurrency;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Lineage;

/// <summary>Turns codes into numbers, lets a walk run over the shards, and turns the outcome into codes again.</summary>
[StatelessWorker]
[Reentrant]
sealed class LineageGrain(ILedger ledger, IGrainFactory grains) : Grain, ILineageGrain
{
    const int MaxPage = 10_000;

    readonly GrainShards all = new(grains, ledger.Constants.ShardCount);

    public async Task<TraceAnswer?> Trace(TraceRequest request, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var start = await Number(request.Code, stop);
        if (start == 0) return null;
        var bound = await Bound(request.AsOf, stop);
        var found = await TraceWalk.Run(shards, [start], request.Direction, request.Follow, request.Depth, bound);
        var names = new Names(ledger);
        var holders = await names.Groups(found.Standings);
        var (items, next) = await Page(shards, request, found.Reached, bound, stop);
        return new()
        {
            Total = found.Reached.Count, Levels = [.. found.Levels], IsCut = found.IsCut, AsOfSequence = bound,
            Holders = holders, Items = items, Next = next,
        };
    }

    async Task<(TracedItem[] Items, string? Next)> Page(GrainShards shards, TraceRequest request, NodeSet reached, long bound, CancellationToken stop)
    {
        var first = Math.Clamp(request.First, 0, MaxPage);
        if (first == 0) return ([], null);
        var after = request.After is null ? 0 : Cursor.Read(request.After);
        var holder = request.Holder is null ? 0 : await Number(request.Holder, stop);
        if (request.Holder is not null && holder == 0) return ([], null);
        var lister = new ItemLister(ledger, shards);
        var page = new List<TracedItem>();
        foreach (var chunk in reached.Ascending().Where(node => node > after).Chunk(holder == 0 ? first + 1 : 2_000))
        {
            page.AddRange(await lister.List(chunk, bound, holder == 0 ? null : standing => standing.Holder == holder));
            if (page.Count > first) return ([.. page.Take(first)], page[first - 1].Cursor);
        }
        return ([.. page], null);
    }

    public async Task<PathStep[]?> Path(TraceRequest request, string item, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var start = await Number(request.Code, stop);
        var end = await Number(item, stop);
        if (start == 0 || end == 0) return null;
        var steps = await PathWalk.Find(shards, start, end, request.Direction, request.Follow, await Bound(request.AsOf, stop), nodes => ledger.ReadCodes(nodes, stop));
        return steps is null ? null : await Describe(steps);
    }

    public async Task<PathStep[]> Neighbours(TraceRequest request, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var start = await Number(request.Code, stop);
        if (start == 0) return [];
        var steps = await PathWalk.Neighbours(shards, start, request.Direction, request.Follow, await Bound(request.AsOf, stop));
        var described = await Describe(steps);
        return [.. described.OrderBy(step => step.Kind).ThenBy(step => step.To, StringComparer.Ordinal).ThenBy(step => step.Since).Take(Math.Clamp(request.First, 0, MaxPage))];
    }

    public async Task<EntityState?> State(string code, DateTimeOffset? asOf, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var number = await Number(code, stop);
        if (number == 0) return null;
        var bound = await Bound(asOf, stop);
        var node = await shards.Describe(number % shards.Count, number, bound);
        var standing = (await StandingWalk.Of(shards, [number], bound))[0].Standing;
        var holdings = (node.Roles & Roles.Class) != 0 ? (await HoldingWalk.Of(shards, [number], bound))[number] : [];
        var containers = await StandingWalk.Containers(shards, node.Stays, bound);
        var assets = await StandingWalk.Containers(shards, node.Attachments, bound);
        var names = new Names(ledger);
        await names.Load([standing.Holder, standing.Consignee, standing.Place, -standing.Disposition, .. containers, .. assets, .. node.Recalls, .. holdings.Select(holding => holding.Account)]);
        return new()
        {
            Number = number, Roles = node.Roles,
            Holder = names[standing.Holder], Consignee = names[standing.Consignee], Location = names[standing.Place], Disposition = names.Disposition(standing.Disposition),
            Containers = [.. containers.Select(container => names[container]!)], AttachedTo = assets.Count > 0 ? names[assets[0]] : null,
            Recalls = [.. node.Recalls.Select(recall => names[recall]!)],
            Holdings = [.. holdings.Select(holding => new HeldAmount
            {
                Account = names[holding.Account], Kind = holding.Kind, Quantity = holding.Quantity, Uom = holding.Uom.Length == 0 ? null : holding.Uom,
            })],
        };
    }

    public async Task<string[][]> Keepers(string[] codes)
    {
        var numbers = await ledger.FindEntities(codes);
        int[] known = [.. numbers.Where(number => number != 0).Distinct()];
        var bound = await Bound(null, default);
        var standings = known.Zip(await StandingWalk.Of(all, known, bound)).ToDictionary(pair => pair.First, pair => pair.Second);
        var held = await HoldingWalk.Of(all, [.. known.Where(number => (standings[number].Line.Roles & Roles.Class) != 0)], bound);
        int[] KeepersOf(int number) =>
        [
            .. new[] { standings[number].Standing.Holder, standings[number].Standing.Place, standings[number].Standing.Consignee }
                .Concat((held.GetValueOrDefault(number) ?? []).Where(holding => holding.Kind != AccountKind.Container).Select(holding => holding.Account)).Where(code => code > 0).Distinct(),
        ];
        var keepers = known.ToDictionary(number => number, KeepersOf);
        var names = new Names(ledger);
        await names.Load(keepers.Values.SelectMany(found => found));
        return [.. numbers.Select(number => number == 0 ? [] : keepers[number].Select(keeper => names[keeper]).OfType<string>().ToArray())];
    }

    async Task<PathStep[]> Describe(IReadOnlyList<Step> steps)
    {
        var names = new Names(ledger);
        await names.Load(steps.SelectMany(step => new[] { step.From, step.To }));
        return [.. steps.Select(step => new PathStep
        {
            From = names[step.From]!, To = names[step.To]!, Kind = step.Kind, Sequence = step.Sequence,
            Since = (step.Kind & EdgeKind.Placement) != 0 ? DateTimeOffset.FromUnixTimeMilliseconds(step.Start) : null,
            Until = (step.Kind & EdgeKind.Placement) != 0 && step.Window.Until != Window.Forever ? DateTimeOffset.FromUnixTimeMilliseconds(step.Window.Until) : null,
        })];
    }

    async ValueTask<int> Number(string code, CancellationToken stop) => (await ledger.FindEntities([code], stop))[0];

    async ValueTask<long> Bound(DateTimeOffset? asOf, CancellationToken stop) => asOf is { } time ? await ledger.SequenceAt(time, stop) : (await ledger.ReadHead(stop)).Sequence;
}
