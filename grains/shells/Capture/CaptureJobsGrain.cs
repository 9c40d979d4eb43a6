using Orleans.Concurrency;
using Orleans.Serialization;
using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Access;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Capture;

namespace TraceGrains.Grains.Capture;

/// <summary>Reads jobs as they are kept, and their events' ids from the ledger.</summary>
[StatelessWorker]
[Reentrant]
sealed class CaptureJobsGrain(ICaptureJobs jobs, ILedger ledger, Serializer<CaptureJobState> serializer) : Grain, ICaptureJobsGrain
{
    const int EventsPerRead = 200;

    /// <summary>Errors of one job in a list of jobs; the job itself shows all.</summary>
    const int ErrorsInList = 10;

    /// <summary>Jobs looked at for a page of those of one enterprise: so many times so many.</summary>
    const int PagesMax = 10, JobsPerRead = 200;

    public async Task<CaptureJobView?> Find(string id)
    {
        if (await jobs.Find(id) is not { } job) return null;
        var view = View(job, out var state);
        view.Receipts = await Receipts(state);
        return view;
    }

    public async Task<CaptureJobPage> Newest(long? after, int first)
    {
        // One more than asked tells whether there is a next page.
        var found = await jobs.Newest(after, first + 1);
        return new()
        {
            Jobs = [.. found.Take(first).Select(Short)],
            Next = found.Count > first ? found[first - 1].Number : null,
        };
    }

    public async Task<CaptureJobPage> NewestFor(long? after, int first, Caller caller)
    {
        if (caller.Restricted(Right.ReadCustody) is null) return await Newest(after, first);
        var own = new List<CaptureJobView>();
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var found = await jobs.Newest(after, JobsPerRead);
            foreach (var job in found)
            {
                if (own.Count == first) return new() { Jobs = [.. own], Next = after };
                after = job.Number;
                if (Short(job) is var view && caller.Shares(view.By)) own.Add(view);
            }
            if (found.Count < JobsPerRead) return new() { Jobs = [.. own] };
        }
        return new() { Jobs = [.. own], Next = after };
    }

    CaptureJobView Short(CaptureJob job)
    {
        var view = View(job, out _);
        if (view.Errors.Length > ErrorsInList) view.Errors = view.Errors[..ErrorsInList];
        return view;
    }

    CaptureJobView View(CaptureJob job, out CaptureJobState state)
    {
        state = serializer.Deserialize(job.State)!;
        return new() { Id = job.Id, CreatedAt = job.CreatedAt, FinishedAt = job.FinishedAt, Behaviour = state.Behaviour, Errors = state.Errors, Failure = state.Failure, By = state.By };
    }

    async Task<Receipt[]> Receipts(CaptureJobState state)
    {
        var ids = new Dictionary<long, string>();
        foreach (var (first, count) in Runs([.. state.Places.Select(Math.Abs).Distinct().Order()]))
            foreach (var e in await ledger.ReadEvents(first - 1, count))
                ids.Add(e.Sequence, e.EventId);
        return [.. state.Places.Select((place, i) => new Receipt
        {
            EventIndex = state.Positions?[i] ?? i, Sequence = Math.Abs(place), EventId = ids[Math.Abs(place)], IsRepeat = place < 0,
        })];
    }

    /// <summary>Events recorded together lie together and are read together.</summary>
    static IEnumerable<(long First, int Count)> Runs(long[] sequences)
    {
        for (int start = 0, end; start < sequences.Length; start = end)
        {
            for (end = start + 1; end < sequences.Length && end - start < EventsPerRead && sequences[end] == sequences[end - 1] + 1;) end++;
            yield return (sequences[start], end - start);
        }
    }
}
