using TraceGrains.Contracts.Balances;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Balances;

/// <summary>Lots that do not add up are found among many; processes are weighed.</summary>
public sealed class BooksTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), brine = Told.Lot(Told.Cheese, "B"), lot = Told.Lot(Told.Milk, "A");

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static IMassBalanceGrain Balances(Silos system) => system.Grains.GetGrain<IMassBalanceGrain>(0);

    [Fact]
    public async Task Lots_that_do_not_add_up_are_named_with_their_holders_and_events()
    {
        await using var system = await Silos.Start(folder);
        // 20 kg of one lot, of which 5 leave on a pallet of which alone is told; 10 kg of another, of which the shop gets as much again that nobody sent.
        await system.Record(Told.Made(raw), Told.Made(raw), Told.Made(brine), Packed(raw, 5, 2), Moved("shipping", 3, Told.Dairy, Told.Shop), Moved("receiving", 4, null, Told.Shop), Told.Received(Told.Shop, Told.Counter, 5, brine));
        var sheet = await Balances(system).OfScope(new() { Scope = ScopeJson.Print(new ScopeQuery.Product(Told.Cheese, null, null)) });
        var sum = Assert.Single(sheet.Balances);
        Assert.Equal((Told.Cheese, 30m, 40m, 0m, -10m, 2, 1, false), (sum.Product, sum.Produced, sum.OnHand, sum.InTransit, sum.Unaccounted, sum.Lots, sum.LotsOutside, sum.Holds));
        var outside = Assert.Single(sheet.Outside);
        Assert.Equal((brine, 10m, -10m), (outside.Product, outside.Produced, outside.Unaccounted));
        var one = Assert.Single(outside.Discrepancies);
        Assert.Equal((DiscrepancyKind.ReceivedUnsent, Told.Shop, 10m, 7L), (one.Kind, one.Party, one.Quantity, one.Sequence));
        var ofRaw = Assert.Single((await Balances(system).OfLot(raw, null))!.Balances);
        Assert.Equal([new(Told.Dairy, 15m), new PartyAmount(Told.Shop, 5m)], ofRaw.Parties);
        Assert.True(ofRaw.Holds);
        // While the pallet was on its way, by the sequence of another answer.
        var then = Assert.Single((await Balances(system).OfScope(new() { Scope = ScopeJson.Print(new ScopeQuery.Batch(raw)), AtSequence = 5 })).Balances);
        Assert.Equal((15m, 5m), (then.OnHand, then.InTransit));
    }

    [Fact]
    public async Task A_transformation_is_weighed_over_all_its_events()
    {
        await using var system = await Silos.Start(folder);
        var last = Transformed("urn:ex:out:2", "outputQuantityList", brine, 2_500, "GRM");
        var plain = Told.From([raw], [brine, lot], "urn:ex:plain", 9);
        await system.Record(Told.Made(raw), Transformed("urn:ex:in", "inputQuantityList", raw, 8), Transformed("urn:ex:out:1", "outputQuantityList", brine, 4), last, plain);
        foreach (var id in (string[])["urn:ex:vat", "urn:ex:out:1"])
        {
            var view = (await Balances(system).OfTransformation(id, null))!;
            Assert.Equal((8m, 6.5m, true, 0.8125m, false), (view.InputMass, view.OutputMass, view.IsWeighed, view.Yield, view.Gains));
            Assert.Equal([2L, 3, 4], view.Sequences);
            var output = Assert.Single(view.Outputs);
            Assert.Equal((Told.Cheese, "KGM", 6.5m), (output.Product, output.Uom, output.Quantity));
        }
        var gaining = (await Balances(system).OfTransformation("urn:ex:plain", null))!;
        Assert.Equal((10m, 20m, 2m, true), (gaining.InputMass, gaining.OutputMass, gaining.Yield, gaining.Gains));
        await system.Record(Told.DeclaredWrong(last), Told.DeclaredWrong(plain));
        Assert.Equal(4m, (await Balances(system).OfTransformation("urn:ex:vat", null))!.OutputMass);
        Assert.Null(await Balances(system).OfTransformation("urn:ex:plain", null));
        Assert.Null(await Balances(system).OfTransformation("urn:ex:never", null));
    }

    static string Event(string type, int minute, string members, string? id = null) =>
        $$"""{"type":"{{type}}","eventID":"{{id ?? Told.NewId()}}","eventTime":"2026-03-04T00:0{{minute}}:00Z","eventTimeZoneOffset":"+08:00",{{members}}}""";

    static string Amounts(string list, string code, int quantity, string uom = "KGM") => $$"""
        "{{list}}":[{"epcClass":"{{code}}","quantity":{{quantity}},"uom":"{{uom}}"}]
        """;

    static string Packed(string code, int kilograms, int minute) => Event("AggregationEvent", minute,
        $"\"action\":\"ADD\",\"bizStep\":\"packing\",\"parentID\":\"{Told.Pallet}\",\"bizLocation\":{{\"id\":\"{Told.Cellar}\"}},{Amounts("childQuantityList", code, kilograms)}");

    static string Moved(string step, int minute, string? from, string to) => Event("ObjectEvent", minute,
        $"\"action\":\"OBSERVE\",\"bizStep\":\"{step}\",\"epcList\":[\"{Told.Pallet}\"]{Party("sourceList", "source", from)}{Party("destinationList", "destination", to)}");

    static string Party(string list, string end, string? party) => party is null ? "" : $",\"{list}\":[{{\"type\":\"possessing_party\",\"{end}\":\"{party}\"}}]";

    static string Transformed(string id, string list, string code, int quantity, string uom = "KGM") => Event("TransformationEvent", 5, $"\"transformationID\":\"urn:ex:vat\",{Amounts(list, code, quantity, uom)}", id);
}
