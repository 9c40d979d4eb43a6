using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Holds;

/// <summary>Tells what was found in a stretch of the ledger as violations: one for each offending event.</summary>
sealed class MovementReview(ILedger ledger, GrainShards shards)
{
    /// <summary>The violations of the events after one sequence and up to another, which every shard has been told is settled.</summary>
    public async Task<IReadOnlyList<EventToRecord>> Violations(long after, long through)
    {
        var found = await MovementWalk.Run(shards, after, through);
        if (found.Count == 0) return [];
        var teller = new ReasonTeller(ledger);
        await teller.Load(found.SelectMany(one => one.Reasons), found.Select(one => one.Movement.Node));
        var violations = new List<EventToRecord>();
        foreach (var group in found.GroupBy(one => one.Movement.Sequence).OrderBy(group => group.Key))
        {
            if (await ledger.ReadEvent(group.Key) is not { } recorded) continue;
            var amounts = group.Where(one => one.Facts.Itself.IsAmount).Select(one => teller[one.Movement.Node]).ToHashSet(StringComparer.Ordinal);
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

    async Task<string?> Holder(int node, long sequence)
    {
        var standing = (await StandingWalk.Of(shards, [node], sequence))[0].Standing;
        return standing.Holder == 0 ? null : (await ledger.ReadCodes([standing.Holder]))[0];
    }
}
