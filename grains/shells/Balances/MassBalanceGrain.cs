using System.Buffers.Binary;
using Orleans.Concurrency;
using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Recalls;

namespace TraceGrains.Grains.Balances;

/// <summary>
/// Counts units by where they stand, in the shards; adds amounts of lots up from the events that name them. A lot whose units are known one by one is counted by its units; what events say of it in
/// pieces is then the same goods told a second time.
/// </summary>
[StatelessWorker]
[Reentrant]
sealed class MassBalanceGrain(ILedger ledger, IGrainFactory grains) : Grain, IMassBalanceGrain
{
    const int Chunk = 20_000;

    readonly GrainShards shards = new(grains, ledger.Constants.ShardCount);

    public async Task<BalanceAnswer?> OfLot(string code, DateTimeOffset? asOf)
    {
        var (scopes, bound) = (new ScopeLedger(ledger), asOf is { } time ? await ledger.SequenceAt(time) : (await ledger.ReadHead()).Sequence);
        if ((await scopes.Find([code], bound))[0] is not (var lot and not 0)) return null;
        var reader = new LotReader(scopes, bound);
        var units = (await Members([lot], bound)).GetValueOrDefault(lot) ?? [];
        var balances = (await reader.Read(lot, code)).Where(balance => units.Count == 0 || balance.Uom.Length > 0).ToList();
        if (units.Count > 0) balances.AddRange((await CountUnits(units, _ => code, scopes, bound)).Select(pair => pair.Value));
        var category = await Category(ProductCode.Of(code) ?? code);
        return new() { AsOfSequence = bound, LotsLeftOut = reader.LeftOut, Balances = [.. balances.Select(balance => View(code, balance, category, isOneLot: true))] };
    }

    public async Task<BalanceAnswer> OfScope(string scope, DateTimeOffset? asOf)
    {
        var (scopes, bound) = (new ScopeLedger(ledger), asOf is { } time ? await ledger.SequenceAt(time) : (await ledger.ReadHead()).Sequence);
        if (!ScopeJson.TryRead(scope, out var query, out var problem)) return new() { ProblemField = problem.Field, ProblemMessage = problem.Message };
        var outcome = await ScopeWalk.Resolve(scopes, shards, query, bound);
        return outcome.Things is not { } things
            ? new() { ProblemField = outcome.Problem!.Field, ProblemMessage = outcome.Problem.Message }
            : await OfThings((await ScopeWalk.Reach(shards, things, bound)).Ascending(), scopes, bound);
    }

    public async Task<BalanceAnswer> OfRecall(string recall)
    {
        var bound = (await ledger.ReadHead()).Sequence;
        var number = (await ledger.FindEntities([recall]))[0];
        IEnumerable<int> reached = number == 0 ? [] : (await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => shards[shard].Reached(number, 0, int.MaxValue)))).SelectMany(part => part).Order();
        return await OfThings(reached, new ScopeLedger(ledger), bound);
    }

    async Task<BalanceAnswer> OfThings(IEnumerable<int> things, ScopeLedger scopes, long bound)
    {
        var byProduct = new Dictionary<(string Product, string Uom), LotBalance>();
        var reader = new LotReader(scopes, bound);
        foreach (var chunk in things.Chunk(Chunk))
        {
            var codes = (await ledger.ReadCodes(chunk)).Zip(chunk).ToDictionary(pair => pair.Second, pair => pair.First);
            var (lots, units) = await Split(chunk, bound);
            foreach (var (product, balance) in await CountUnits(units, unit => ProductCode.Of(codes[unit]) ?? "", scopes, bound)) Add(product, balance);
            var members = await Members(lots, bound);
            foreach (var lot in lots)
                foreach (var balance in await reader.Read(lot, codes[lot]))
                    if (balance.Uom.Length > 0 || !members.ContainsKey(lot)) Add(ProductCode.Of(codes[lot]) ?? "", balance);
        }
        var views = new List<BalanceView>();
        foreach (var ((product, _), balance) in byProduct)
            views.Add(View(product.Length == 0 ? null : product, balance, product.Length == 0 ? null : await Category(product), isOneLot: false));
        return new()
        {
            AsOfSequence = bound, LotsLeftOut = reader.LeftOut,
            Balances = [.. views.OrderByDescending(view => view.Produced).ThenBy(view => view.Product, StringComparer.Ordinal).ThenBy(view => view.Uom, StringComparer.Ordinal)],
        };

        void Add(string product, LotBalance balance) => byProduct[(product, balance.Uom)] =
            byProduct.TryGetValue((product, balance.Uom), out var sum) ? LotBalance.Sum(balance.Uom, [sum, balance]) : balance;
    }

    async Task<(List<int> Lots, List<int> Units)> Split(IReadOnlyCollection<int> things, long bound)
    {
        var (lots, units) = (new List<int>(), new List<int>());
        foreach (var (_, asked, lines) in await shards.Ask(things, node => node, (shard, mine) => shards.Lines(shard, mine, bound)))
            for (var i = 0; i < asked.Length; i++) ((lines[i].Roles & (Roles.Class | Roles.Instance)) == Roles.Class ? lots : units).Add(asked[i]);
        return (lots, units);
    }

    /// <summary>The units of lots; lots without units are left out.</summary>
    async Task<Dictionary<int, List<int>>> Members(IReadOnlyCollection<int> lots, long bound)
    {
        var members = new Dictionary<int, List<int>>();
        foreach (var (_, _, steps) in await shards.Ask(lots, lot => lot, (shard, mine) => shards.Steps(shard, [.. mine.Select(Window.At)], TraceDirection.Forward, EdgeKind.MemberOf, bound)))
            foreach (var step in steps)
                if (members.TryGetValue(step.From, out var units)) units.Add(step.To);
                else members.Add(step.From, [step.To]);
        return members;
    }

    /// <summary>Units in pieces: what has become something else is used, the rest is where it stands.</summary>
    async Task<Dictionary<string, LotBalance>> CountUnits(IReadOnlyCollection<int> units, Func<int, string> groupOf, ScopeLedger scopes, long bound)
    {
        var counts = new Dictionary<string, LotBalance>();
        foreach (var chunk in units.Distinct().Chunk(Chunk))
        {
            var used = (await shards.Ask(chunk, unit => unit, (shard, mine) => shards.Steps(shard, [.. mine.Select(Window.At)], TraceDirection.Forward, EdgeKind.MadeOf, bound)))
                .SelectMany(answer => answer.Answer).Select(step => step.From).ToHashSet();
            var standings = await StandingWalk.Of(shards, chunk, bound);
            for (var i = 0; i < chunk.Length; i++)
            {
                var group = groupOf(chunk[i]);
                var one = counts.GetValueOrDefault(group) ?? new LotBalance { Uom = "" };
                one = one with { Produced = one.Produced + 1 };
                counts[group] = used.Contains(chunk[i]) ? one with { Used = one.Used + 1 } : Fates.Of(standings[i].Standing) switch
                {
                    Fate.Sold => one with { Sold = one.Sold + 1 },
                    Fate.Destroyed => one with { Destroyed = one.Destroyed + 1 },
                    Fate.InTransit => one with { InTransit = one.InTransit + 1 },
                    Fate.OnHand => one with { OnHand = one.OnHand + 1 },
                    _ => one with { Unaccounted = one.Unaccounted + 1 },
                };
            }
        }
        return counts;
    }

    async Task<string?> Category(string product)
    {
        foreach (var record in await grains.GetGrain<IMasterDataGrain>(0).Of(product, null))
            foreach (var (id, value) in record.AttributeIds.Zip(record.AttributeValues))
                if (id == BalanceTolerance.AttributeId) return value;
        return null;
    }

    static BalanceView View(string? product, LotBalance balance, string? category, bool isOneLot) => new()
    {
        Product = product, Uom = balance.Uom.Length == 0 ? null : balance.Uom, Produced = balance.Produced, OnHand = balance.OnHand, InTransit = balance.InTransit, Used = balance.Used, Sold = balance.Sold,
        Destroyed = balance.Destroyed, Sampled = balance.Sampled, Returned = balance.Returned, Unaccounted = balance.Unaccounted, IsOpen = balance.IsOpen,
        Category = category, Tolerance = BalanceTolerance.Of(category), Holds = BalanceTolerance.Holds(balance, category),
        Parties = isOneLot ? [.. balance.ByParty.Select(pair => new PartyAmount(pair.Key.Length == 0 ? null : pair.Key, pair.Value))] : [],
        Discrepancies = isOneLot ? [.. balance.Discrepancies.Select(one => new DiscrepancyView { Kind = one.Kind, Party = one.Party, Quantity = one.Quantity, Sequence = one.Sequence })] : [],
    };

    /// <summary>Adds lots up from their events, until too many would have to be read.</summary>
    sealed class LotReader(ScopeLedger scopes, long bound)
    {
        int read;

        /// <summary>Lots that were not added up.</summary>
        public int LeftOut { get; private set; }

        public async Task<IReadOnlyList<LotBalance>> Read(int lot, string code)
        {
            if (read >= BalanceAnswer.EventsMax)
            {
                LeftOut++;
                return [];
            }
            var flows = new List<TimedFlow>();
            for (int? after = 0; after is { } from;)
            {
                var (events, next) = await scopes.EventsNaming(lot, from, bound);
                read += events.Count;
                foreach (var recorded in events)
                    flows.AddRange(Flows.Of(recorded.Canonical.Event, code)
                        .Select(flow => new TimedFlow(recorded.Canonical.Event.EventTime, BinaryPrimitives.ReadUInt64BigEndian(recorded.Canonical.CbvHash.Span), recorded.Sequence, flow)));
                after = next;
            }
            return BalanceFold.Of(flows);
        }
    }
}
