using System.Text.Json;
using CsCheck;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Domain.Tests.Lineage;
using TraceGrains.Ledger.Recalls;
using static TraceGrains.Domain.Tests.Lineage.LocalLineage;

namespace TraceGrains.Domain.Tests.Recalls;

/// <summary>A dry run says what would happen: it names what the events say, and reaches what a recall of the same things marks, now and as of any instant.</summary>
public class ScopeProperties
{
    const string Recall = "urn:tracegrains:recall:0";

    static ScopeOutcome Resolve(LocalLineage lineage, ScopeQuery scope, long bound) => Now(ScopeWalk.Resolve(Scopes(lineage), lineage, scope, bound));

    internal static ScopeLedger Scopes(LocalLineage lineage) => new(lineage.Ledger, json =>
        new() { Event = JsonSerializer.Deserialize<EpcisEvent>(json.Span)!, Json = json, CbvHash = new byte[32] });

    static string[] Codes(LocalLineage lineage, IEnumerable<int> numbers) => [.. numbers.Select(lineage.Code).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_scope_names_what_the_events_say() =>
        Gen.Select(World.Histories, Gen.Int[1, 7], ScopeGen.Any, Gen.Double[0, 1]).Sample((history, shards, scope, share) =>
        {
            var lineage = LocalLineage.Of(shards, history);
            foreach (var then in (int[])[history.Length, (int)(history.Length * share)])
            {
                var outcome = Resolve(lineage, scope, then);
                var expected = new ScopeModel(history[..then]).Of(scope);
                Assert.Equal(expected is null, outcome.Problem is not null);
                if (expected is not null) Assert.Equal(expected.Order(StringComparer.Ordinal), Codes(lineage, outcome.Things!));
            }
        }, iter: Proof.Rounds(2_000), print: tuple => $"{World.Print(tuple.Item1)}\n{tuple.Item2} shards, share {tuple.Item4}\n{ScopeJson.Print(tuple.Item3)}");

    [Fact]
    public void A_dry_run_reaches_what_a_recall_of_the_same_scope_marks() =>
        Gen.Select(World.Histories, Gen.Int[1, 7], ScopeGen.Any, Gen.Double[0, 1]).Sample((history, shards, scope, share) =>
        {
            var then = (int)(history.Length * share);
            var now = LocalLineage.Of(shards, history);
            var outcome = Resolve(now, scope, then);
            if (outcome.Things is not { Length: > 0 } things) return;
            var reached = Now(ScopeWalk.Reach(now, things, then));

            var past = LocalLineage.Of(shards, history[..then]);
            Assert.True(past.Capture(Issued(Codes(now, things))));
            Assert.True(Now(ReachWalk.Rebuild(past, past.Number(Recall))));
            var marked = Enumerable.Range(0, shards).SelectMany(shard => past[shard].Reached(past.Number(Recall), 0, int.MaxValue));
            Assert.Equal(Codes(past, marked), Codes(now, reached.Ascending()));
        }, iter: Proof.Rounds(2_000), print: tuple => $"{World.Print(tuple.Item1)}\n{tuple.Item2} shards, share {tuple.Item4}\n{ScopeJson.Print(tuple.Item3)}");

    static CanonicalEvent Issued(string[] codes) => World.Canonical(new()
    {
        Type = EventType.ObjectEvent, Action = EventAction.Observe, EventTime = DateTimeOffset.FromUnixTimeSeconds(9), EventId = $"{Recall}:issued",
        Epcs = [.. codes.Except(World.Lots)], Quantities = [.. codes.Intersect(World.Lots).Select(lot => new Amount(lot, null, null))],
        Recall = new(Recall, RecallNoticeKind.Issued, null, null, null, null),
    });
}
