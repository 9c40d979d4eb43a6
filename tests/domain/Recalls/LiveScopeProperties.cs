using CsCheck;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Domain.Tests.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Domain.Tests.Recalls;

/// <summary>
/// Invariants I5 and I6 for scopes that are questions: late events, corrections, orders to widen or narrow, deaths of shards. What is marked is what the question says of everything on record,
/// and what came of that.
/// </summary>
public class LiveScopeProperties
{
    const string Recall = "urn:tracegrains:recall:0";

    sealed record Plan(CanonicalEvent[] History, int Shards, int Seed, bool HasCrashes, ScopeQuery[] Scopes, int[] Orders)
    {
        public override string ToString() =>
            $"{World.Print(History)}\n{Shards} shards, seed {Seed}, crashes {HasCrashes}, ordered before {string.Join(", ", Orders)}\n{string.Join('\n', Scopes.Select(ScopeJson.Print))}";
    }

    static Gen<Plan> Plans(bool hasCrashes) => Gen.Select(World.ShortHistories, Gen.Int[1, 4], Gen.Int, ScopeGen.Any.Array[1, 3], Gen.Int[0, 20].Array[3])
        .Select((history, shards, seed, scopes, orders) => new Plan(history, shards, seed, hasCrashes, scopes, [.. orders.Take(scopes.Length).Order()]));

    [Fact]
    public void A_recall_marks_what_its_question_says_and_what_came_of_that_whatever_is_captured_meanwhile() =>
        Plans(hasCrashes: false).Sample(plan => new Run(plan).ToTheEnd(), iter: Proof.Rounds(2_000), print: plan => plan.ToString());

    [Fact]
    public void A_recall_marks_what_its_question_says_and_what_came_of_that_whatever_dies_meanwhile() =>
        Plans(hasCrashes: true).Sample(plan => new Run(plan).ToTheEnd(), iter: Proof.Rounds(2_000), print: plan => plan.ToString());

    /// <summary>The sequencer and the recall, as the grains play them.</summary>
    sealed class Run
    {
        readonly Plan plan;
        readonly Interleaving turns;
        readonly LocalLineage lineage;
        readonly DistantLineage distant;
        readonly List<CanonicalEvent> captured = [], acknowledged = [];
        ScopeQuery? query;
        int[]? scope;
        ScopeWatch watch = new();
        Task working = Task.CompletedTask;
        bool isEffective;
        int crashes;

        public Run(Plan plan)
        {
            this.plan = plan;
            turns = new(plan.Seed);
            lineage = new(plan.Shards);
            distant = new(lineage, turns);
        }

        int Number => lineage.Number(Recall);

        public void ToTheEnd()
        {
            turns.Run(Sequence, Disturb);
            if (query is not null) Assert.Equal(Codes(Expected(captured)), Codes(Marked()));
        }

        async Task Sequence()
        {
            for (var i = 0; i < plan.History.Length; i++)
            {
                for (var order = 0; order < plan.Orders.Length; order++) if (plan.Orders[order] == i) await Order(plan.Scopes[order]);
                if (turns.OneIn(3)) await turns.Turn();
                await Capture(plan.History[i]);
            }
        }

        async Task Disturb()
        {
            for (var i = 0; i < 8; i++)
            {
                for (var pause = turns.Below(12); pause > 0; pause--) await turns.Turn();
                if (plan.HasCrashes && turns.OneIn(3)) Crash(turns.Below(plan.Shards));
                else if (turns.OneIn(2)) _ = turns.Start(Rework);
            }
        }

        void Crash(int shard)
        {
            crashes++;
            isEffective = false;
            lineage.Reload(shard);
            _ = turns.Start(async () =>
            {
                var wasInForce = query is not null;
                await Rework();
                if (--crashes == 0) isEffective = wasInForce;
            });
        }

        async Task Capture(CanonicalEvent canonical)
        {
            if (lineage.Record(canonical) is not { } batch) return;
            captured.Add(canonical);
            var spills = (await Task.WhenAll(Enumerable.Range(0, plan.Shards).Select(shard => distant.Deliver(shard, batch.Rows).AsTask()))).SelectMany(spill => spill).ToList();
            await ReachWalk.Spread(distant, spills);
            if (canonical.Event.Recall is null)
                if (batch.Rows.Any(row => row.Shard == ShardRow.EveryShard)) await Rework();
                else if (watch.Concerns(EventToRecord.Of(canonical))) await Rescope();
            acknowledged.Add(canonical);
            if (isEffective) Assert.Empty(Expected(acknowledged).Except(Marked()));
        }

        /// <summary>Issues the recall, or gives it another scope. What was captured before the watch stood is looked for once more.</summary>
        async Task Order(ScopeQuery asked)
        {
            if ((await LiveScope.Resolve(ScopeProperties.Scopes(lineage), distant, asked)).Things is not { } things) return;
            if (query is null)
                await Capture(World.Canonical(new()
                {
                    Type = EventType.ObjectEvent, Action = EventAction.Observe, EventTime = DateTimeOffset.FromUnixTimeSeconds(9), EventId = $"{Recall}:issued",
                    Epcs = [.. things.Select(lineage.Code).Except(World.Lots).Take(2)], Recall = new(Recall, RecallNoticeKind.Issued, null, null, null, null, ScopeJson.Print(asked), things.Length),
                }));
            query = asked;
            isEffective = false;
            await Rework();
            await Rework();
            if (crashes == 0) isEffective = true;
        }

        Task Rework() => OneAtATime(async () =>
        {
            await Resolve();
            await LiveScope.Tell(distant, Number, scope!);
            Assert.True(await ReachWalk.Rebuild(distant, Number));
        });

        Task Rescope() => OneAtATime(async () =>
        {
            var before = scope;
            await Resolve();
            var change = ScopeChange.Between(before ?? [], scope!);
            if (change.Left.Length == 0) await LiveScope.Enter(distant, Number, change.Entered);
            else
            {
                await LiveScope.Tell(distant, Number, scope!);
                Assert.True(await ReachWalk.Rebuild(distant, Number));
            }
        });

        async Task Resolve()
        {
            var outcome = await LiveScope.Resolve(ScopeProperties.Scopes(lineage), distant, query!);
            Assert.Null(outcome.Problem);
            (scope, watch) = (outcome.Things!, outcome.Watch!);
        }

        Task OneAtATime(Func<Task> work)
        {
            async Task After(Task before)
            {
                await before;
                if (query is not null) await work();
            }
            return working = After(working);
        }

        HashSet<string> Expected(List<CanonicalEvent> events)
        {
            var model = new ScopeModel([.. events.Where(canonical => canonical.Event.Recall is null)]);
            return model.Recalled(model.Of(query!) ?? []);
        }

        IEnumerable<string> Marked() => Enumerable.Range(0, lineage.Count).SelectMany(shard => lineage[shard].Reached(Number, 0, int.MaxValue)).Select(lineage.Code);

        static string Codes(IEnumerable<string> codes) => string.Join(' ', codes.Order(StringComparer.Ordinal));
    }
}
