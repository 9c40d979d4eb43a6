using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TraceGrains.Demo.Tests;

public sealed partial class DemoChainTests
{
    static readonly List<ReadEvent> Events = ReadEvent.All();
    static readonly DemoCast Cast = DemoChain.Cast();

    static HashSet<string> Units(IEnumerable<ReadEvent> events) =>
        [.. events.Where(e => e.BizStep == "commissioning").SelectMany(e => e.Epcs.Concat(e.OutputEpcs))];

    static IEnumerable<string> AllText(int seed = 2016) => DemoChain.Documents(seed).Select(document => Encoding.UTF8.GetString(document.Utf8));

    [Fact]
    public void The_same_seed_gives_the_same_bytes() => Assert.Equal(AllText(), AllText());

    [Fact]
    public void Another_seed_gives_other_bytes() => Assert.Empty(AllText().Intersect(AllText(7)));

    [Fact]
    public void Another_end_moves_the_times_and_keeps_every_code_and_event_id()
    {
        var later = DemoChain.Documents(end: DemoChain.DefaultEnd.AddDays(10)).SelectMany(ReadEvent.Of).ToList();
        Assert.Equal(Events.Select(e => (e.Id, string.Join(' ', e.Instances))), later.Select(e => (e.Id, string.Join(' ', e.Instances))));
        Assert.All(Events.Zip(later), pair => Assert.Equal(TimeSpan.FromDays(10), pair.Second.At - pair.First.At));
    }

    [Fact]
    public void The_end_may_be_given_in_any_offset() =>
        Assert.Equal(AllText(), DemoChain.Documents(end: DemoChain.DefaultEnd.ToUniversalTime()).Select(document => Encoding.UTF8.GetString(document.Utf8)));

    [Fact]
    public void Every_key_has_its_check_digit_and_the_demonstration_prefix()
    {
        var keys = AllText().Concat(Cast.Names.Keys).SelectMany(text => GsKey().Matches(text)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(keys.Count > 100, $"only {keys.Count} keys found");
        Assert.All(keys, key =>
        {
            Assert.Equal(ReadEvent.WithCheck(key[..^1]), key);
            Assert.Equal("952", key[(key.Length == 13 ? 0 : 1)..][..3]);
        });
    }

    // One group for all kinds: .NET lets alternatives share a group's number.
    [GeneratedRegex(@"id\.gs1\.org/(?:00/(?<1>\d{18})|01/(?<1>\d{14})|41[47]/(?<1>\d{13})|8003/0(?<1>\d{13})|253/(?<1>\d{13}))")]
    private static partial Regex GsKey();

    [Fact]
    public void The_numbers_are_those_of_a_demonstration()
    {
        Assert.InRange(Events.Count, 300, 1000);
        Assert.InRange(Units(Events).Count, 1500, 3000);
        Assert.Equal(Cast.Units, Units(Events).Count);
        Assert.All(DemoChain.Documents(), document => Assert.InRange(ReadEvent.Of(document).Count(), 1, 500));
        Assert.All(Events, e => Assert.InRange(e.At, DemoChain.DefaultEnd.AddDays(-43), DemoChain.DefaultEnd));
    }

    [Fact]
    public void Most_events_have_an_id_of_their_own_and_some_have_none()
    {
        var ids = Events.Where(e => !e.IsErrorDeclaration && e.Id is not null).Select(e => e.Id!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id));
        Assert.InRange(Events.Count(e => e.Id is null), 10, Events.Count / 5);
    }

    [Fact]
    public void No_event_claims_a_record_time() => Assert.All(Events, e => Assert.False(e.Json.TryGetProperty("recordTime", out _)));

    [Fact]
    public void Each_thing_is_told_of_in_the_order_of_time_but_for_the_one_late_receipt()
    {
        var last = new Dictionary<string, DateTimeOffset>();
        var late = new List<ReadEvent>();
        foreach (var e in Events.Where(e => !e.IsErrorDeclaration))
        {
            if (e.Instances.Any(thing => last.TryGetValue(thing, out var before) && before > e.At))
                late.Add(e);
            else
                foreach (var thing in e.Instances)
                    last[thing] = e.At;
        }
        Assert.Equal("receiving", Assert.Single(late).BizStep);
    }

    [Fact]
    public void Every_unit_is_in_the_hands_of_somebody_and_in_one_place_at_most()
    {
        var walk = new Walk(Events);
        var parties = Cast.Parties.Select(party => party.Code).ToHashSet();
        Assert.All(Units(Events), unit =>
        {
            Assert.Contains(walk.Holder[unit], parties);
            Assert.InRange(walk.ContainersOf(unit).Count(), 0, 1);
        });
    }

    [Fact]
    public void Nothing_is_taken_out_of_what_it_is_not_in() => Assert.Empty(new Walk(Events).TakenFromWhereItWasNot);

    [Fact]
    public void Nothing_is_sold_twice()
    {
        var sold = Events.Where(e => e.BizStep is "retail_selling" or "dispensing").SelectMany(e => e.Epcs).ToList();
        Assert.Equal(sold.Count, sold.Distinct().Count());
    }

    [Fact]
    public void Every_shipment_arrives_but_the_one_on_the_road()
    {
        var on = new HashSet<(string, string?)>();
        foreach (var e in Events.OrderBy(e => e.At))
            foreach (var thing in e.Epcs.Concat(e.Quantities.Select(amount => amount.Lot)))
                if (e.Goes)
                    Assert.True(on.Add((thing, e.To)), $"{thing} leaves twice");
                else if (e.From is not null)
                    Assert.True(on.Remove((thing, e.To)), $"{thing} arrives without leaving");
        Assert.Equal(Cast.PalletInTransit, Assert.Single(on).Item1);
    }

    [Fact]
    public void No_lot_gives_more_than_there_was_of_it()
    {
        var balance = new Dictionary<string, decimal>();
        void Add(string lot, decimal quantity) => balance[lot] = balance.GetValueOrDefault(lot) + quantity;
        var withdrawn = Events.Where(e => e.IsErrorDeclaration).Select(e => e.Id).ToHashSet();
        foreach (var e in Events.Where(e => e.Id is null || !withdrawn.Contains(e.Id)))
        {
            foreach (var (lot, quantity) in e.Outputs)
                Add(lot, quantity);
            foreach (var (lot, quantity) in e.Inputs)
                Add(lot, -quantity);
            foreach (var (lot, quantity) in e.Quantities.Where(_ => e.Action is "ADD" or "DELETE"))
                Add(lot, e.Action == "ADD" ? quantity : -quantity);
        }
        Assert.All(balance, lot => Assert.True(lot.Value >= 0, $"{lot.Key}: {lot.Value}"));
    }

    [Theory]
    [InlineData(2016)]
    [InlineData(1)]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public void A_walk_over_the_documents_finds_what_the_cast_expects(int seed)
    {
        var cast = DemoChain.Cast(seed);
        var events = ReadEvent.All(seed);
        var walk = new Walk(events);
        var reached = walk.Reached(cast.RecalledLot);
        var units = Units(events).Where(reached.Contains).ToList();

        Assert.Equal(cast.ExpectedReachedUnits, units.Count);
        Assert.Equal(cast.ExpectedReachedLots, reached.Where(code => code.Contains("/10/")).Order(StringComparer.Ordinal));
        Assert.Equal(reached.Count, units.Count + cast.ExpectedReachedLots.Count);
        Assert.Equal(cast.ExpectedReachedUnitsByHolder.OrderBy(pair => pair.Key), units.CountBy(unit => walk.Holder[unit]).OrderBy(pair => pair.Key));
        Assert.Equal(cast.ExpectedReachedUnitsInTransit, units.Count(walk.OnTheRoad.Contains));
        Assert.Equal(cast.ExpectedReachedUnitsSold, units.Count(walk.Sold.Contains));
    }

    [Fact]
    public void Whoever_forgets_the_error_declaration_recalls_too_much()
    {
        var forgetful = new Walk(Events, heedErrors: false).Reached(Cast.RecalledLot);
        Assert.Contains(Cast.WronglyNamedInto, forgetful);
        Assert.DoesNotContain(Cast.WronglyNamedInto, new Walk(Events).Reached(Cast.RecalledLot));
        Assert.True(Units(Events).Count(forgetful.Contains) > Cast.ExpectedReachedUnits);
    }

    [Fact]
    public void Whoever_forgets_that_a_receipt_came_late_looks_for_goods_in_the_wrong_house()
    {
        var forgetful = new Walk(Events, heedTime: false);
        var reached = new Walk(Events).Reached(Cast.RecalledLot);
        var byHolder = Units(Events).Where(reached.Contains).CountBy(unit => forgetful.Holder[unit]).OrderBy(pair => pair.Key);
        Assert.NotEqual(Cast.ExpectedReachedUnitsByHolder.OrderBy(pair => pair.Key), byHolder);
    }

    [Fact]
    public void The_recall_reaches_shops_the_canteen_and_stock_and_leaves_the_neighbour_on_the_pallet_alone()
    {
        var walk = new Walk(Events);
        var reached = walk.Reached(Cast.RecalledLot);
        var roles = Cast.Parties.Where(party => Cast.ExpectedReachedUnitsByHolder.ContainsKey(party.Code)).Select(party => party.Role).ToHashSet();
        Assert.Superset(new HashSet<string> { "maker", "distributor", "shop", "canteen" }, roles);

        Assert.Contains(Cast.SoldUnit, reached);
        Assert.Contains(Cast.SoldUnit, walk.Sold);
        Assert.DoesNotContain(Cast.UntouchedUnit, reached);
        string[] onThePallet = Events.Single(e => e.Parent == Cast.Pallet && e.Action == "ADD").Epcs;
        string CaseOf(string unit) => Events.Single(e => e.Type == "AggregationEvent" && e.Action == "ADD" && e.Epcs.Contains(unit)).Parent!;
        Assert.Equal(Cast.Case, CaseOf(Cast.SoldUnit));
        Assert.Contains(Cast.Case, onThePallet);
        Assert.Contains(CaseOf(Cast.UntouchedUnit), onThePallet);
    }

    [Fact]
    public void A_crate_carries_one_lot_after_another() =>
        Assert.True(Events.Count(e => e.Parent == Cast.Crate && e.Type == "AggregationEvent" && e.Action == "ADD") >= 3);

    [Fact]
    public void The_hospital_dispensed_a_box_with_a_gs1_key_and_one_with_a_drug_code()
    {
        var dispensed = Events.Where(e => e.BizStep == "dispensing").SelectMany(e => e.Epcs).ToList();
        Assert.Contains(Cast.HospitalDrugUnit, dispensed);
        Assert.Contains(Cast.DrugCodeUnit, dispensed);
    }

    [Fact]
    public void A_lot_was_destroyed_before_a_witness()
    {
        var destruction = Events.Single(e => e.BizStep == "destroying");
        Assert.Equal(Cast.DestroyedLot, destruction.Quantities.Single().Lot);
        Assert.Contains(destruction.Json.GetProperty("demo:witness").GetString(), Cast.Parties.Select(party => party.Code));
    }

    [Fact]
    public void The_thermometer_rode_on_the_lorry_and_came_off_again() =>
        Assert.Equal(["ADD", "DELETE"], Events.Where(e => e.Type == "AssociationEvent" && e.Parent == Cast.Lorry && e.Epcs.Contains(Cast.Sensor)).Select(e => e.Action));

    [Fact]
    public void Everybody_every_place_and_every_product_has_a_name_in_both_languages()
    {
        var codes = AllText().SelectMany(text => NamedCode().Matches(text)).Select(match => match.Value).Distinct().ToList();
        Assert.True(codes.Count > 50, $"only {codes.Count} codes found");
        Assert.All(codes, code => Assert.True(Cast.Names.ContainsKey(code), code));
        Assert.All(Cast.Names.Values, name => Assert.True(name.Zh.Any(c => c >= 0x4E00) && name.En.Any(char.IsAsciiLetter)));
    }

    [Fact]
    public void Master_data_has_every_party_place_and_product_with_names_in_both_languages_and_its_district_or_category()
    {
        var document = JsonDocument.Parse(DemoChain.MasterData().Utf8).RootElement;
        Assert.Equal(0, document.GetProperty("epcisBody").GetProperty("eventList").GetArrayLength());
        var elements = document.GetProperty("epcisHeader").GetProperty("epcisMasterData").GetProperty("vocabularyList").EnumerateArray().SelectMany(one => one.GetProperty("vocabularyElementList").EnumerateArray())
            .ToDictionary(one => one.GetProperty("id").GetString()!, one => one.GetProperty("attributes").EnumerateArray().ToLookup(attribute => attribute.GetProperty("id").GetString()!, attribute => attribute.GetProperty("attribute")));
        var codes = AllText().SelectMany(text => NamedCode().Matches(text)).Select(match => match.Value).Where(code => !code.Contains("/8004/")).Distinct().ToList();
        Assert.All(codes, code =>
        {
            var said = elements[code];
            var name = said["cbvmda:functionalName"].Concat(said["cbvmda:name"]).ToDictionary(one => one.GetProperty("@language").GetString()!, one => one.GetProperty("@value").GetString()!);
            Assert.True(name["zh"].Any(c => c >= 0x4E00) && name["en"].Any(char.IsAsciiLetter), code);
            Assert.Single(said["urn:tracegrains:voc:district"].Concat(said["urn:tracegrains:voc:category"]));
        });
        Assert.Equal(DemoChain.MasterData().Utf8, DemoChain.MasterData().Utf8);
    }

    [GeneratedRegex(@"https://id\.gs1\.org/(?:41[47]/\d{13}|01/\d{14}|8004/\w+)")]
    private static partial Regex NamedCode();
}
