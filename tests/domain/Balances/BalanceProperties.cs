using CsCheck;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Tests.Lineage;
using static TraceGrains.Domain.Tests.Balances.Trade;

namespace TraceGrains.Domain.Tests.Balances;

/// <summary>Whatever was told carefully adds up, whatever was told at all adds up to what is named, and what is missing shows as exactly what it was.</summary>
public class BalanceProperties
{
    /// <summary>Between one event and the next, in minutes: more than a day, in which two events may tell of one movement.</summary>
    const int Step = 2_000;

    /// <summary>A history that a careful trade writes, nobody giving what he has not; and what everybody has at its end.</summary>
    internal sealed record CarefulTrade(EpcisEvent[] Events, Dictionary<string, decimal> Stock);

    internal static readonly Gen<CarefulTrade> Careful = Histories(ways: 4);
    static readonly Gen<CarefulTrade> byName = Histories(ways: 2);

    static Gen<CarefulTrade> Histories(int ways) => Gen.Select(Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 20], Gen.Int[0, ways - 1]).Array[1, 25].Select(acts =>
    {
        var stock = new Dictionary<string, decimal> { [Maker] = 50, [Shop] = 0, [Depot] = 0 };
        var events = new List<EpcisEvent> { Made(0, 50) };
        foreach (var (act, from, to, asked, how) in acts)
        {
            var (party, other, minute) = (Parties[from], Parties[to], events.Count * Step);
            var quantity = Math.Min(asked, stock[party]);
            if (act == 0)
            {
                stock[party] += asked;
                events.Add(Made(minute, asked, party));
            }
            else if (quantity > 0)
            {
                stock[party] -= quantity;
                if (act is 1 or 2 or 3 && party != other)
                {
                    stock[other] += quantity;
                    events.AddRange(Move(minute, quantity, party, other, how));
                }
                else events.Add(act switch { 4 => Sold(minute, quantity, party), 5 => Destroyed(minute, quantity, party), _ => Used(minute, quantity, party) });
            }
        }
        return new CarefulTrade([.. events], stock);
    });

    /// <summary>By name; by name in several steps; by name without the sender's name; or on a pallet of its own, of which alone is told.</summary>
    static EpcisEvent[] Move(int minute, decimal quantity, string from, string to, int how)
    {
        var pallet = $"urn:ex:pallet:{minute}";
        return how switch
        {
            0 => [Sent(minute, quantity, from, to), Received(minute + Step, quantity, to)],
            1 => [Sent(minute, quantity, from, to), Received(minute + Step, quantity, to), Received(minute + 2 * Step, quantity, to, "storing")],
            2 => [At(minute, EventAction.Observe, "shipping", Kilograms(quantity), to: to, place: PlaceOf(from)), Received(minute + Step, quantity, to)],
            _ => [Packed(minute, pallet, quantity, from), OfContainer(Sent(minute + Step, null, from, to), pallet), OfContainer(Received(minute + 2 * Step, null, to), pallet), Packed(minute + 3 * Step, pallet, null, to, isOut: true)],
        };
    }

    static EpcisEvent[] Shuffled(EpcisEvent[] events, int seed)
    {
        var arrived = events.ToArray();
        new Random(seed).Shuffle(arrived);
        return arrived;
    }

    [Fact]
    public void Whatever_was_told_carefully_adds_up_in_any_order_of_arrival() =>
        Gen.Select(Careful, Gen.Int, Gen.Int[1, 5]).Sample((history, seed, shards) =>
        {
            var lineage = LocalLineage.Of(shards, Numbered(Shuffled(history.Events, seed)));
            var balance = Assert.Single(Of(lineage));
            Assert.Equal(0, balance.Unaccounted);
            Assert.Empty(balance.Discrepancies);
            Assert.Equal(balance.Total, Sum(balance));
            Assert.Equal(history.Stock.Where(pair => pair.Value > 0).Select(pair => ((string?)pair.Key, pair.Value, 0m)).OrderBy(party => party.Item1, StringComparer.Ordinal), PartiesOf(lineage, balance));
        }, iter: Proof.Rounds(1_000), print: sample => Print(sample.Item1.Events));

    [Fact]
    public void An_event_declared_wrong_is_as_if_it_had_never_been_told_and_the_past_stays_as_it_was() =>
        Gen.Select(Careful, Gen.Int[0, 1_000]).Sample((history, which) =>
        {
            var events = Numbered(history.Events);
            var wrong = events[which % events.Length];
            var (with, without) = (LocalLineage.Of(3, [.. events, World.DeclaredWrong(wrong)]), LocalLineage.Of(3, [.. events.Where(e => e != wrong)]));
            if (without.Number(Lot) != 0) Assert.Equal(All(without), All(with));
            Assert.Equal(All(LocalLineage.Of(3, events)), Of(with, bound: events.Length).Select(balance => Told(with, balance)));
        }, iter: Proof.Rounds(500), print: sample => Print(sample.Item1.Events));

    [Fact]
    public void A_missing_event_shows_as_exactly_its_quantity() =>
        Gen.Select(byName, Gen.Int[0, 1_000]).Sample((history, which) =>
        {
            // Of events that name parties: where only a place is named, a missing event may also have told whose it is. What is put away besides being received is told twice, and need not be missed.
            var candidates = history.Events.Where(e => e.BizStep != "storing" && !history.Events.Any(other => other.BizStep == "storing" && Quantity(other) == Quantity(e))).ToList();
            if (candidates.Count == 0) return;
            var missing = candidates[which % candidates.Count];
            var quantity = Quantity(missing);
            var rest = history.Events.Where(e => e != missing).ToArray();
            if (!rest.Any(e => e.Action == EventAction.Add && e.Type == EventType.ObjectEvent)) return;
            var (whole, lineage) = (Assert.Single(Of(history.Events)), LocalLineage.Of(3, Numbered(rest)));
            var balance = Assert.Single(Of(lineage));
            decimal Named(DiscrepancyKind kind) => balance.Discrepancies.Where(one => one.Kind == kind).Sum(one => one.Quantity!.Value);
            Assert.Equal(balance.Total, Sum(balance));
            switch (missing)
            {
                case { Type: EventType.TransformationEvent }:
                    Assert.Equal((whole.OnHand + quantity, whole.Used - quantity, 0m), (balance.OnHand, balance.Used, balance.Unaccounted));
                    break;
                case { Action: EventAction.Add }:
                    // What he gave beyond what was left is from nowhere; the rest he has less of.
                    Assert.Equal((whole.Produced - quantity, quantity), (balance.Produced, whole.OnHand - balance.OnHand + Named(DiscrepancyKind.FromNowhere)));
                    Assert.Equal(-Named(DiscrepancyKind.FromNowhere), balance.Unaccounted);
                    break;
                case { BizStep: "shipping" }:
                    Assert.Equal((whole.OnHand + quantity, -quantity, quantity), (balance.OnHand, balance.Unaccounted, Named(DiscrepancyKind.ReceivedUnsent)));
                    break;
                case { BizStep: "receiving" }:
                    Assert.Equal((0m, quantity), (balance.Unaccounted, balance.InTransit + Named(DiscrepancyKind.ArrivalNotTold)));
                    break;
                case { BizStep: "retail_selling" }:
                    Assert.Equal((whole.OnHand + quantity, whole.Sold - quantity, 0m), (balance.OnHand, balance.Sold, balance.Unaccounted));
                    break;
                default:
                    Assert.Equal((whole.OnHand + quantity, whole.Destroyed - quantity, 0m), (balance.OnHand, balance.Destroyed, balance.Unaccounted));
                    break;
            }
        }, iter: Proof.Rounds(1_000), print: sample => Print(sample.Item1.Events));

    [Fact]
    public void Whatever_was_told_the_sum_holds_and_arrival_order_never_shows() =>
        Gen.Select(World.Histories, Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int).Sample((history, shards, others, seed) =>
        {
            var arrived = history.ToArray();
            new Random(seed).Shuffle(arrived);
            var (one, other) = (LocalLineage.Of(shards, history), LocalLineage.Of(others, arrived));
            foreach (var lot in World.Lots.Append($"{World.Cheese}/10/B").Where(lot => one.Number(lot) != 0))
            {
                foreach (var balance in Of(one, lot)) Assert.Equal(balance.Total, Sum(balance));
                Assert.Equal(All(one, lot), All(other, lot));
            }
        }, iter: Proof.Rounds(800), print: sample => World.Print(sample.Item1));

    static decimal Quantity(EpcisEvent e) => e.Quantities.Concat(e.InputQuantities).Sum(amount => amount.Quantity ?? 0);

    static IEnumerable<string> All(LocalLineage lineage, string lot = Lot) => [.. Of(lineage, lot).Select(balance => Told(lineage, balance))];

    static string Print(EpcisEvent[] events) => World.Print(Numbered(events));
}
