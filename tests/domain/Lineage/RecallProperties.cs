using CsCheck;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Ledger;

namespace TraceGrains.Domain.Tests.Lineage;

/// <summary>Invariants I5 and I6: whatever runs, dies or arrives meanwhile, a recall marks what its scope became, and nothing else.</summary>
public class RecallProperties
{
    /// <summary>What happens besides captures.</summary>
    sealed record Plan(CanonicalEvent[] History, int Shards, int Seed, bool HasCrashes, string[] Scopes, int[] Issues, int[] Withdrawals)
    {
        public override string ToString() =>
            $"{World.Print(History)}\n{Shards} shards, seed {Seed}, crashes {HasCrashes}, scopes {string.Join(", ", Scopes)}, issued before {string.Join(", ", Issues)}, withdrawn before {string.Join(", ", Withdrawals)}";
    }

    const string RangeScope = "serials 2 to 3";

    static Gen<Plan> Plans(bool hasCrashes) => Gen.Select(
            World.ShortHistories, Gen.Int[1, 4], Gen.Int, Gen.OneOfConst([.. World.Things, RangeScope, RangeScope]).Array[1, 2], Gen.Int[0, 25].Array[2], Gen.Int[0, 60].Array[2])
        .Select((history, shards, seed, scopes, issues, withdrawals) => new Plan(history, shards, seed, hasCrashes, scopes, issues, withdrawals));

    [Fact]
    public void A_recall_marks_what_its_scope_became_and_nothing_else_whatever_happens_meanwhile() =>
        Plans(hasCrashes: false).Sample(plan => new Run(plan).ToTheEnd(), iter: Proof.Rounds(2_000), print: plan => plan.ToString());

    [Fact]
    public void A_recall_marks_what_its_scope_became_and_nothing_else_whatever_dies_meanwhile() =>
        Plans(hasCrashes: true).Sample(plan => new Run(plan).ToTheEnd(), iter: Proof.Rounds(2_000), print: plan => plan.ToString());

    /// <summary>The sequencer, the recall cases and their registry, as the grains play them.</summary>
    sealed class Run
    {
        readonly Plan plan;
        readonly Interleaving turns;
        readonly LocalLineage lineage;
        readonly DistantLineage distant;
        readonly List<CanonicalEvent> captured = [], acknowledged = [];
        readonly Dictionary<string, (int Number, HashSet<string> Scope, SerialRange? Range)> recalls = [];
        readonly HashSet<string> active = [], effective = [];
        readonly Dictionary<string, Task> workings = [];
        int crashes;

        public Run(Plan plan)
        {
            this.plan = plan;
            turns = new(plan.Seed);
            lineage = new(plan.Shards);
            distant = new(lineage, turns);
        }

        public void ToTheEnd()
        {
            turns.Run(Sequence, Disturb);
            foreach (var (id, recall) in recalls)
                Assert.Equal((id, Codes(Expected(id, captured))), (id, Codes(Marked(recall.Number))));
            foreach (var thing in World.Things.Where(thing => lineage.Number(thing) != 0))
            {
                var number = lineage.Number(thing);
                var told = lineage[number % lineage.Count].Describe(number, long.MaxValue).Recalls.Select(lineage.Code);
                Assert.Equal(Codes(active.Where(id => Expected(id, captured).Contains(thing))), Codes(told));
            }
            foreach (var recall in recalls.Values)
                Assert.Equal(Marked(recall.Number).Count(), Enumerable.Range(0, lineage.Count).Sum(shard => lineage[shard].CountMarks(recall.Number).InForce));
        }

        async Task Sequence()
        {
            var issued = 0;
            for (var i = 0; i < plan.History.Length; i++)
            {
                for (var r = 0; r < plan.Scopes.Length; r++)
                {
                    if (plan.Issues[r] == i && await Issue($"urn:tracegrains:recall:{r}", plan.Scopes[r])) issued++;
                    if (plan.Withdrawals[r] == i) await Withdraw($"urn:tracegrains:recall:{r}");
                }
                if (turns.OneIn(3)) await turns.Turn();
                await Capture(plan.History[i]);
            }
        }

        /// <summary>Workings-out that nobody needed, and deaths.</summary>
        async Task Disturb()
        {
            for (var i = 0; i < 12; i++)
            {
                for (var pause = turns.Below(12); pause > 0; pause--) await turns.Turn();
                if (plan.HasCrashes && turns.OneIn(3)) Crash(turns.Below(plan.Shards));
                else if (turns.OneIn(2)) _ = turns.Start(ReworkAll);
            }
        }

        void Crash(int shard)
        {
            crashes++;
            effective.Clear();
            lineage.Reload(shard);
            _ = turns.Start(async () =>
            {
                var known = active.ToList();
                await ReworkAll();
                if (--crashes == 0) effective.UnionWith(known);
            });
        }

        async Task Capture(CanonicalEvent canonical)
        {
            if (lineage.Record(canonical) is not { } batch) return;
            captured.Add(canonical);
            var isCut = plan.HasCrashes && turns.OneIn(10);
            var deliveries = Enumerable.Range(0, plan.Shards).Select(shard => distant.Deliver(shard, batch.Rows).AsTask()).ToList();
            var spills = (await Task.WhenAll(deliveries)).SelectMany(spill => spill).ToList();
            // A sequencer that dies here leaves its spills unspread, or spread in part; the next one has the recalls worked out anew before it goes on.
            if (isCut) await ReworkAll();
            else await ReachWalk.Spread(distant, spills);
            if (batch.Rows.Any(row => row.Shard == ShardRow.EveryShard) && canonical.Event.Recall is null) await ReworkAll();
            acknowledged.Add(canonical);
            foreach (var id in effective.Intersect(active))
                Assert.Empty(Expected(id, acknowledged).Except(Marked(recalls[id].Number)));
        }

        async Task<bool> Issue(string id, string scope)
        {
            var range = scope == RangeScope ? new SerialRange(World.Milk, "2", "3") : null;
            if (range is null && lineage.Number(scope) == 0) return false;
            var isAmount = World.Lots.Contains(scope);
            recalls[id] = (0, range is null ? [scope] : [], range);
            await Capture(Notice(id, RecallNoticeKind.Issued, range is null && !isAmount ? [scope] : [], range is null && isAmount ? [scope] : [], range));
            recalls[id] = recalls[id] with { Number = lineage.Number(id) };
            active.Add(id);
            _ = turns.Start(async () =>
            {
                await Rework(id);
                if (crashes == 0) effective.Add(id);
            });
            return true;
        }

        async Task Withdraw(string id)
        {
            if (!active.Remove(id)) return;
            await Capture(Notice(id, RecallNoticeKind.Withdrawn, [], [], null));
        }

        static CanonicalEvent Notice(string id, RecallNoticeKind kind, string[] epcs, string[] lots, SerialRange? range) => World.Canonical(new()
        {
            Type = EventType.ObjectEvent, Action = EventAction.Observe, EventTime = DateTimeOffset.FromUnixTimeSeconds(9), EventId = $"{id}:{kind}",
            Epcs = epcs, Quantities = [.. lots.Select(lot => new Amount(lot, null, null))], Recall = new(id, kind, null, null, range, null),
        });

        async Task ReworkAll()
        {
            foreach (var id in active.ToList()) await Rework(id);
        }

        /// <summary>One case works itself out once at a time.</summary>
        Task Rework(string id)
        {
            async Task After(Task before)
            {
                await before;
                if (active.Contains(id)) Assert.True(await ReachWalk.Rebuild(distant, recalls[id].Number));
            }
            return workings[id] = After(workings.GetValueOrDefault(id, Task.CompletedTask));
        }

        /// <summary>What the events say is recalled; a recall by serial numbers has those units in scope that any event has named, be it one declared wrong later.</summary>
        HashSet<string> Expected(string id, List<CanonicalEvent> events)
        {
            if (!active.Contains(id)) return [];
            var scope = recalls[id].Scope.ToHashSet();
            if (recalls[id].Range is { } range) scope.UnionWith(World.Things.Where(thing => lineage.Number(thing) != 0 && range.Contains(thing)));
            return new Reference(events).Recalled(scope);
        }

        IEnumerable<string> Marked(int recall) =>
            Enumerable.Range(0, lineage.Count).SelectMany(shard => lineage[shard].Reached(recall, 0, int.MaxValue)).Select(lineage.Code);

        static string Codes(IEnumerable<string> codes) => string.Join(' ', codes.Order(StringComparer.Ordinal));
    }
}
