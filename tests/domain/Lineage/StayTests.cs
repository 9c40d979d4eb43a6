using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using static TraceGrains.Domain.Tests.Lineage.LocalLineage;

namespace TraceGrains.Domain.Tests.Lineage;

/// <summary>How long an amount stays in a container, where both must be asked: the amount knows what was put in and taken out, the container when it was emptied.</summary>
public class StayTests
{
    const string Crate = "urn:ex:crate:1", Truck = "urn:ex:truck:1", Cellar = "urn:ex:cellar", Counter = "urn:ex:counter";
    static readonly string lot = World.Lots[0];

    static CanonicalEvent Event(int second, EventAction action, string parent, string[] things, Amount[] amounts, string? place = null) => World.Canonical(new()
    {
        EventId = $"urn:ex:event:{second}", Type = EventType.AggregationEvent, EventTime = DateTimeOffset.FromUnixTimeSeconds(second),
        Action = action, ParentId = parent, Epcs = things, Quantities = amounts, BizLocation = place,
    });

    static CanonicalEvent In(int second, decimal kilograms) => Event(second, EventAction.Add, Crate, [], [new(lot, kilograms, "KGM")], Cellar);

    static CanonicalEvent Out(int second, decimal kilograms) => Event(second, EventAction.Delete, Crate, [], [new(lot, kilograms, "KGM")]);

    static readonly CanonicalEvent emptied = Event(2, EventAction.Delete, Crate, [], []);

    /// <summary>Two kilograms in, all out, half a kilogram in, half a kilogram out; then the crate goes on a truck and to the counter.</summary>
    static readonly CanonicalEvent[] history = [In(1, 2m), emptied, In(3, 0.5m), Out(4, 0.5m), Event(5, EventAction.Add, Truck, [Crate], [], Counter)];

    /// <summary>The containers the lot is in, its place, what it leads back to, and whether the truck leads to it; the same over one shard and many, and whatever the order of arrival.</summary>
    static (string Containers, string? Place, string Backward, bool IsOnTruck) Ask(params CanonicalEvent[] events)
    {
        var answers = new HashSet<(string, string?, string, bool)>();
        foreach (var shards in (int[])[1, 3, 7])
            foreach (var order in (CanonicalEvent[][])[events, [.. events.Reverse()]])
            {
                var lineage = LocalLineage.Of(shards, order);
                var number = lineage.Number(lot);
                var (standing, line) = Now(StandingWalk.Of(lineage, [number], long.MaxValue))[0];
                var containers = Now(StandingWalk.Containers(lineage, line.Stays, long.MaxValue)).Select(lineage.Code);
                var backward = Now(TraceWalk.Run(lineage, [number], TraceDirection.Backward, EdgeKind.All, null, long.MaxValue)).Reached;
                var forward = Now(TraceWalk.Run(lineage, [lineage.Number(Truck)], TraceDirection.Forward, EdgeKind.All, null, long.MaxValue)).Reached;
                answers.Add((string.Join(' ', containers), lineage.CodeOrNull(standing.Place), string.Join(' ', backward.Ascending().Select(lineage.Code).Order()),
                    forward.Ascending().Contains(number)));
            }
        return Assert.Single(answers);
    }

    [Fact]
    public void What_was_in_a_container_before_it_was_emptied_need_not_be_taken_out_again() => Assert.Equal(("", Cellar, Crate, false), Ask(history));

    [Fact]
    public void What_was_put_in_since_the_emptying_must_be_taken_out() =>
        Assert.Equal(($"{Crate} {Truck}", Counter, $"{Crate} {Truck}", true), Ask([.. history[..3], Out(4, 0.25m), history[4]]));

    [Fact]
    public void An_emptying_declared_wrong_leaves_the_rest_in_the_container() =>
        Assert.Equal(($"{Crate} {Truck}", Counter, $"{Crate} {Truck}", true), Ask([.. history, World.DeclaredWrong(emptied)]));

    [Fact]
    public void Only_what_was_put_in_since_the_latest_emptying_counts() =>
        Assert.Equal(("", Cellar, Crate, false),
            Ask(In(1, 2m), emptied, In(3, 1m), Event(4, EventAction.Delete, Crate, [], []), In(5, 0.5m), Out(6, 0.5m), Event(7, EventAction.Add, Truck, [Crate], [], Counter)));
}
