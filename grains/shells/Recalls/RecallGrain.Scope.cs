using Microsoft.Extensions.Logging;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Recalls;

namespace TraceGrains.Grains.Recalls;

/// <summary>
/// A scope that is a question. Its versions are notices in the ledger, numbered from 1 (the issuing notice), so that of two that would be the next only one is recorded. What the question comes to is
/// worked out from the ledger, told to the shards and kept nowhere else.
/// </summary>
sealed partial class RecallGrain
{
    const int VersionsAtOnce = 20;

    readonly List<ScopeVersion> scopes = [];
    readonly Queue<(RecallNoticeKind Kind, int[] Things)> unrecorded = new();
    ScopeQuery? query;
    int[]? scope;
    ScopeWatch watch = new();
    long watchedThrough;
    bool isBeginning, isWatched, isRecordingChanges;
    string? scopeProblem;

    async Task TakeUpScopes(LedgerEvent issued, EpcisEvent e)
    {
        if (e.Recall!.Query is null) return;
        if (scopes.Count == 0) Learn(issued, e.Recall);
        while (true)
        {
            var next = scopes.Count + 1;
            var keys = (await ledger.FindByEventIds([.. Enumerable.Range(next, VersionsAtOnce).Select(ScopeId)])).Where(key => !key.DeclaresError).ToDictionary(key => key.EventId);
            if (scopes.Count + 1 != next) continue;
            for (; keys.TryGetValue(ScopeId(scopes.Count + 1), out var key);)
            {
                var count = scopes.Count;
                var recorded = (await ledger.ReadEvent(key.Sequence))!;
                // Another turn may have read on meanwhile.
                if (scopes.Count == count) Learn(recorded, EpcisJson.ReadStored(recorded.Json).Event.Recall!);
            }
            if (keys.Count < VersionsAtOnce) return;
        }
    }

    string ScopeId(int version) => $"{Id}:scope:{version}";

    void Learn(LedgerEvent recorded, RecallNotice notice)
    {
        scopes.Add(new() { Version = scopes.Count + 1, Kind = notice.Kind, EventId = recorded.EventId, At = recorded.RecordTime, Things = notice.Things ?? 0, Query = notice.Query, Reason = notice.Reason });
        if (notice.Query is { } text && ScopeJson.TryRead(text, out var read, out _)) query = read;
    }

    /// <summary>The first working-out after issuing: only when the sequencer watches, and what came before it did has been looked for, is the recall in force.</summary>
    async Task Begin()
    {
        isBeginning = true;
        await Rework();
        if (query is null || current is not { WithdrawnAt: null }) return;
        await LetWatch();
        await Rescope();
        BecomeEffective();
        Bump();
        await Store();
    }

    async Task LetWatch()
    {
        await GrainFactory.GetGrain<ISequencerGrain>(0).Watch(Watched()!);
        isWatched = true;
    }

    RecallWatch? Watched() => query is null ? null : new(Id, current!.WithdrawnAt is null ? watchedThrough : long.MaxValue, current.WithdrawnAt is null ? watch : new());

    /// <summary>Works the question out and tells the shards; a working-out of the reach follows.</summary>
    async Task BringScopeUp()
    {
        if (query is null) return;
        var before = scope;
        if (!await Resolve()) return;
        await LiveScope.Tell(shards, number, scope!);
        if (before is not null) Note(ScopeChange.Between(before, scope!));
    }

    /// <summary>False when the question could not be answered: then the scope stays as it was.</summary>
    async Task<bool> Resolve()
    {
        var head = (await ledger.ReadHead()).Sequence;
        var outcome = await LiveScope.Resolve(new ScopeLedger(ledger), shards, query!);
        scopeProblem = outcome.Problem?.ToString();
        if (outcome.Problem is not null)
        {
            LogScopeStays(Id, scopeProblem!);
            return false;
        }
        (scope, watch, watchedThrough) = (outcome.Things!, outcome.Watch!, head);
        return true;
    }

    public async Task<RecallWatch?> Rescope()
    {
        if (current is null || scope is null) return await Rework();
        await workings.WaitAsync();
        try
        {
            if (current.WithdrawnAt is not null || query is null) return Watched();
            var before = scope;
            if (!await Resolve()) return Watched();
            var change = ScopeChange.Between(before, scope);
            if (change.IsNone) return Watched();
            if (change.Left.Length == 0) await LiveScope.Enter(shards, number, change.Entered);
            else
            {
                await LiveScope.Tell(shards, number, scope);
                if (!await ReachWalk.Rebuild(shards, number, Progress)) throw new InvalidOperationException($"{Id} is being worked out elsewhere");
            }
            Note(change);
            await Count();
        }
        finally
        {
            workings.Release();
        }
        await PutOnRecord();
        return Watched();
    }

    public async Task<RecallAnswer> ChangeScope(ScopeOrder order, EventToRecord[]? with)
    {
        await orders.WaitAsync();
        try
        {
            await TakeUp();
            if (current is null) return Refuse(RecallRefusal.RecallUnknown, $"id: expected a recall on record; there is no {Id}");
            if (string.IsNullOrWhiteSpace(order.Reason) || order.Reason.Length > 2_000)
                return Refuse(RecallRefusal.ReasonInvalid, $"reason: expected 1 to 2000 characters; found {order.Reason?.Length ?? 0}");
            if (current.WithdrawnAt is not null) return Refuse(RecallRefusal.AlreadyWithdrawn, $"id: {Id} was withdrawn already");
            if (query is null) return Refuse(RecallRefusal.ScopeFixed, $"id: expected a recall whose scope is a question; that of {Id} stays as it was issued");
            if (!ScopeJson.TryRead(order.Query, out var wanted, out var problem)) return Refuse(RecallRefusal.ScopeInvalid, problem.ToString());
            var canonical = ScopeJson.Print(wanted);
            // The answer to the same order may have got lost.
            if (scopes[^1] is { Version: > 1 } last && last.Query == canonical && last.Reason == order.Reason && last.Kind == KindOf(order.Widens))
                return await Record(with) ?? new() { Recall = await Show() };
            var outcome = await LiveScope.Resolve(new ScopeLedger(ledger), shards, wanted);
            if (outcome.Problem is not null) return Refuse(RecallRefusal.ScopeUnknown, outcome.Problem.ToString());
            var now = await LiveScope.Resolve(new ScopeLedger(ledger), shards, query);
            if (now.Problem is not null) return Refuse(RecallRefusal.ScopeUnknown, now.Problem.ToString());
            var change = ScopeChange.Between(now.Things!, outcome.Things!);
            if (order.Widens ? change.Left.Length > 0 || change.Entered.Length == 0 : change.Entered.Length > 0 || change.Left.Length == 0)
                return Refuse(RecallRefusal.ScopeDirection,
                    $"scope: expected one that {(order.Widens ? "adds things and takes none out" : "takes things out and adds none")}; {change.Entered.Length} would enter and {change.Left.Length} leave");
            if (await Append(await NoticeOf(order.Widens ? change.Entered : change.Left, KindOf(order.Widens), canonical, order.Reason), with) is { } overtaken) return overtaken;
            await TakeUp();
            // Noted already, by the order itself.
            scope = null;
            isWatched = false;
            await Rework();
            await LetWatch();
            await Rescope();
            return new() { Recall = await Show() };
        }
        finally
        {
            orders.Release();
        }
    }

    static RecallNoticeKind KindOf(bool widens) => widens ? RecallNoticeKind.Widened : RecallNoticeKind.Narrowed;

    static RecallAnswer Refuse(RecallRefusal refusal, string message) => new() { Refused = refusal, Message = message };

    async Task<CanonicalEvent> NoticeOf(int[] things, RecallNoticeKind kind, string? newQuery, string reason)
    {
        var (epcs, amounts) = await RecallScope.Named(ledger, shards, things);
        return RecallNoticeEvent.Build(new(Id, kind, null, reason, null, null, newQuery, things.Length), clock.GetUtcNow(), ScopeId(scopes.Count + 1), epcs, amounts);
    }

    /// <summary>That events changed what the question says is put on record in the background: whoever told may be the sequencer, which cannot record meanwhile.</summary>
    void Note(ScopeChange change)
    {
        if (change.Entered.Length > 0) unrecorded.Enqueue((RecallNoticeKind.Widened, change.Entered));
        if (change.Left.Length > 0) unrecorded.Enqueue((RecallNoticeKind.Narrowed, change.Left));
        if (isRecordingChanges || unrecorded.Count == 0) return;
        isRecordingChanges = true;
        _ = InBackground(RecordChanges);
    }

    async Task RecordChanges()
    {
        while (unrecorded.TryPeek(out var change))
        {
            await RecordChange(change.Kind, change.Things);
            unrecorded.Dequeue();
        }
        isRecordingChanges = false;
    }

    async Task RecordChange(RecallNoticeKind kind, int[] things)
    {
        var reason = kind == RecallNoticeKind.Widened ? "an event recorded since brings them into the scope" : "an event recorded since, or one declared wrong, takes them out of the scope";
        await orders.WaitAsync();
        try
        {
            do await TakeUp();
            while (await Append(await NoticeOf(things, kind, null, reason), null) is not null);
            await TakeUp();
            Bump();
        }
        finally
        {
            orders.Release();
        }
    }

    [LoggerMessage(LogLevel.Error, "{Recall}: its scope stays as it was: {Problem}")]
    partial void LogScopeStays(string recall, string problem);
}
