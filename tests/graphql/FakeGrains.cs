using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Threading.Channels;
using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.Contracts.Transparency;

namespace TraceGrains.GraphQL.Tests;

/// <summary>Grains that answer what a test told them, and remember what they were asked.</summary>
public sealed class FakeGrains
{
    public Dictionary<string, EntityView> Entities { get; } = [];
    public Dictionary<string, FakeRecall> Recalls { get; } = [];
    public List<EventView> Events { get; } = [];
    public Func<TraceRequest, TraceAnswer?> OnTrace { get; set; } = _ => null;
    public ConcurrentQueue<PreviewRequest> Previews { get; } = [];
    public Func<PreviewRequest, PreviewAnswer> OnPreview { get; set; } = _ => new();
    public Func<string[], SourcesAnswer> OnSources { get; set; } = _ => new();
    public Func<CaseAct, CaseAnswer> OnAct { get; set; } = _ => new();
    public Dictionary<string, CaseView> Cases { get; } = [];
    public List<CasePartyView> Parties { get; } = [];
    public List<ObligationView> Obligations { get; } = [];
    public ChecksView? Checks { get; set; }
    public DrillView? Drill { get; set; }
    public BalanceAnswer? Balance { get; set; }
    public ConcurrentQueue<string> Balanced { get; } = [];
    public Dictionary<string, TransformationView> Transformations { get; } = [];
    public List<MasterView> Masters { get; } = [];
    public List<PathStep> Steps { get; } = [];

    /// <summary>What a thing's grain does before it answers.</summary>
    public Func<string, Task> OnView { get; set; } = _ => Task.CompletedTask;

    public FakeNews News { get; } = new();

    /// <summary>Sizes of the transparency log's signed heads.</summary>
    public List<long> HeadSizes { get; } = [];
    public bool LedgerChanged { get; set; }

    /// <summary>Interface and key of each grain that was asked for.</summary>
    public ConcurrentQueue<(string Interface, object Key)> Asked { get; } = [];
    public ConcurrentQueue<TraceRequest> Traces { get; } = [];

    /// <summary>How many events were looked up each time some were.</summary>
    public ConcurrentQueue<int> EventReads { get; } = [];

    /// <summary>Pages of chains that were asked for.</summary>
    public ConcurrentQueue<(int After, int First)> ChainPages { get; } = [];

    /// <summary>Grains that only some tests need, made by key.</summary>
    public Dictionary<Type, Func<object, object>> Others { get; } = [];

    public IGrainFactory Factory { get; }

    public FakeGrains()
    {
        Factory = DispatchProxy.Create<IGrainFactory, FactoryProxy>();
        ((FactoryProxy)Factory).Grains = this;
    }

    public FakeRecall AddRecall(RecallView view) => Recalls[view.Id] = new FakeRecall(view);

    object Get(Type type, object key)
    {
        Asked.Enqueue((type.Name, key));
        if (Others.TryGetValue(type, out var make)) return make(key);
        if (type == typeof(ILineageGrain)) return new FakeLineage(this);
        if (type == typeof(IRecallRegistryGrain)) return new FakeRegistry(this);
        if (type == typeof(IRecallCaseGrain)) return new FakeCase(this, (string)key);
        if (type == typeof(IRecallCasesGrain)) return new FakeCases(this);
        if (type == typeof(IMassBalanceGrain)) return new FakeBalances(this);
        if (type == typeof(IRecallPreviewGrain)) return new FakePreviews(this);
        if (type == typeof(IEventsGrain)) return new FakeEvents(this);
        if (type == typeof(IMasterDataGrain)) return new FakeMasterData(this);
        if (type == typeof(ITransparencyGrain)) return new FakeLog(this);
        if (type == typeof(IRecallGrain)) return Recalls.TryGetValue((string)key, out var recall) ? recall : new FakeRecall(null);
        return new FakeEntity(this, (string)key);
    }

    public class FactoryProxy : DispatchProxy
    {
        public FakeGrains Grains { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod is { Name: "GetGrain", IsGenericMethod: true }
                ? Grains.Get(targetMethod.GetGenericArguments()[0], args![0]!)
                : throw new NotSupportedException(targetMethod?.Name);
    }
}

sealed class FakeMasterData(FakeGrains grains) : IMasterDataGrain
{
    public async Task<MasterView[]> Of(string code, DateTimeOffset? asOf) => (await Of([code], asOf))[0];

    public Task<MasterView[][]> Of(string[] codes, DateTimeOffset? asOf) =>
        Task.FromResult(codes.Select(code => grains.Masters.Where(view => view.Code == code && (asOf is null || view.RecordTime <= asOf)).ToArray()).ToArray());

    public Task<string?[]> Districts(string[] codes, long through) => throw new NotSupportedException();

    public Task<string?[]> Attributes(string[] codes, string attributeId, long through) => throw new NotSupportedException();

    public Task<MasterView[]> History(string code, int first) => Task.FromResult(grains.Masters.Where(view => view.Code == code).Take(first).ToArray());

    public Task<MasterView[]> List(string? vocabulary, string? after, int first) => Task.FromResult(grains.Masters
        .Where(view => (vocabulary is null || view.Vocabulary == vocabulary) && string.CompareOrdinal(view.Code, after) > 0).OrderBy(view => view.Code, StringComparer.Ordinal).Take(first).ToArray());
}

sealed class FakeEntity(FakeGrains grains, string code) : IUnitGrain, IBatchGrain, IDeviceGrain, IEnterpriseGrain
{
    public async Task<EntityView?> View(DateTimeOffset? asOf, CancellationToken stop)
    {
        await grains.OnView(code);
        return code.EndsWith("/FAULT", StringComparison.Ordinal) ? throw new InvalidOperationException("the database at db-7 is on fire") : grains.Entities.GetValueOrDefault(code);
    }

    public Task<ChainPage> Chain(int after, int first, CancellationToken stop)
    {
        grains.ChainPages.Enqueue((after, first));
        var links = grains.Events.Skip(after).Take(first).Select((one, i) => new ChainLinkView { Position = after + i + 1, Hash = "h" + one.Sequence, Event = one }).ToArray();
        return Task.FromResult(new ChainPage { Total = grains.Events.Count, Links = links, HasMore = after + links.Length < grains.Events.Count });
    }

    public Task<ChainVerdict> Verify(CancellationToken stop) => Task.FromResult(new ChainVerdict { Holds = false, Checked = 2, Head = "ab", BrokenAt = 2, BrokenSequence = 9, Reason = "bytes differ" });
}

sealed class FakeLineage(FakeGrains grains) : ILineageGrain
{
    public Task<string[][]> Keepers(string[] codes) => Task.FromResult(codes.Select(_ => Array.Empty<string>()).ToArray());

    public Task<TraceAnswer?> Trace(TraceRequest request, CancellationToken stop)
    {
        grains.Traces.Enqueue(request);
        return Task.FromResult(grains.OnTrace(request));
    }

    public Task<PathStep[]?> Path(TraceRequest request, string item, CancellationToken stop) => Task.FromResult(grains.Steps.Any(step => step.To == item) ? grains.Steps.ToArray() : null);

    public Task<PathStep[]> Neighbours(TraceRequest request, CancellationToken stop) => Task.FromResult(
        grains.Steps.Where(step => (request.Direction == Domain.Lineage.TraceDirection.Forward ? step.From : step.To) == request.Code).ToArray());

    public Task<EntityState?> State(string code, DateTimeOffset? asOf, CancellationToken stop) => Task.FromResult<EntityState?>(null);
}

sealed class FakePreviews(FakeGrains grains) : IRecallPreviewGrain
{
    public Task<PreviewAnswer> Preview(PreviewRequest request, CancellationToken stop)
    {
        grains.Previews.Enqueue(request);
        return Task.FromResult(grains.OnPreview(request));
    }

    public Task<PreviewItems> Items(PreviewRequest request, int first, string? after, string? holder, CancellationToken stop)
    {
        grains.Previews.Enqueue(request);
        return after == "elsewhere" ? throw new FormatException(after) : Task.FromResult(new PreviewItems { Items = [new() { Code = $"{first} after {after} of {holder}" }], Next = "next" });
    }

    public Task<PathStep[]?> Path(PreviewRequest request, string item, CancellationToken stop)
    {
        grains.Previews.Enqueue(request);
        return Task.FromResult(grains.Steps.Any(step => step.To == item) ? grains.Steps.ToArray() : null);
    }

    public Task<SourcesAnswer> CommonSources(string[] codes, DateTimeOffset? asOf, int first, Domain.Access.Caller? forWhom, CancellationToken stop) => Task.FromResult(grains.OnSources(codes));
}

/// <summary>Takes as long as a look-up takes, so that what is asked meanwhile has to wait.</summary>
sealed class FakeEvents(FakeGrains grains) : IEventsGrain
{
    public Task<EventView[]> ById(string eventId) => Task.FromResult(grains.Events.Where(one => one.EventId == eventId).ToArray());

    public async Task<EventView[][]> ByIds(string[] eventIds, CancellationToken stop)
    {
        grains.EventReads.Enqueue(eventIds.Length);
        await Task.Delay(20, stop);
        return [.. eventIds.Select(id => grains.Events.Where(one => one.EventId == id).ToArray())];
    }

    public async Task<EventView?[]> At(long[] sequences, CancellationToken stop)
    {
        grains.EventReads.Enqueue(sequences.Length);
        await Task.Delay(20, stop);
        return [.. sequences.Select(sequence => grains.Events.Find(one => one.Sequence == sequence))];
    }

    public static EventView Of(long sequence, string id, string json) =>
        new() { Sequence = sequence, EventId = id, Json = Encoding.UTF8.GetBytes(json), RecordTime = DateTimeOffset.UnixEpoch, EventHash = "ee", CbvHash = "ni:///sha-256;cc?ver=CBV2.0" };
}

sealed class FakeRegistry(FakeGrains grains) : IRecallRegistryGrain
{
    public Task<string[]> All() => Task.FromResult(grains.Recalls.Keys.Reverse().ToArray());
    public Task<RecallWatch[]> ReworkAll() => Task.FromResult<RecallWatch[]>([]);
    public Task Spread(string[] recalls) => Task.CompletedTask;
}

sealed class FakeBalances(FakeGrains grains) : IMassBalanceGrain
{
    public Task<BalanceAnswer?> OfLot(string code, DateTimeOffset? asOf, CancellationToken stop)
    {
        grains.Balanced.Enqueue(code);
        return Task.FromResult(grains.Balance);
    }

    public async Task<BalanceAnswer> OfScope(PreviewRequest request, CancellationToken stop) => (await OfLot(request.Scope, request.AsOf, stop))!;

    public async Task<BalanceAnswer> OfRecall(string recall, CancellationToken stop) => (await OfLot(recall, null, stop))!;

    public Task<TransformationView?> OfTransformation(string id, DateTimeOffset? asOf, CancellationToken stop) => Task.FromResult(grains.Transformations.GetValueOrDefault(id));
}

sealed class FakeCase(FakeGrains grains, string id) : IRecallCaseGrain
{
    public Task<CaseAnswer> Act(CaseAct act) => Task.FromResult(grains.OnAct(act));

    public Task<CaseView?> View() => Task.FromResult(grains.Cases.GetValueOrDefault(id));

    public Task<CaseView?> Watch(int entries) => View();

    public Task<CasePartyView[]> Parties(string? after, int first) => Task.FromResult(grains.Parties.Where(party => string.CompareOrdinal(party.Party ?? "", after) > 0 || after is null).Take(first).ToArray());

    public async Task<bool> Concerns(string party) => await Party(party) is not null;

    public Task<CasePartyView?> Party(string party) => Task.FromResult(grains.Parties.Find(one => one.Party == party));

    public Task<CaseGoods> Goods(string? party, string? after, int first) => Task.FromResult(new CaseGoods
    {
        Items = [new() { Code = $"urn:ex:{party}:{after}:{first}" }], Next = "next", Lots = [new() { Lot = "urn:ex:lot", Quantity = 2.5m, Uom = "KGM", IsOnTheWay = true }],
    });

    public Task<ObligationView[]> Obligations(DateTimeOffset? at) => Task.FromResult(grains.Obligations.ToArray());

    public Task<ChecksView?> Checks() => Task.FromResult(grains.Checks);

    public Task<DrillView?> Drill() => Task.FromResult(grains.Drill);

    public Task<AnswerLink> MakeLink(CaseAct by, string party, TimeSpan goodFor) =>
        Task.FromResult(new AnswerLink { Token = $"{by.ByName}.{party}", Expires = DateTimeOffset.UnixEpoch + goodFor, Answer = new() { Case = grains.Cases[id] } });

    public Task<string?> PartyOfLink(string secret) => Task.FromResult<string?>(null);

    public Task Pulse() => Task.CompletedTask;

    public Task<CaseEntryView[]> Entries(int after, int first) => Task.FromResult(Enumerable.Range(after + 1, Math.Max(0, Math.Min(first, grains.Cases[id].Entries - after))).Select(number => new CaseEntryView
    {
        Number = number, Sequence = number, At = DateTimeOffset.UnixEpoch, EventHash = "ee", EventId = $"{id}:case:{number}", ByName = "TraceGrains", Entry = "{\"kind\":\"issued\"}",
    }).ToArray());
}

sealed class FakeCases(FakeGrains grains) : IRecallCasesGrain
{
    public Task<InboxItem[]> Inbox(string party) =>
        Task.FromResult(grains.Cases.Values.SelectMany(view => grains.Parties.Where(one => one.Party == party).Select(one => new InboxItem { Case = view, Party = one })).ToArray());

    public Task Pulse() => Task.CompletedTask;

    public Task<string[]> After(string? after, int first) => Task.FromResult(grains.Cases.Keys.Where(id => string.CompareOrdinal(id, after) > 0).Take(first).ToArray());
}

/// <summary>A recall that changes when a test says so.</summary>
public sealed class FakeRecall(RecallView? view) : IRecallGrain
{
    readonly Channel<RecallView> changes = Channel.CreateUnbounded<RecallView>();

    public ConcurrentQueue<RecallRequest> Requests { get; } = [];
    public TaskCompletionSource Watched { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public Func<RecallRequest, RecallAnswer>? OnIssue { get; set; }

    public void Become(RecallView next) => changes.Writer.TryWrite(next);

    public void Break(Exception fault) => changes.Writer.TryComplete(fault);

    public Task<RecallAnswer> ChangeScope(ScopeOrder order, Domain.Lineage.EventToRecord[]? with) => throw new NotSupportedException();

    public Task<RecallWatch?> Rescope() => Task.FromResult<RecallWatch?>(null);

    public Task<RecallAnswer> Issue(RecallRequest request, Domain.Lineage.EventToRecord[]? with)
    {
        Requests.Enqueue(request);
        return Task.FromResult(OnIssue?.Invoke(request) ?? new RecallAnswer { Recall = view ?? new RecallView { Scope = request, Reason = request.Reason, Class = request.Class, Status = RecallStatus.Spreading } });
    }

    public Task<RecallAnswer> Withdraw(string reason, Domain.Lineage.EventToRecord[]? with) =>
        Task.FromResult(new RecallAnswer { Refused = RecallRefusal.RecallUnknown, Message = "id: there is no such recall" });

    public Task<RecallView?> View() => Task.FromResult(view);

    public async Task<RecallView?> Watch(long version)
    {
        Watched.TrySetResult();
        return await changes.Reader.ReadAsync();
    }

    public Task<RecallItems> Items(int after, int first, CancellationToken stop) => Task.FromResult(new RecallItems
    {
        Items = [.. Enumerable.Range(after + 1, first).Select(i => new TracedItem { Code = "urn:xx:" + i })],
        Next = after + first,
    });

    public Task PutOnRecord() => Task.CompletedTask;
    public Task<RecallWatch?> Rework() => Task.FromResult<RecallWatch?>(null);
}

sealed class FakeLog(FakeGrains grains) : ITransparencyGrain
{
    public Task Pulse() => Task.CompletedTask;

    public Task<TreeHeadView?> Head(long? size) => Task.FromResult((size ?? grains.HeadSizes.LastOrDefault()) is var asked && grains.HeadSizes.Contains(asked) ? Of(asked) : null);

    public Task<InclusionAnswer> Inclusion(long sequence, long? treeSize) => Task.FromResult(
        grains.LedgerChanged ? new() { Refused = TransparencyRefusal.LedgerChanged, Message = "events have changed" }
        : grains.Events.All(one => one.Sequence != sequence) ? new() { Refused = TransparencyRefusal.EventUnknown, Message = "sequence: expected the place of an event on record" }
        : treeSize < sequence ? new() { Refused = TransparencyRefusal.SizeTooSmall, Message = $"treeSize: expected at least {sequence}, found {treeSize}" }
        : new InclusionAnswer { EventHash = "ee", LeafIndex = sequence - 1, Path = ["aa", "bb"], Head = Of(treeSize ?? grains.HeadSizes[^1]) });

    public Task<ConsistencyAnswer> Consistency(long from, long to) => Task.FromResult(grains.HeadSizes.Contains(from)
        ? new ConsistencyAnswer { Path = ["cc"], From = Of(from), To = Of(to) }
        : new() { Refused = TransparencyRefusal.SizeUnknown, Message = "from: expected the size of a signed tree head" });

    public Task<ProofAnswer> Proof(long sequence, string? entity) => throw new NotSupportedException();

    public Task<TreeKeyView[]> Keys() => Task.FromResult<TreeKeyView[]>([new() { KeyId = "k1", Pem = "pem", ValidFrom = DateTimeOffset.UnixEpoch, ValidUntil = DateTimeOffset.UnixEpoch.AddDays(1) }, new() { KeyId = "k2" }]);

    static TreeHeadView Of(long size) => new() { Origin = "log", Size = size, RootHash = "r" + size, KeyId = "k2", Signature = "s", SignedText = "t" };
}

/// <summary>News when a test says so.</summary>
public sealed class FakeNews : ILedgerNews
{
    readonly Lock guard = new();
    readonly List<Wait> waits = [];

    /// <summary>How many listen.</summary>
    public int Listening
    {
        get
        {
            lock (guard) return waits.Count;
        }
    }

    public INewsWait Follow(QueryInterest interest)
    {
        var wait = new Wait(this);
        lock (guard) waits.Add(wait);
        return wait;
    }

    public void Ring()
    {
        lock (guard)
            foreach (var wait in waits)
                if (wait.News.CurrentCount == 0) wait.News.Release();
    }

    sealed class Wait(FakeNews news) : INewsWait
    {
        public SemaphoreSlim News { get; } = new(0);

        Task INewsWait.Wait(TimeSpan time, CancellationToken stop) => News.WaitAsync(stop);

        public void Dispose()
        {
            lock (news.guard) news.waits.Remove(this);
        }
    }
}
