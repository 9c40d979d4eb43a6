using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Custody;

/// <summary>
/// One thing and its chain. What it has folded is kept while it is in use; before every answer it reads the links that came since, so an answer never lacks a
/// captured event, whichever activation gives it.
/// </summary>
abstract class EntityGrain(ILedger ledger) : Grain, IEntityGrain
{
    const int PageSize = 500, MaxPage = 1_000;

    PersistentDispositions persistent = new();
    ChainHead head = ChainHead.None;
    DateTimeOffset? firstEventTime, lastEventTime;
    int number;

    string Code => this.GetPrimaryKeyString();

    /// <summary>What to call the thing when neither its code nor the events' roles say more.</summary>
    protected abstract EntityKind DefaultKind { get; }

    /// <summary>Whether the chain is folded. The chains of parties and places hold everything that ever passed them, and fold to nothing.</summary>
    protected virtual bool Folds => true;

    public async Task<EntityView?> View(DateTimeOffset? asOf, CancellationToken stop)
    {
        if (!await IsKnown()) return null;
        if (await GrainFactory.GetGrain<ILineageGrain>(0).State(Code, asOf, stop) is not { } state) return null;
        var chain = asOf is { } time ? await FoldUntil(await ledger.SequenceAt(time, stop), stop) : await FoldOn(stop);
        if (chain.Length == 0) return null;
        var kind = Identifier.TryIdentify(Code, out var identified, out _) ? identified.Kind : CodeKind.Other;
        return new()
        {
            Code = Code, CodeKind = kind, Kind = KindOf(kind, state.Roles), State = state,
            PersistentDispositions = [.. chain.Persistent.InForce()], ChainLength = chain.Length, ChainHead = Convert.ToHexStringLower(chain.Head),
            FirstEventTime = chain.First, LastEventTime = chain.Last,
        };
    }

    public async Task<ChainPage> Chain(int after, int first, CancellationToken stop)
    {
        if (!await IsKnown()) return new();
        var max = Math.Clamp(first, 0, MaxPage);
        var entries = await ledger.ReadChain(number, Math.Max(0, after), max + 1, stop);
        var page = entries.Take(max).ToList();
        var shown = (await EventViews.Of(ledger, [.. page.Select(entry => entry.Event).OfType<LedgerEvent>()], stop)).ToDictionary(view => view.Sequence);
        return new()
        {
            Links = [.. page.Select(entry => new ChainLinkView
            {
                Position = entry.Link.Position, Hash = Convert.ToHexStringLower(entry.Link.Hash), Event = shown.GetValueOrDefault(entry.Link.Sequence) ?? new() { Sequence = entry.Link.Sequence },
            })],
            HasMore = entries.Count > max, Total = (await ledger.ReadChainHeads([number], stop))[0].Position,
        };
    }

    public async Task<ChainVerdict> Verify(CancellationToken stop) =>
        await IsKnown() ? await ChainAudit.Run(ledger, number, Code, stop) : new() { Holds = true, Head = Convert.ToHexStringLower(ChainHead.None.Hash) };

    async ValueTask<bool> IsKnown() => number != 0 || (number = (await ledger.FindEntities([Code]))[0]) != 0;

    async Task<(int Length, byte[] Head, PersistentDispositions Persistent, DateTimeOffset? First, DateTimeOffset? Last)> FoldOn(CancellationToken stop)
    {
        if (!Folds) head = (await ledger.ReadChainHeads([number], stop))[0];
        else
            while (true)
            {
                var entries = await ledger.ReadChain(number, head.Position, PageSize, stop);
                foreach (var entry in entries)
                {
                    // Another call may have folded this page while this one was reading it.
                    if (entry.Link.Position != head.Position + 1) continue;
                    Fold(entry, persistent, ref firstEventTime, ref lastEventTime);
                    head = new(entry.Link.Position, entry.Link.Hash, entry.Link.Sequence);
                }
                if (entries.Count < PageSize) break;
            }
        return (head.Position, head.Hash, persistent, firstEventTime, lastEventTime);
    }

    async Task<(int Length, byte[] Head, PersistentDispositions Persistent, DateTimeOffset? First, DateTimeOffset? Last)> FoldUntil(long bound, CancellationToken stop)
    {
        var (then, at) = (new PersistentDispositions(), ChainHead.None);
        DateTimeOffset? first = null, last = null;
        while (true)
        {
            var entries = await ledger.ReadChain(number, at.Position, PageSize, stop);
            foreach (var entry in entries.TakeWhile(entry => entry.Link.Sequence <= bound))
            {
                if (Folds) Fold(entry, then, ref first, ref last);
                at = new(entry.Link.Position, entry.Link.Hash, entry.Link.Sequence);
            }
            if (entries.Count < PageSize || entries[^1].Link.Sequence > bound) return (at.Position, at.Hash, then, first, last);
        }
    }

    static void Fold(ChainEntry entry, PersistentDispositions persistent, ref DateTimeOffset? first, ref DateTimeOffset? last)
    {
        if (entry.Event is not { } recorded) return;
        var canonical = EpcisJson.ReadStored(recorded.Json);
        persistent.Apply(canonical);
        var time = canonical.Event.EventTime;
        if (first is null || time < first) first = time;
        if (last is null || time > last) last = time;
    }

    EntityKind KindOf(CodeKind code, Roles roles) => code switch
    {
        CodeKind.Unit or CodeKind.LogisticUnit => EntityKind.Unit,
        CodeKind.Batch or CodeKind.Product => EntityKind.Batch,
        CodeKind.Device => EntityKind.Device,
        CodeKind.Location => EntityKind.Location,
        CodeKind.Party => EntityKind.Enterprise,
        _ when roles.HasFlag(Roles.Recall) => EntityKind.Recall,
        _ when roles.HasFlag(Roles.Class) => EntityKind.Batch,
        _ when roles.HasFlag(Roles.Device) => EntityKind.Device,
        _ when roles.HasFlag(Roles.Instance) => EntityKind.Unit,
        _ when roles.HasFlag(Roles.Party) => EntityKind.Enterprise,
        _ when roles.HasFlag(Roles.Place) => EntityKind.Location,
        _ => DefaultKind,
    };
}

[CollectionAgeLimit(Minutes = 2)]
sealed class UnitGrain(ILedger ledger) : EntityGrain(ledger), IUnitGrain
{
    protected override EntityKind DefaultKind => EntityKind.Unit;
}

[CollectionAgeLimit(Minutes = 2)]
sealed class BatchGrain(ILedger ledger) : EntityGrain(ledger), IBatchGrain
{
    protected override EntityKind DefaultKind => EntityKind.Batch;
}

[CollectionAgeLimit(Minutes = 2)]
sealed class DeviceGrain(ILedger ledger) : EntityGrain(ledger), IDeviceGrain
{
    protected override EntityKind DefaultKind => EntityKind.Device;
}

[CollectionAgeLimit(Minutes = 2)]
sealed class EnterpriseGrain(ILedger ledger) : EntityGrain(ledger), IEnterpriseGrain
{
    protected override EntityKind DefaultKind => EntityKind.Enterprise;

    protected override bool Folds => false;
}
