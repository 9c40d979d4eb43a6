using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Holds;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Telemetry;

namespace TraceGrains.Grains.Holds;

/// <summary>
/// Collects refusals for a moment and records them together, so that a gate never waits for the disk. Those that wait are bounded: beyond, refusals are given but not recorded, and the next one
/// recorded says how many. A crash loses those that wait.
/// </summary>
[StatelessWorker(1)]
[Reentrant]
sealed partial class RefusalRecorderGrain(TimeProvider clock, ILogger<RefusalRecorderGrain> log) : Grain, IRefusalRecorderGrain
{
    /// <summary>Refusals that wait at most.</summary>
    public const int WaitingMax = 10_000;

    const int TogetherMax = 500, RememberedMax = 50_000;

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50), retryPause = TimeSpan.FromSeconds(1);

    readonly Queue<RefusedMove> waiting = new();
    readonly Dictionary<string, DateTimeOffset> recent = new(StringComparer.Ordinal);
    long unrecorded;
    bool isWriting;

    public Task Record(RefusedMove[] refused)
    {
        foreach (var one in refused)
        {
            if (IsRepeat(one)) Count("repeated", 1);
            else if (waiting.Count >= WaitingMax)
            {
                unrecorded++;
                // Asked again it shall have its chance.
                recent.Remove(one.Key);
                Count("dropped", 1);
            }
            else waiting.Enqueue(one);
        }
        if (!isWriting && waiting.Count > 0)
        {
            isWriting = true;
            _ = Metering.Apart(Write);
        }
        return Task.CompletedTask;
    }

    bool IsRepeat(RefusedMove refused)
    {
        var key = refused.Key;
        if (recent.TryGetValue(key, out var last) && refused.Time - last < RefusedMove.RepeatTime) return true;
        if (recent.Count >= RememberedMax)
        {
            foreach (var (old, time) in recent.ToList()) if (refused.Time - time >= RefusedMove.RepeatTime) recent.Remove(old);
            if (recent.Count >= RememberedMax) recent.Clear();
        }
        recent[key] = refused.Time;
        return false;
    }

    async Task Write()
    {
        await Task.Delay(pause, clock);
        while (waiting.Count > 0)
        {
            var some = new List<RefusedMove>();
            while (some.Count < TogetherMax && waiting.TryDequeue(out var one)) some.Add(one);
            var missed = unrecorded;
            unrecorded = 0;
            try
            {
                var events = await Task.Run(() => some.Select((one, i) => EventToRecord.Of(RefusalEvent.Build(one, i == 0 ? missed : 0))).ToArray());
                var answer = await Again.Ask(() => GrainFactory.GetGrain<ISequencerGrain>(0).AppendEach(events));
                // A conflict is the same refusal, recorded by another silo a moment before.
                if (answer.Problems.FirstOrDefault(problem => !problem.IsConflict) is { } problem) LogRefused(problem.Field, problem.Expected);
                Count("recorded", answer.Receipts.Count(receipt => !receipt.IsRepeat));
            }
            catch (Exception failure)
            {
                LogLate(failure, some.Count);
                unrecorded += missed;
                // What did not fit in meanwhile is counted as the rest.
                foreach (var one in some)
                    if (waiting.Count < WaitingMax) waiting.Enqueue(one);
                    else unrecorded++;
                await Task.Delay(retryPause, clock);
            }
        }
        isWriting = false;
    }

    static void Count(string outcome, int count)
    {
        if (count > 0) Instruments.MoveRefusals.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }

    [LoggerMessage(LogLevel.Warning, "{Count} refusals could not be recorded yet; trying again")]
    partial void LogLate(Exception failure, int count);

    [LoggerMessage(LogLevel.Error, "the ledger refused the record of a refusal: {Field}: expected {Expected}")]
    partial void LogRefused(string? field, string expected);
}
