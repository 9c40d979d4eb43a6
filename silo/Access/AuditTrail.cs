using System.Threading.Channels;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Grains;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Access;

/// <summary>
/// Notes who read or did what, for the audit log. What was done is on record before its answer goes out; what was read follows within moments, and a reader waits where too much of it waits. What
/// anybody may read without saying who they are is not noted, refusals are. Where access control is off, nobody is known and nothing is noted.
/// </summary>
sealed partial class AuditTrail(IGrainFactory grains, TimeProvider clock, ILogger<AuditTrail> log) : BackgroundService, IOperationWitness
{
    public const string Ok = "ok", Unauthenticated = "401", Forbidden = "403";

    /// <summary>Notes that wait at most.</summary>
    const int WaitingMax = 10_000;

    const int TogetherMax = 1_000;

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(200), retryPause = TimeSpan.FromSeconds(1), farewell = TimeSpan.FromSeconds(15);

    readonly Channel<AuditNote> waiting = Channel.CreateBounded<AuditNote>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    /// <summary>Taken from those that wait, and not known to be on record.</summary>
    readonly List<AuditNote> taken = [];

    public Task Executed(Caller caller, OperationNote operation, string outcome) => Note(caller, operation.Kind, operation.Fields, outcome, isAct: operation.Kind == "mutation", operation.Name);

    public Task CredentialsRefused() => Note(Caller.Anonymous, "connection_init", [""], Unauthenticated, isAct: false, "expected credentials that are good, as in the header Authorization");

    /// <summary>Notes one request.</summary>
    /// <param name="caller">Who sent it.</param>
    /// <param name="action">What kind of request.</param>
    /// <param name="targets">What it was about; an entry for each.</param>
    /// <param name="outcome">"ok", or what went wrong.</param>
    /// <param name="isAct">Whether it did something, or was to.</param>
    /// <param name="detail">What else is known.</param>
    public async Task Note(Caller caller, string action, IReadOnlyList<string> targets, string outcome, bool isAct, string detail = "")
    {
        if (caller.Role == Role.Trusted || (IsAnybody(caller) && !isAct && !IsRefusal(outcome))) return;
        var notes = targets.Select(target => new AuditNote { Time = clock.GetUtcNow(), Caller = caller, Action = action, Target = target, Outcome = outcome, Detail = detail }).ToArray();
        if (isAct)
            try
            {
                await Again.Ask(() => Record(notes));
                return;
            }
            catch (Exception failure)
            {
                // It was done, but its answer shall not go out as if that were on record. It will be as soon as the log can be written.
                LogLate(failure, notes.Length);
                foreach (var note in notes) await waiting.Writer.WriteAsync(note);
                throw;
            }
        foreach (var note in notes) await waiting.Writer.WriteAsync(note);
    }

    /// <summary>Nobody in particular; who comes by a link is a party.</summary>
    static bool IsAnybody(Caller caller) => caller is { Role: Role.Consumer, Party: null };

    static bool IsRefusal(string outcome) => outcome is Unauthenticated or Forbidden or "UNAUTHENTICATED" or "FORBIDDEN";

    async Task<bool> Record(AuditNote[] notes)
    {
        await grains.GetGrain<IAuditGrain>(0).Record(notes);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            while (taken.Count > 0 || await waiting.Reader.WaitToReadAsync(stop))
            {
                await Task.Delay(pause, clock, stop);
                await Write(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>What waits when the silo is asked to stop is written before it goes: requests have ended by then, and grains answer still.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(farewell);
        try
        {
            await Write(patience.Token);
        }
        catch (Exception failure)
        {
            LogLost(failure, taken.Count + waiting.Reader.Count);
        }
    }

    async Task Write(CancellationToken stop)
    {
        while (true)
        {
            while (taken.Count < TogetherMax && waiting.Reader.TryRead(out var note)) taken.Add(note);
            if (taken.Count == 0) return;
            try
            {
                await Record([.. taken]);
                taken.Clear();
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                LogLate(failure, taken.Count);
                await Task.Delay(retryPause, clock, stop);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} notes for the audit log could not be written yet; trying again")]
    partial void LogLate(Exception failure, int count);

    [LoggerMessage(LogLevel.Critical, "{Count} notes for the audit log could not be written before the end and are lost")]
    partial void LogLost(Exception failure, int count);
}
