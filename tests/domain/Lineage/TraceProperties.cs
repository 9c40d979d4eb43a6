using CsCheck;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using static TraceGrains.Domain.Tests.Lineage.LocalLineage;

namespace TraceGrains.Domain.Tests.Lineage;

public class TraceProperties
{
    static readonly Gen<int> shardCounts = Gen.Int[1, 7];
    static readonly Gen<EdgeKind> follows = Gen.OneOfConst(EdgeKind.All, EdgeKind.All, EdgeKind.Derivation, EdgeKind.MadeOf, EdgeKind.MemberOf, EdgeKind.ContainedIn, EdgeKind.Placement);
    const int Few = 400, Many = 800;

    static TraceDirection Towards(bool forward) => forward ? TraceDirection.Forward : TraceDirection.Backward;

    static TraceResult Trace(LocalLineage lineage, string start, bool forward, EdgeKind follow, int? depth = null, long bound = long.MaxValue) =>
        Now(TraceWalk.Run(lineage, [lineage.Number(start)], Towards(forward), follow, depth, bound));

    static List<string> Known(LocalLineage lineage) => [.. World.Things.Where(thing => lineage.Number(thing) != 0)];

    static string[] Codes(LocalLineage lineage, TraceResult found) => [.. found.Reached.Ascending().Select(lineage.Code).Order(StringComparer.Ordinal)];

    static string[] Sorted(IEnumerable<string> codes) => [.. codes.Order(StringComparer.Ordinal)];

    static CanonicalEvent[] Shuffled(CanonicalEvent[] history, int seed)
    {
        var other = history.ToArray();
        new Random(seed).Shuffle(other);
        return other;
    }

    [Fact]
    public void A_trace_finds_what_the_events_say_at_the_distance_they_say() =>
        Gen.Select(World.Histories, shardCounts, follows).Sample((history, shards, follow) =>
        {
            var (lineage, model) = (LocalLineage.Of(shards, history), new Reference(history));
            foreach (var forward in (bool[])[true, false])
                foreach (var start in Known(lineage))
                {
                    var (found, expected) = (Trace(lineage, start, forward, follow), model.Trace(start, forward, follow));
                    Assert.Equal(Sorted(expected.Keys), Codes(lineage, found));
                    var furthest = expected.Values.DefaultIfEmpty(0).Max();
                    Assert.Equal(Enumerable.Range(1, furthest).Select(steps => expected.Values.Count(at => at == steps)), found.Levels);
                    Assert.False(found.IsCut);
                    Assert.Equal(found.Reached.Count, found.Standings.Values.Sum());
                }
        }, iter: Proof.Rounds(Many), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} shards, {tuple.Item3}");

    [Fact]
    public void A_trace_cut_at_a_depth_finds_what_is_that_near_and_says_whether_there_is_more() =>
        Gen.Select(World.Histories, shardCounts, follows, Gen.Int[0, 4]).Sample((history, shards, follow, depth) =>
        {
            var (lineage, model) = (LocalLineage.Of(shards, history), new Reference(history));
            foreach (var forward in (bool[])[true, false])
                foreach (var start in Known(lineage))
                {
                    var (found, expected) = (Trace(lineage, start, forward, follow, depth), model.Trace(start, forward, follow));
                    Assert.Equal(Sorted(expected.Where(pair => pair.Value <= depth).Select(pair => pair.Key)), Codes(lineage, found));
                    Assert.Equal(expected.Values.Any(at => at > depth), found.IsCut);
                }
        }, iter: Proof.Rounds(Few), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} shards, {tuple.Item3}, depth {tuple.Item4}");

    [Fact]
    public void A_trace_as_of_a_moment_is_the_trace_over_what_was_on_record_then() =>
        Gen.Select(World.Histories, shardCounts, Gen.Double[0, 1]).Sample((history, shards, share) =>
        {
            var now = LocalLineage.Of(shards, history);
            var then = history[..(int)(history.Length * share)];
            var model = new Reference(then);
            foreach (var forward in (bool[])[true, false])
                foreach (var start in Known(now))
                {
                    var found = Trace(now, start, forward, EdgeKind.All, null, then.Length);
                    Assert.Equal(Sorted(model.Trace(start, forward, EdgeKind.All).Keys), Codes(now, found));
                    Assert.Equal(Expected(model, found.Reached.Ascending().Select(now.Code)), Told(now, found.Standings));
                }
        }, iter: Proof.Rounds(Few), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} shards, share {tuple.Item3}");

    [Fact]
    public void What_a_thing_leads_to_leads_back_to_it() =>
        Gen.Select(World.Histories, shardCounts, follows).Sample((history, shards, follow) =>
        {
            var lineage = LocalLineage.Of(shards, history);
            var known = Known(lineage);
            var forward = known.SelectMany(start => Codes(lineage, Trace(lineage, start, true, follow)).Select(end => (start, end))).Order();
            var backward = known.SelectMany(end => Codes(lineage, Trace(lineage, end, false, follow)).Select(start => (start, end))).Order();
            Assert.Equal(forward, backward);
        }, iter: Proof.Rounds(Few), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} shards, {tuple.Item3}");

    [Fact]
    public void Neither_arrival_order_nor_shard_count_shows_in_an_answer() =>
        Gen.Select(World.Histories, shardCounts, shardCounts, Gen.Int).Sample((history, shards, otherShards, seed) =>
        {
            var one = LocalLineage.Of(shards, history);
            var other = LocalLineage.Of(otherShards, Shuffled(history, seed));
            foreach (var start in Known(one))
            {
                Assert.Equal(State(one, start), State(other, start));
                foreach (var forward in (bool[])[true, false])
                {
                    var (found, again) = (Trace(one, start, forward, EdgeKind.All), Trace(other, start, forward, EdgeKind.All));
                    Assert.Equal(Codes(one, found), Codes(other, again));
                    Assert.Equal(found.Levels, again.Levels);
                    Assert.Equal(Told(one, found.Standings), Told(other, again.Standings));
                    foreach (var end in Codes(one, found)) Assert.Equal(Path(one, start, end, forward, EdgeKind.All), Path(other, start, end, forward, EdgeKind.All));
                }
            }
        }, iter: Proof.Rounds(Few), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} or {tuple.Item3} shards, seed {tuple.Item4}");

    [Fact]
    public void A_path_is_a_shortest_run_of_steps_and_there_is_one_exactly_when_a_trace_reaches() =>
        Gen.Select(World.Histories, shardCounts, follows).Sample((history, shards, follow) =>
        {
            var (lineage, model) = (LocalLineage.Of(shards, history), new Reference(history));
            foreach (var forward in (bool[])[true, false])
                foreach (var start in Known(lineage))
                {
                    var distance = model.Trace(start, forward, follow);
                    foreach (var end in Known(lineage).Where(end => end != start))
                    {
                        var path = Path(lineage, start, end, forward, follow);
                        Assert.Equal(distance.ContainsKey(end), path is not null);
                        if (path is null) continue;
                        Assert.Equal(distance[end], path.Count);
                        Assert.Equal((start, end), (path[0].From, path[^1].To));
                        Assert.True(model.IsRun(path, forward, follow), string.Join(" > ", path));
                    }
                }
        }, iter: Proof.Rounds(Few), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} shards, {tuple.Item3}");

    [Fact]
    public void Everything_stands_where_its_own_events_and_its_containers_put_it() =>
        Gen.Select(World.Histories, shardCounts).Sample((history, shards) =>
        {
            var (lineage, model) = (LocalLineage.Of(shards, history), new Reference(history));
            var known = Known(lineage);
            var standings = Now(StandingWalk.Of(lineage, [.. known.Select(lineage.Number)], long.MaxValue));
            foreach (var (thing, standing) in known.Zip(standings))
            {
                Assert.Equal((thing, model.Standing(thing)), (thing, Told(lineage, standing.Standing)));
                var containers = Now(StandingWalk.Containers(lineage, standing.Line.Stays, long.MaxValue)).Select(lineage.Code);
                Assert.Equal(Sorted(model.Containers(thing)), Sorted(containers));
            }
            var byShard = known.Select(lineage.Number).GroupBy(number => number % shards).Select(group => (group.Key, group.ToArray()));
            Assert.Equal(Expected(model, known), Told(lineage, Now(StandingWalk.Count(lineage, [.. byShard], long.MaxValue))));
        }, iter: Proof.Rounds(Many), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} shards");

    static List<(string From, string To, EdgeKind Kind, long Start)>? Path(LocalLineage lineage, string start, string end, bool forward, EdgeKind follow) =>
        Now(PathWalk.Find(lineage, lineage.Number(start), lineage.Number(end), Towards(forward), follow, long.MaxValue, nodes => lineage.Ledger.ReadCodes(nodes)))
            ?.Select(step => (lineage.Code(step.From), lineage.Code(step.To), step.Kind, step.Start)).ToList();

    static (string? Holder, string? Consignee, string? Place, string? Disposition) Told(LocalLineage lineage, Standing standing) =>
        (lineage.CodeOrNull(standing.Holder), lineage.CodeOrNull(standing.Consignee), lineage.CodeOrNull(standing.Place),
            standing.Disposition switch { 0 => null, > 0 => Dispositions.WordOf(standing.Disposition), _ => lineage.Code(-standing.Disposition) });

    static IEnumerable<string> Told(LocalLineage lineage, IReadOnlyDictionary<Standing, int> standings) =>
        standings.Select(pair => $"{Told(lineage, pair.Key)} {pair.Value}").Order(StringComparer.Ordinal);

    static IEnumerable<string> Expected(Reference model, IEnumerable<string> things) =>
        things.GroupBy(model.Standing).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal);

    /// <summary>All that a shard and its neighbours know of a thing, by code.</summary>
    static string State(LocalLineage lineage, string thing)
    {
        var number = lineage.Number(thing);
        var node = Now(lineage.Describe(number % lineage.Count, number, long.MaxValue));
        var stays = node.Stays.Concat(node.Attachments).Select(stay => $"{lineage.Code(stay.Container)} {stay.Start} {stay.Until} {stay.Kind}").Order(StringComparer.Ordinal);
        var holdings = Now(HoldingWalk.Of(lineage, [number], long.MaxValue))[number].Select(holding => $"{lineage.CodeOrNull(holding.Account)} {holding.Kind} {holding.Quantity:0.###} {holding.Uom}").Order(StringComparer.Ordinal);
        var containers = Sorted(Now(StandingWalk.Containers(lineage, node.Stays, long.MaxValue)).Select(lineage.Code));
        return $"{node.Roles}; {string.Join(", ", stays)}; {string.Join(", ", holdings)}; {string.Join(", ", containers)}";
    }
}
