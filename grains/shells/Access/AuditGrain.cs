using Orleans.Concurrency;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Audit;

namespace TraceGrains.Grains.Access;

/// <summary>Group commit, as the sequencer's: whatever arrives while a commit is under way is the next commit; durable first, memory second.</summary>
[Reentrant]
[KeepAlive]
sealed class AuditGrain(IAuditLog log) : Grain, IAuditGrain
{
    const int TogetherMax = 2_000, PageSize = 5_000;

    readonly List<(AuditNote[] Notes, TaskCompletionSource Done)> waiting = [];
    (long Number, byte[] Hash)? last;
    bool isWriting;

    public Task Record(AuditNote[] notes)
    {
        if (notes.Length == 0) return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((notes, done));
        if (!isWriting)
        {
            isWriting = true;
            _ = Write();
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
                last = null;
                foreach (var (_, done) in some) done.SetException(failure);
                if (failure is LedgerFencedException) DeactivateOnIdle();
            }
        }
        isWriting = false;
    }

    async Task Append(AuditNote[] notes)
    {
        if (last is null)
        {
            var stored = await Task.Run(async () => await log.ReadLast());
            last = stored is null ? (0, AuditEntry.Start) : (stored.Entry.Number, stored.Hash);
        }
        var (number, hash) = last.Value;
        var records = new List<AuditRecord>(notes.Length);
        foreach (var note in notes)
        {
            var caller = note.Caller;
            var entry = new AuditEntry(
                ++number, DateTimeOffset.FromUnixTimeMilliseconds(note.Time.ToUnixTimeMilliseconds()), AuditEntry.Text(caller.Subject, AuditEntry.SubjectMax), caller.Role,
                (caller.Party ?? caller.District) is { } party ? AuditEntry.Text(party, AuditEntry.PartyMax) : null, AuditEntry.Text(note.Action, AuditEntry.ActionMax), AuditEntry.Text(note.Target, AuditEntry.TargetMax),
                AuditEntry.Text(note.Outcome, AuditEntry.OutcomeMax));
            records.Add(new(entry, hash = entry.Hash(hash)));
        }
        await Task.Run(() => log.Append(records));
        last = (number, hash);
    }

    public async Task<AuditView[]> Read(long after, int first, AuditQuestion question) =>
        [.. (await Task.Run(async () => await log.Read(after, first, new(question.Subject, question.Party, question.Action, question.From, question.Until)))).Select(record => new AuditView
        {
            Number = record.Entry.Number, Time = record.Entry.Time, Subject = record.Entry.Subject, Role = record.Entry.Role, Party = record.Entry.Party, Action = record.Entry.Action, Target = record.Entry.Target,
            Outcome = record.Entry.Outcome, Hash = Convert.ToHexStringLower(record.Hash),
        })];

    public Task<AuditVerdict> Verify() => Task.Run(async () =>
    {
        var (number, hash) = (0L, AuditEntry.Start);
        while (true)
        {
            var page = await log.Read(number, PageSize, AuditFilter.Any);
            if (AuditChain.FirstBroken(number, hash, page) is { } broken)
                return new AuditVerdict { Checked = broken, BrokenAt = broken, Head = Convert.ToHexStringLower(broken > number + 1 ? page[(int)(broken - number) - 2].Hash : hash) };
            if (page.Count > 0) (number, hash) = (page[^1].Entry.Number, page[^1].Hash);
            if (page.Count < PageSize) return new AuditVerdict { Checked = number, Head = Convert.ToHexStringLower(hash) };
        }
    });
}
