using System.Numerics;
using CsCheck;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Domain.Recalls.Sources;
using TraceGrains.Domain.Tests.Lineage;
using static TraceGrains.Domain.Tests.Lineage.LocalLineage;

namespace TraceGrains.Domain.Tests.Recalls;

/// <summary>Counts, gaps and common sources are those that the events tell, in the plainest reckoning.</summary>
public class PreviewProperties
{
    static List<string> Known(LocalLineage lineage) => [.. World.Things.Where(thing => lineage.Number(thing) != 0)];

    static string Print((CanonicalEvent[] History, int Shards, double Share) sample) => $"{World.Print(sample.History)}\n{sample.Shards} shards, share {sample.Share}";

    [Fact]
    public void Everything_reached_is_counted_once_where_it_stands_and_gaps_are_where_events_are_missing() =>
        Gen.Select(World.Histories, Gen.Int[1, 7], Gen.Double[0, 1]).Sample((history, shards, share) =>
        {
            var lineage = LocalLineage.Of(shards, history);
            var then = history[..(int)(history.Length * share)];
            var model = new Reference(then);
            var things = new NodeSet();
            foreach (var thing in Known(LocalLineage.Of(1, then))) things.Add(lineage.Number(thing));
            var codes = things.Ascending().Select(lineage.Code).ToList();
            var impact = Now(ImpactWalk.Of(ScopeProperties.Scopes(lineage), lineage, things, then.Length));

            Assert.Equal(
                codes.GroupBy(code => (ProductCode.Of(code), model.Standing(code))).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal),
                impact.Counts.Select(count => $"{(count.Product, Told(lineage, count.Standing))} {count.Count}").Order(StringComparer.Ordinal));
            var created = model.Live.SelectMany(Created).ToHashSet();
            Assert.Equal(codes.Count(code => !created.Contains(code)), Sum(impact, GapKind.NeverCommissioned));
            Assert.Equal(codes.Count(code => model.Standing(code).Holder is null), Sum(impact, GapKind.HolderUnknown));
            Assert.Equal(impact.Counts.Where(count => Fates.Of(count.Standing) == Fate.InTransit).Sum(count => count.Count), Sum(impact, GapKind.ShippedNotReceived));
            Assert.Equal(0, impact.Gaps.Unchecked);
        }, iter: Proof.Rounds(800), print: Print);

    [Fact]
    public void Amounts_of_reached_lots_add_up_by_account() =>
        Gen.Select(World.Histories, Gen.Int[1, 7], Gen.Double[0, 1]).Sample((history, shards, share) =>
        {
            var lineage = LocalLineage.Of(shards, history);
            var lots = World.Lots.Select(lineage.Number).Where(number => number != 0).ToList();
            var things = new NodeSet();
            foreach (var lot in lots) things.Add(lot);
            var bound = (long)(history.Length * share);
            var expected = lots.SelectMany(lot => Now(HoldingWalk.Of(lineage, [lot], bound))[lot]).GroupBy(holding => (holding.Account, holding.Kind, holding.Uom))
                .Select(group => (group.Key.Account, group.Key.Kind, group.Key.Uom, group.Any(holding => holding.Quantity is null) ? null : (decimal?)group.Sum(holding => holding.Quantity!.Value), group.Count()));
            var told = Now(ImpactWalk.Of(ScopeProperties.Scopes(lineage), lineage, things, bound)).Held.Select(held => (held.Account, held.Kind, held.Uom, held.Quantity, held.Lots));
            Assert.Equal(expected.Order(), told.Order());
        }, iter: Proof.Rounds(400), print: Print);

    [Fact]
    public void Common_sources_are_the_things_that_several_cases_came_of_and_rank_by_what_else_came_of_them() =>
        Gen.Select(World.Histories, Gen.Int[1, 7], Gen.OneOfConst(World.Things).Array[1, 4]).Sample((history, shards, asked) =>
        {
            var lineage = LocalLineage.Of(shards, history);
            var model = new Reference(history);
            var cases = asked.Distinct().Where(thing => lineage.Number(thing) != 0).ToArray();
            if (cases.Length == 0) return;
            var found = Now(SourceSearch.Run(ScopeProperties.Scopes(lineage), lineage, [.. cases.Select(lineage.Number)], history.Length));

            var backward = cases.ToDictionary(thing => thing, thing => model.Trace(thing, false, EdgeKind.Derivation).Keys.Append(thing).ToHashSet());
            var expected = backward.Values.SelectMany(set => set).Distinct().Select(source =>
            {
                var explained = cases.Where(thing => backward[thing].Contains(source)).ToList();
                var between = explained.SelectMany(thing => backward[thing]).ToHashSet();
                return (Code: source, Explains: explained.Count, Others: model.Trace(source, true, EdgeKind.Derivation).Keys.Count(thing => !between.Contains(thing)));
            }).Where(source => source.Explains >= Math.Min(2, cases.Length)).OrderByDescending(source => source.Explains).ThenBy(source => source.Others).ThenBy(source => source.Code, StringComparer.Ordinal);
            Assert.Equal(expected, found.Things.Select(source => (lineage.Code(source.Number), source.Explains, source.Others)));
            Assert.Equal(found.Things.OrderByDescending(source => source.Score).Select(source => source.Score), found.Things.Select(source => source.Score));
            Assert.False(found.IsCut);

            // Parties and places: whoever stands in an event with a case or one of its ancestors.
            var holders = model.Live.SelectMany(c => HoldersIn(c.Event).SelectMany(holder => cases.Where(thing => Things(c.Event).Overlaps(backward[thing])).Select(thing => (holder, thing)))).Distinct()
                .GroupBy(pair => pair.holder).Where(group => group.Count() >= Math.Min(2, cases.Length)).Select(group => $"{group.Key} {group.Count()}");
            Assert.Equal(holders.Order(StringComparer.Ordinal), found.Holders.Select(holder => $"{lineage.Code(holder.Number)} {BitOperations.PopCount(holder.Cases)}").Order(StringComparer.Ordinal));
        }, iter: Proof.Rounds(800), print: sample => $"{World.Print(sample.Item1)}\n{sample.Item2} shards, {string.Join(", ", sample.Item3)}");

    [Theory]
    [InlineData("destroyed", 1, 2, Fate.Destroyed)]
    [InlineData("disposed", 0, 0, Fate.Destroyed)]
    [InlineData("retail_sold", 1, 2, Fate.Sold)]
    [InlineData("dispensed", 1, 0, Fate.Sold)]
    [InlineData("partially_dispensed", 1, 0, Fate.OnHand)]
    [InlineData("stolen", 1, 0, Fate.Unaccounted)]
    [InlineData("unknown", 1, 2, Fate.Unaccounted)]
    [InlineData("in_transit", 1, 0, Fate.InTransit)]
    [InlineData("in_progress", 1, 2, Fate.InTransit)]
    [InlineData(null, 0, 2, Fate.InTransit)]
    [InlineData("sellable_accessible", 1, 0, Fate.OnHand)]
    [InlineData("recalled", 1, 0, Fate.OnHand)]
    [InlineData(null, 0, 0, Fate.Unaccounted)]
    public void A_fate_is_read_from_disposition_consignee_and_holder(string? disposition, int holder, int consignee, Fate expected) =>
        Assert.Equal(expected, Fates.Of(new Standing { Holder = holder, Consignee = consignee, Disposition = Dispositions.IndexOf(disposition) }));

    static int Sum(Impact impact, GapKind kind) => impact.Gaps.Found.Where(gap => gap.Kind == kind).Sum(gap => gap.Count);

    static (string? Holder, string? Consignee, string? Place, string? Disposition) Told(LocalLineage lineage, Standing standing) =>
        (lineage.CodeOrNull(standing.Holder), lineage.CodeOrNull(standing.Consignee), lineage.CodeOrNull(standing.Place),
            standing.Disposition switch { 0 => null, > 0 => Dispositions.WordOf(standing.Disposition), _ => lineage.Code(-standing.Disposition) });

    static IEnumerable<string> Created(CanonicalEvent c)
    {
        var e = c.Event;
        var isMaking = e.Type == EventType.TransformationEvent;
        if (!isMaking && (e.Type != EventType.ObjectEvent || e.Action != EventAction.Add)) return [];
        var units = isMaking ? e.OutputEpcs : e.Epcs;
        var lots = e.IlmdLotNumber is null ? [] : units.Where(unit => unit.Contains("/21/")).Select(unit => $"{unit[..unit.IndexOf("/21/", StringComparison.Ordinal)]}/10/{e.IlmdLotNumber}");
        return [.. units, .. (isMaking ? e.OutputQuantities : e.Quantities).Select(amount => amount.Code), .. lots, .. e.LotOfInstance.Where(pair => units.Contains(pair.Key)).Select(pair => pair.Value)];
    }

    static HashSet<string> Things(EpcisEvent e) =>
        [.. new[] { e.ParentId }.OfType<string>(), .. e.Epcs, .. e.InputEpcs, .. e.OutputEpcs, .. e.Quantities.Concat(e.InputQuantities).Concat(e.OutputQuantities).Select(amount => amount.Code),
            .. e.IlmdLotNumber is null ? [] : e.Epcs.Concat(e.OutputEpcs).Where(unit => unit.Contains("/21/")).Select(unit => $"{unit[..unit.IndexOf("/21/", StringComparison.Ordinal)]}/10/{e.IlmdLotNumber}"),
            .. e.LotOfInstance.Values];

    static IEnumerable<string> HoldersIn(EpcisEvent e) => new[] { e.ReadPoint, e.BizLocation }.OfType<string>().Concat(e.Sources.Concat(e.Destinations).Select(end => end.Code));
}
