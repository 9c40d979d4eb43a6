using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Costs;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Audit;

namespace TraceGrains.Grains.Access;

/// <summary>
/// Group commit, as the sequencer's: whatever arrives while a commit is under way is the next commit; durable first, memory second. Where somebody else was ahead (a second activation for a moment), it takes up the log as
/// it is now and appends behind that: a note says nothing of the ones before it, so none is lost. A log that has become another one meanwhile shows in the log itself.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class AuditGrain(IAuditLog log, TimeProvider clock, ILogger<AuditGrain> logger) : Grain, IAuditGrain
{
    const int TogetherMax = 2_000, FencesMax = 20;

    /// <summary>Subject of the entries that the log writes about itself.</summary>
    const string Itself = "audit log";

    readonly List<(AuditNote[] Notes, TaskCompletionSource Done)> waiting = [];
    (long Number, byte[] Hash)? last;
    AuditNote? loss;
    bool isUnsure, isWriting;

    public Task Record(AuditNote[] notes)
    {
        if (notes.Length == 0) return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((notes, done));
        if (!isWriting)
        {
            isWriting = true;
            _ = Metering.Apart(Write);
        }
        return done.Task;
    }

    async Task Write()
    {
        while (waiting.Count > 0)
        {
            var (taken, count) = (1, waiting[0].Notes.Length);
            while (taken < waiting.Count && (count += waiting[taken].Notes.Length) <= TogetherMax) taken++;
            var some = waiting[..taken];
            waiting.RemoveRange(0, taken);
            try
            {
                await Append([.. some.SelectMany(one => one.Notes)]);
                foreach (var (_, done) in some) done.SetResult();
            }
            catch (Exception failure)
            {
                isUnsure = true;
                foreach (var (_, done) in some) done.SetException(failure);
                // Two that cannot get past one another: one of them goes.
                if (failure is LedgerFencedException) DeactivateOnIdle();
            }
        }
        isWriting = false;
    }

    async Task Append(AuditNote[] notes)
    {
        for (var fences = 0; ; fences++)
        {
            if (last is null || isUnsure) await TakeUp();
            var (number, hash) = last!.Value;
            var records = new List<AuditRecord>(notes.Length + 1);
            foreach (var note in loss is null ? notes : [loss, .. notes])
            {
                var entry = EntryOf(++number, note);
                records.Add(new(entry, hash = entry.Hash(hash)));
            }
            try
            {
                await Task.Run(() => log.Append(records));
                (last, loss) = ((number, hash), null);
                return;
            }
            catch (LedgerFencedException) when (fences < FencesMax)
            {
                isUnsure = true;
            }
        }
    }

    /// <summary>Reads where the log ends. Where that is not behind what this activation has written, somebody has cut the log short or written it anew, and the next entry says so.</summary>
    async Task TakeUp()
    {
        var (stored, at) = await Task.Run(async () => (await log.ReadLast(), last is { Number: > 0 } ? (await log.Read(last.Value.Number - 1, 1, AuditFilter.Any)).FirstOrDefault() : null));
        var lost = last is { Number: > 0 } known && !(at?.Entry.Number == known.Number && at.Hash.AsSpan().SequenceEqual(known.Hash)) ? last : null;
        (last, isUnsure) = (stored is null ? (0, AuditEntry.Start) : (stored.Entry.Number, stored.Hash), false);
        if (lost is null) return;
        LogLoss(lost.Value.Number, last.Value.Number);
        loss = new()
        {
            Time = clock.GetUtcNow(), Caller = new() { Role = Role.Trusted, Subject = Itself }, Action = "loss", Outcome = "LOST",
            Target = string.Create(CultureInfo.InvariantCulture, $"entry {lost.Value.Number} with hash {Convert.ToHexStringLower(lost.Value.Hash)} was written and is not there; the log ended with {last.Value.Number}"),
        };
    }

    static AuditEntry EntryOf(long number, AuditNote note)
    {
        var caller = note.Caller;
        return new(
            number, DateTimeOffset.FromUnixTimeMilliseconds(note.Time.ToUnixTimeMilliseconds()), AuditText.Line(caller.Subject, AuditEntry.SubjectMax), caller.Role,
            (caller.Party ?? caller.District) is { } party ? AuditText.Line(party, AuditEntry.PartyMax) : null, AuditText.Line(note.Action, AuditEntry.ActionMax), AuditText.Line(note.Target, AuditEntry.TargetMax),
            AuditText.Line(note.Outcome, AuditEntry.OutcomeMax), AuditText.Line(note.Detail, AuditEntry.DetailMax));
    }

    public async Task<AuditView[]> Read(long after, int first, AuditQuestion question) =>
        [.. (await Task.Run(async () => await log.Read(after, first, new(question.Subject, question.Party, question.Action, question.From, question.Until)))).Select(record => new AuditView
        {
            Number = record.Entry.Number, Time = record.Entry.Time, Subject = record.Entry.Subject, Role = record.Entry.Role, Party = record.Entry.Party, Action = record.Entry.Action, Target = record.Entry.Target,
            Outcome = record.Entry.Outcome, Detail = record.Entry.Detail, Hash = Convert.ToHexStringLower(record.Hash),
        })];

    public async Task<AuditVerdict> Verify(CancellationToken stop)
    {
        // Known before it is read: what is written meanwhile comes behind.
        var known = isUnsure ? null : last;
        var found = await Task.Run(() => AuditVerification.Run(log, known, stop), stop);
        return new() { Checked = found.Last, BrokenAt = found.BrokenAt, Head = Convert.ToHexStringLower(found.Head) };
    }

    [LoggerMessage(LogLevel.Critical, "the audit log was cut short or written anew: entry {Written} was written and is not there as it was; the log ended with {Found}")]
    partial void LogLoss(long written, long found);
}
