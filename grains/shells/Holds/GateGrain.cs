using Orleans.Concurrency;
using TraceGrains.Contracts.Holds;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Lineage;
using TraceGrains.Grains.Telemetry;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Grains.Holds;

/// <summary>
/// Asks the shards and decides. Of the ledger it needs the head and the numbers of codes: whoever asks while a head is being read shares the next reading, and a number, which never changes, is kept.
/// </summary>
[StatelessWorker]
[Reentrant]
sealed class GateGrain(ILedger ledger, TimeProvider clock) : Grain, IGateGrain
{
    const int NumbersKept = 200_000;

    readonly TwoGenerationCache<string, int> numbers = new(NumbersKept);
    GrainShards shards = null!;
    Task<long>? reading, queued;

    public override Task OnActivateAsync(CancellationToken stop)
    {
        shards = new(GrainFactory, ledger.Constants.ShardCount);
        return Task.CompletedTask;
    }

    public async Task<MoveAnswer[]> MayMove(MoveQuestion question)
    {
        var at = question.At ?? clock.GetUtcNow();
        var time = at.ToUnixTimeMilliseconds();
        var head = await Head();
        var found = await Numbers(question.Codes);
        var facts = await MoveWalk.Of(shards, [.. found.Select(number => new MoveAsk { Node = number, Time = time, TieBreak = ulong.MaxValue })], head);
        var step = MoveRules.ClassOf(MoveSteps.ClassOf(question.Step), Dispositions.IndexOf(question.Disposition));
        var reasons = facts.Select(one => MoveRules.Decide(step, time, one)).ToArray();
        var teller = new ReasonTeller(ledger);
        await teller.Load(reasons.SelectMany(some => some), []);
        var answers = new MoveAnswer[question.Codes.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            var code = question.Codes[i];
            answers[i] = new()
            {
                Code = code, At = at, Allowed = !reasons[i].Any(reason => reason.Refuses), Reasons = [.. reasons[i].Where(reason => reason.Refuses).Select(reason => teller.Tell(reason, code))],
                Cautions = [.. reasons[i].Where(reason => !reason.Refuses).Select(reason => teller.Tell(reason, code))],
            };
        }
        Record(question, answers, facts);
        return answers;
    }

    void Record(MoveQuestion question, MoveAnswer[] answers, MoveFacts?[] facts)
    {
        var refused = new List<RefusedMove>();
        for (var i = 0; i < answers.Length; i++)
            if (!answers[i].Allowed)
                refused.Add(new()
                {
                    Code = answers[i].Code, IsAmount = facts[i]?.Itself.IsAmount == true, Step = question.Step, Disposition = question.Disposition, Location = question.Location, Time = clock.GetUtcNow(),
                    Reasons = answers[i].Reasons,
                });
        Instruments.MoveQuestions.Add(answers.Length - refused.Count, new KeyValuePair<string, object?>("answer", "allowed"));
        if (refused.Count == 0) return;
        Instruments.MoveQuestions.Add(refused.Count, new KeyValuePair<string, object?>("answer", "refused"));
        GrainFactory.GetGrain<IRefusalRecorderGrain>(0).Record([.. refused]).Ignore();
    }

    /// <summary>The head as it is now: a reading that had begun before would miss what was recorded since.</summary>
    Task<long> Head()
    {
        if (reading is null or { IsCompleted: true }) return reading = Read();
        return queued ??= ReadAfter(reading);
    }

    async Task<long> Read() => (await ledger.ReadHead()).Sequence;

    async Task<long> ReadAfter(Task before)
    {
        await before.ContinueWith(_ => { }, TaskScheduler.Current);
        queued = null;
        return await (reading = Read());
    }

    async ValueTask<int[]> Numbers(string[] codes)
    {
        var found = new int[codes.Length];
        List<int>? missing = null;
        for (var i = 0; i < found.Length; i++)
            if (!numbers.TryGet(codes[i], out found[i])) (missing ??= []).Add(i);
        if (missing is null) return found;
        var read = await ledger.FindEntities([.. missing.Select(i => codes[i])]);
        for (var i = 0; i < read.Length; i++)
        {
            found[missing[i]] = read[i];
            // A code that is unknown today may be known tomorrow.
            if (read[i] != 0) numbers.Set(codes[missing[i]], read[i]);
        }
        return found;
    }
}
