using Orleans.Concurrency;
using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Recalls;

namespace TraceGrains.Grains.Balances;

/// <summary>Lets a balance walk run over ledger and shards, and turns the outcome into codes.</summary>
[StatelessWorker]
[Reentrant]
sealed class MassBalanceGrain(ILedger ledger, IGrainFactory grains, BalanceTolerance tolerance) : Grain, IMassBalanceGrain
{
    readonly GrainShards all = new(grains, ledger.Constants.ShardCount);

    public async Task<BalanceAnswer?> OfLot(string code, DateTimeOffset? asOf, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var (scopes, bound) = (new ScopeLedger(ledger, stop: stop), await Bound(asOf));
        if ((await scopes.Find([code], bound))[0] is not (var lot and not 0)) return null;
        var (balances, notChecked) = await BalanceWalk.OfLot(scopes, shards, lot, bound);
        var category = (await Categories([ProductCode.Of(code) ?? code], bound))[0];
        return new() { AsOfSequence = bound, OriginUnchecked = notChecked, Balances = await new BalanceWriter(ledger, tolerance).Lots(balances.Select(balance => (code, category, balance))!) };
    }

    public async Task<BalanceAnswer> OfScope(PreviewRequest request, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var (scopes, bound) = (new ScopeLedger(ledger, stop: stop), request.AtSequence ?? await Bound(request.AsOf));
        if (!ScopeJson.TryRead(request.Scope, out var query, out var problem)) return new() { ProblemField = problem.Field, ProblemMessage = problem.Message, AsOfSequence = bound };
        var outcome = await ScopeWalk.Resolve(scopes, shards, query, bound);
        return outcome.Things is { } things
            ? await OfThings(await ScopeWalk.Reach(shards, things, bound), scopes, shards, bound)
            : new() { ProblemField = outcome.Problem!.Field, ProblemMessage = outcome.Problem.Message, AsOfSequence = bound };
    }

    public async Task<BalanceAnswer> OfRecall(string recall, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var shards = all.Until(stop);
        var (scopes, bound) = (new ScopeLedger(ledger, stop: stop), await Bound(null));
        var number = (await ledger.FindEntities([recall]))[0];
        var things = new NodeSet();
        if (number != 0)
            foreach (var thing in await shards.Reached(number)) things.Add(thing);
        return await OfThings(things, scopes, shards, bound);
    }

    public async Task<TransformationView?> OfTransformation(string id, DateTimeOffset? asOf, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var bound = await Bound(asOf);
        var (events, isCut) = await new ProcessEvents(ledger, all.Until(stop), bound).Find(id);
        if (events.Count == 0) return null;
        var balance = TransformationBalance.Of([.. events.Select(e => e.Canonical.Event)]);
        var categories = await Categories([.. balance.Outputs.Select(output => output.Product).Distinct()], bound);
        return new()
        {
            Inputs = Views(balance.Inputs), Outputs = Views(balance.Outputs), InputMass = balance.InputMass, OutputMass = balance.OutputMass, IsWeighed = balance.IsWeighed, Yield = balance.Yield,
            Gains = balance.Gains(categories.Select(category => tolerance.Of(category, TransformationBalance.Mass)).DefaultIfEmpty().Min()),
            Sequences = [.. events.Select(e => e.Sequence).Order()], IsCut = isCut, AsOfSequence = bound,
        };
    }

    static ProcessAmountView[] Views(IReadOnlyList<ProcessAmount> amounts) =>
        [.. amounts.Select(amount => new ProcessAmountView { Product = amount.Product, Uom = amount.Uom.Length == 0 ? null : amount.Uom, Quantity = amount.Quantity })];

    async Task<BalanceAnswer> OfThings(NodeSet things, ScopeLedger scopes, GrainShards shards, long bound) =>
        await new BalanceWriter(ledger, tolerance).Write(await BalanceWalk.Of(scopes, shards, things, products => Categories(products, bound), tolerance, bound), bound);

    async ValueTask<string?[]> Categories(IReadOnlyList<string> products, long bound) => await grains.GetGrain<IMasterDataGrain>(0).Attributes([.. products], BalanceTolerance.AttributeId, bound);

    async ValueTask<long> Bound(DateTimeOffset? asOf) => asOf is { } time ? await ledger.SequenceAt(time) : (await ledger.ReadHead()).Sequence;
}
