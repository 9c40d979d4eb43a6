using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Holds;

/// <summary>
/// Finds the violations in a stretch of the ledger. Each shard looks at its own movements first; only what has something against it, or holds other things, is looked at across shards. A lot or container
/// is asked about once, however many things were moved out of it.
/// </summary>
sealed class MovementReview(ILedger ledger, GrainShards shards)
{
    /// <summary>The violations of the events after one sequence and up to another, which every shard has been told is settled.</summary>
    public async Task<IReadOnlyList<EventToRecord>> Violations(long after, long through)
    {
        var suspects = await Suspects(after, through);
        if (suspects.Count == 0) return [];
        var facts = await MoveWalk.Of(shards, [.. suspects.Select(movement => movement.Ask())], through);
        var found = suspects.Zip(facts, (movement, known) => (Movement: movement, Facts: known, Reasons: Reasons(movement, known))).Where(one => one.Reasons.Length > 0).ToList();
        if (found.Count == 0) return [];
        var teller = new ReasonTeller(ledger);
        await teller.Load(found.SelectMany(one => one.Reasons), found.Select(one => one.Movement.Node));
        var violations = new List<EventToRecord>();
        foreach (var group in found.GroupBy(one => one.Movement.Sequence).OrderBy(group => group.Key))
        {
            if (await ledger.ReadEvent(group.Key) is not { } recorded) continue;
            var amounts = group.Where(one => one.Facts!.Itself.IsAmount).Select(one => teller[one.Movement.Node]).ToHashSet(StringComparer.Ordinal);
            var findings = group.OrderBy(one => one.Movement.Node)
                .Select(one => (Code: teller[one.Movement.Node], Reasons: one.Reasons.Select(reason => teller.Tell(reason, teller[one.Movement.Node])).ToArray()))
                .GroupBy(one => string.Join('\n', one.Reasons.Select(reason => Common(reason, one.Code).ToString())), StringComparer.Ordinal)
                .Select(same => new ViolationFinding([.. same.Select(one => one.Code)], [.. same.First().Reasons.Select(reason => Common(reason, same.First().Code))]));
            var violation = new Violation(
                recorded.EventId, group.Key, DateTimeOffset.FromUnixTimeMilliseconds(group.First().Movement.Time), MoveSteps.WordOf(group.First().Movement.Step),
                await Holder(group.First().Movement.Node, group.Key), [.. findings]);
            violations.Add(EventToRecord.Of(ViolationEvent.Build(violation, amounts.Contains)));
        }
        return violations;
    }

    /// <summary>Units of a lot that are recalled alike share one finding: a reason of the thing itself need not name it again.</summary>
    static ToldReason Common(ToldReason reason, string code) => reason.Relation == MoveRelation.Itself && reason.Code == code ? reason with { Code = "" } : reason;

    static MoveReason[] Reasons(Movement movement, MoveFacts? facts) =>
        facts is null ? [] : [.. MoveRules.Decide(MoveSteps.ClassOf(movement.Step), movement.Time, facts).Where(reason => reason.Refuses)];

    async Task<List<Movement>> Suspects(long after, long through)
    {
        var answers = await All(shard => shards.Movements(shard, after, through));
        var suspects = answers.SelectMany(answer => answer.Suspects).ToHashSet();
        var others = answers.SelectMany(answer => answer.Others).Distinct().ToList();
        if (others.Count > 0)
        {
            var latest = answers.Max(answer => answer.Latest);
            var dubious = (await shards.Ask(others, node => node, (shard, mine) => shards.WithCaveats(shard, mine, latest))).SelectMany(one => one.Answer).ToArray();
            if (dubious.Length > 0)
                foreach (var more in await All(shard => shards.MovementsWith(shard, after, through, dubious))) suspects.UnionWith(more);
        }
        return [.. suspects.OrderBy(movement => (movement.Sequence, movement.Node))];
    }

    async Task<string?> Holder(int node, long sequence)
    {
        var standing = (await StandingWalk.Of(shards, [node], sequence))[0].Standing;
        return standing.Holder == 0 ? null : (await ledger.ReadCodes([standing.Holder]))[0];
    }

    Task<T[]> All<T>(Func<int, ValueTask<T>> ask) => Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => ask(shard).AsTask()));
}
