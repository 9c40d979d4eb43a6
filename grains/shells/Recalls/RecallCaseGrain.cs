using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Grains.Access;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Recalls;

/// <summary>
/// Keeps the file of a case: reads its entries from the ledger, decides by <see cref="CaseRules"/>, appends the next. An entry's id is its number, so of two activations that would append at once one is
/// refused, reads on and decides anew. What takes effect elsewhere goes into the same commit.
/// </summary>
[Reentrant]
sealed partial class RecallCaseGrain(ILedger ledger, TimeProvider clock, ILogger<RecallCaseGrain> log) : Grain, IRecallCaseGrain
{
    const int EntriesAtOnce = 100, MaxPage = 1_000, ActIdMax = 100;

    static readonly TimeSpan watchTime = TimeSpan.FromSeconds(10), retryPause = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim acts = new(1), readings = new(1);
    readonly CancellationTokenSource gone = new();
    readonly HashSet<string> namesInClear = new(StringComparer.Ordinal);
    CaseFile? file;
    bool isAwaitingSpread;
    int pulsedFor;
    TaskCompletionSource changed = NewSignal();

    string Id => this.GetPrimaryKeyString();

    IRecallGrain Recall => GrainFactory.GetGrain<IRecallGrain>(Id);

    public override Task OnActivateAsync(CancellationToken stop) => ReadOn();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken stop) => gone.CancelAsync();

    async Task ReadOn()
    {
        await readings.WaitAsync();
        try
        {
            while (true)
            {
                var next = (file?.Entries.Count ?? 0) + 1;
                var keys = (await ledger.FindByEventIds([.. Enumerable.Range(next, EntriesAtOnce).Select(number => CaseEntryEvent.IdOf(Id, number))]))
                    .Where(key => !key.DeclaresError).ToDictionary(key => key.EventId);
                for (var number = next; keys.TryGetValue(CaseEntryEvent.IdOf(Id, number), out var key); number++) await Add(await ledger.ReadEvent(key.Sequence) ?? throw new InvalidDataException($"the ledger has lost event {key.Sequence}"));
                if (keys.Count < EntriesAtOnce) break;
            }
            if (file is null && await Recall.View() is { } recall) file = Begun(recall);
        }
        finally
        {
            readings.Release();
        }
        TakeEffect();
    }

    async Task Add(LedgerEvent recorded)
    {
        var (reference, by, actId, entry) = CaseEntryEvent.TryRead(recorded.Json) ?? throw new InvalidDataException($"event {recorded.Sequence} is no entry of a case");
        // A recall may have been issued on the spot, and its case taken up later.
        if (file is null && entry is not CaseEntry.Opened && await Recall.View() is { } recall) file = Begun(recall);
        await Learn(entry);
        if (by != CaseActor.System) namesInClear.UnionWith(CaseNames.In(entry).Append(by.Name).Where(name => !PersonCommitment.Is(name)));
        file = CaseFile.Add(file, new(reference.Number, recorded.Sequence, recorded.RecordTime, Convert.ToHexStringLower(recorded.EventHash), by, actId, entry));
        var signal = changed;
        changed = NewSignal();
        signal.TrySetResult();
    }

    static CaseFile Begun(RecallView recall) => CaseFile.OfRecall(recall.Reason, recall.Class, recall.Scope?.Query, recall.IssuedAt, recall.WithdrawnAt, recall.Scope?.District);

    public async Task<CaseAnswer> Act(CaseAct act)
    {
        if (!CaseJson.TryRead(act.Entry, out var entry, out var problem)) return Refuse(new(CaseRefusal.FieldInvalid, problem));
        if (act.ActId is { Length: 0 or > ActIdMax }) return Refuse(new(CaseRefusal.FieldInvalid, $"actId: expected 1 to {ActIdMax} characters; found {act.ActId.Length}"));
        var party = act.ByParty;
        if (party is not null)
            if (Identifier.TryIdentify(party, out var identified, out var error)) party = identified.Code;
            else return Refuse(new(CaseRefusal.FieldInvalid, $"by.party: {error}"));
        var by = new CaseActor(PersonName.Tidy(act.ByName), party, act.ByRole);
        entry = CaseNames.Replace(entry, (_, name) => PersonName.Tidy(name));
        if (CaseNames.Problem(by, entry) is { } wrongName) return Refuse(wrongName);
        return by == CaseActor.System ? Refuse(new(CaseRefusal.NotYours, $"by: expected who acts; {by.Name} itself is recorded so")) : await Act(by, act.ActId, entry);
    }

    /// <summary>
    /// What is recorded: commitments in place of the names. A name that stands in this case from before names were kept apart goes on so, or would pass for somebody else's.
    /// </summary>
    async Task<(CaseActor By, CaseEntry Entry)> Committed(CaseActor by, CaseEntry entry)
    {
        if (by == CaseActor.System) return (by, entry);
        var standing = await GrainFactory.Commit(CaseNames.In(entry).Append(by.Name).Where(name => !namesInClear.Contains(name)));
        return (by with { Name = standing.GetValueOrDefault(by.Name, by.Name) }, CaseNames.Replace(entry, (_, name) => standing.GetValueOrDefault(name, name)));
    }

    async Task<CaseAnswer> Act(CaseActor by, string? actId, CaseEntry entry)
    {
        await acts.WaitAsync();
        try
        {
            while (true)
            {
                await ReadOn();
                if (DoneBefore(actId, entry) is { } before)
                    return await IsSame(before.Entry, entry) ? await Done(before.Number) : Refuse(new(CaseRefusal.IdInUse, "actId: expected an id of its own; another act of this id was done in the case"));
                var (whole, incomplete) = await Complete(entry);
                if (CaseRules.Check(file, by, whole) is { } problem) return Refuse(problem);
                if (incomplete is not null) return Refuse(incomplete);
                if (await CheckGoods(whole) is { } wrongGoods) return Refuse(wrongGoods);
                var number = (file?.Entries.Count ?? 0) + 1;
                // Last, so that no name is kept for an act that was refused.
                var (standing, recorded) = await Committed(by, whole);
                var (isDone, refused) = await Do(recorded, [EventToRecord.Of(CaseEntryEvent.Build(Id, number, standing, actId, recorded, clock.GetUtcNow())), .. EventsOf(recorded, number)]);
                if (refused is not null) return Refuse(refused);
                if (!isDone) continue;
                await ReadOn();
                return await Done(number);
            }
        }
        finally
        {
            acts.Release();
        }
    }

    /// <summary>Of a draw whoever sends it knows the seed only.</summary>
    async Task<bool> IsSame(CaseEntry recorded, CaseEntry sent) => CaseNames.MayBe(Shown(recorded is CaseEntry.Drawn drawn ? drawn with { Tiers = [] } : recorded, await GrainFactory.NamesOf(CaseNames.In(recorded))), sent);

    static CaseEntry Shown(CaseEntry recorded, Func<string, string> names) => CaseNames.Replace(recorded, (_, name) => names(name));

    /// <summary>The entry that an act became when it was sent before. A case is opened once, whatever the act is called.</summary>
    RecordedEntry? DoneBefore(string? actId, CaseEntry entry) =>
        file?.Entries.Find(recorded => actId is not null && recorded.ActId == actId) ?? (entry is CaseEntry.Opened && file?.Entries is [{ Entry: CaseEntry.Opened } first, ..] && CaseJson.Print(first.Entry) == CaseJson.Print(entry) ? first : null);

    /// <summary>Records the entry together with what it does. Not done and not refused: another entry of that number is on record.</summary>
    async Task<(bool IsDone, CaseProblem? Refused)> Do(CaseEntry entry, EventToRecord[] recorded)
    {
        if (file is { Mode: CaseMode.Drill } && entry is CaseEntry.Issued) return await DryRunProblem() is { } problem ? (false, problem) : (await Append(recorded), null);
        if (file is null or { Mode: CaseMode.Drill }) return (await Append(recorded), null);
        switch (entry)
        {
            case CaseEntry.Issued:
                return Outcome(await Recall.Issue(new() { Query = file.Scope, Reason = file.Reason, Class = file.Class!.Value }, recorded));
            case CaseEntry.Widened e:
                return Outcome(await Recall.ChangeScope(new() { Query = e.Scope, Widens = true, Reason = e.Reason }, recorded));
            case CaseEntry.Narrowed e:
                return Outcome(await Recall.ChangeScope(new() { Query = e.Scope, Widens = false, Reason = e.Reason }, recorded));
            case CaseEntry.Withdrawn e when file.IsIssued:
                return Outcome(await Recall.Withdraw(e.Reason, recorded));
            case CaseEntry.Terminated { StaysBlocked: false }:
                return Outcome(await Recall.Withdraw("the case is terminated and its goods are released", recorded));
            default:
                return (await Append(recorded), null);
        }
    }

    async Task<bool> Append(EventToRecord[] recorded) => (await Again.Ask(() => GrainFactory.GetGrain<ISequencerGrain>(0).Append(recorded))).Problems.Length == 0;

    static (bool, CaseProblem?) Outcome(RecallAnswer answer) => answer.Refused switch
    {
        null => (true, null),
        RecallRefusal.Overtaken => (false, null),
        var refused => (false, new(refused switch
        {
            RecallRefusal.ScopeInvalid or RecallRefusal.ReasonInvalid => CaseRefusal.FieldInvalid,
            RecallRefusal.ScopeUnknown => CaseRefusal.ScopeUnknown,
            RecallRefusal.ScopeDirection => CaseRefusal.ScopeDirection,
            RecallRefusal.ScopeFixed => CaseRefusal.ScopeFixed,
            RecallRefusal.IdInUse => CaseRefusal.IdInUse,
            _ => CaseRefusal.StateForbids,
        }, answer.Message ?? "")),
    };

    /// <summary>A drill has to name something, as a recall has.</summary>
    async Task<CaseProblem?> DryRunProblem()
    {
        var preview = await DryRun();
        return preview.ProblemField is { } field ? new(CaseRefusal.ScopeUnknown, $"{field}: {preview.ProblemMessage}")
            : preview.InScope == 0 ? new(CaseRefusal.ScopeUnknown, "scope: expected a scope that names something on record; it names nothing") : null;
    }

    Task<PreviewAnswer> DryRun() => GrainFactory.GetGrain<IRecallPreviewGrain>(0).Preview(new() { Scope = file!.Scope! });

    /// <summary>What follows from where the case stands and goes on by itself: whoever reads the case, after a crash too, lets it go on.</summary>
    void TakeEffect()
    {
        if (!isAwaitingSpread && file is { State: CaseState.Issued })
        {
            isAwaitingSpread = true;
            _ = InBackground(AwaitSpread);
        }
        // Whoever got goods by what was just recorded is to be told at once, not at the next pulse.
        if (file?.Entries is not [.., var last] || last.Number <= pulsedFor || last.Entry is not (CaseEntry.Spread or CaseEntry.Widened or CaseEntry.PassedOn)) return;
        pulsedFor = last.Number;
        _ = InBackground(Pulse);
    }

    async Task AwaitSpread()
    {
        var issued = file!.Of<CaseEntry.Issued>().Last().Recorded.At;
        CaseEntry.Spread spread;
        if (file.Mode == CaseMode.Drill)
        {
            var preview = await DryRun();
            spread = new(preview.Reached, preview.Holders.Length, Math.Max(0, (clock.GetUtcNow() - issued).TotalMilliseconds));
        }
        else
        {
            var view = await Recall.View();
            while (view is { Status: RecallStatus.Spreading } && !gone.IsCancellationRequested) view = await Recall.Watch(view.Version);
            if (view is not { Status: RecallStatus.Effective }) return;
            spread = new(view.Reached, view.Holders.Length, view.WaveMilliseconds ?? 0);
        }
        // Somebody else may have recorded it, or the case may have been taken back: then this is refused, and that is as well.
        await Act(CaseActor.System, "spread", spread);
    }

    Task InBackground(Func<Task> work) => Metering.Apart(() => UntilDone(work));

    async Task UntilDone(Func<Task> work)
    {
        while (!gone.IsCancellationRequested)
            try
            {
                await work();
                return;
            }
            catch (Exception failure)
            {
                if (gone.IsCancellationRequested) return;
                LogBackgroundFailed(failure, Id);
                await Task.Delay(retryPause, clock);
            }
    }

    public async Task<CaseView?> View()
    {
        await ReadOn();
        return file is null ? null : await Show();
    }

    public async Task<CaseView?> Watch(int entries)
    {
        await ReadOn();
        if (file?.Entries.Count == entries) await Task.WhenAny(changed.Task, Task.Delay(watchTime, clock));
        return await View();
    }

    public async Task<CaseEntryView[]> Entries(int after, int first)
    {
        await ReadOn();
        List<RecordedEntry> shown = [.. (file?.Entries ?? []).Skip(Math.Max(0, after)).Take(Math.Clamp(first, 0, MaxPage))];
        var names = await GrainFactory.NamesOf(shown.SelectMany(recorded => CaseNames.In(recorded.Entry).Append(recorded.By.Name)));
        return [.. shown.Select(recorded => new CaseEntryView
        {
            Number = recorded.Number, Sequence = recorded.Sequence, At = recorded.At, EventHash = recorded.EventHash, EventId = CaseEntryEvent.IdOf(Id, recorded.Number),
            ByName = names(recorded.By.Name), ByParty = recorded.By.Party, ByRole = recorded.By.Role, Entry = CaseJson.Print(Shown(recorded.Entry, names)),
        })];
    }

    async Task<CaseAnswer> Done(int entry) => new() { Case = await Show(), Entry = entry };

    static CaseAnswer Refuse(CaseProblem problem) => new() { Refused = problem.Refusal, Message = problem.Message };

    async Task<CaseView> Show()
    {
        var at = file!;
        return new()
        {
            Id = Id, State = at.State, Mode = at.Mode, Title = at.Title, Reason = at.Reason, Source = at.Source, Regimes = [.. at.Regimes], Scope = at.Scope, Class = at.Class,
            Depth = at.Assessment?.Depth, Hazard = at.Assessment?.Hazard, Strategy = at.Assessment?.Strategy, Instructions = at.Assessment?.Instructions,
            OpenedAt = at.OpenedAt, AssessedAt = at.AssessedAt, IssuedAt = at.IssuedAt, SpreadAt = at.SpreadAt, WidenedAt = at.WidenedAt, CompletedAt = at.CompletedAt, TerminatedAt = at.TerminatedAt,
            WithdrawnAt = at.WithdrawnAt, Lessons = at.Termination?.Lessons, StaysBlocked = at.Termination?.StaysBlocked, Entries = at.Entries.Count, OpenedBy = at.OpenedBy, District = at.District,
            Recall = at.IssuedAt is not null && at.Mode == CaseMode.Live ? await Recall.View() : null,
        };
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "{Recall}: background work of the case failed; trying again")]
    partial void LogBackgroundFailed(Exception failure, string recall);
}
