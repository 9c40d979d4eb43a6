using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Balances;

namespace TraceGrains.GraphQL.Tests;

public sealed class MassBalanceTests
{
    const string Lot = "https://id.gs1.org/01/10614141123459/10/L1", LotUrn = "urn:epc:class:lgtin:0614141.112345.L1", Recall = "urn:tracegrains:recall:0199d0a4-7c1e-7cc0-8000-000000000001";

    [Fact]
    public async Task Balances_of_lots_scopes_and_recalls_are_shown()
    {
        await using var surface = await Surface.Start();
        surface.Grains.AddRecall(new RecallView { Id = Recall, Class = Domain.Recalls.RecallClass.I });
        surface.Grains.Balance = new()
        {
            AsOfSequence = 7, Balances = [new()
            {
                Product = Lot, Uom = "KGM", Produced = 10, OnHand = 1, InTransit = 2, Used = 3, Sold = 1.5m, Destroyed = 1, Sampled = 0.25m, Returned = 0.5m, Unaccounted = 1.25m, Category = "food", Tolerance = 0.01m, Opening = 0.5m, Lost = 0.25m, Lots = 1, LotsOutside = 1,
                Parties = [new("urn:ex:shop", 1, 2)], Discrepancies = [new() { Kind = DiscrepancyKind.CountedLess, Party = "urn:ex:shop", Quantity = 1.25m, Sequence = 5 }],
            }],
        };
        const string fields = "holds asOfSequence originUnchecked outside { product } balances { product uom produced opening onHand inTransit used sold destroyed sampled returned lost unaccounted isOpen isToldByUnits category tolerance holds lots lotsOutside parties { party quantity inTransit } discrepancies { kind party quantity sequence } }";
        var data = await surface.Data($$"""
            { massBalance(code: "{{LotUrn}}") { {{fields}} } recallPreview(scope: { batch: "{{LotUrn}}" }) { balance { holds } } recall(id: "{{Recall}}") { balance { asOfSequence } } }
            """);
        var balance = data.GetProperty("massBalance").GetProperty("balances")[0];
        Assert.Equal((Lot, "KGM", "10", "1.25", "food", "COUNTED_LESS", "5"), (balance.Text("product"), balance.Text("uom"), balance.Text("produced"), balance.Text("unaccounted"), balance.Text("category"), balance.Text("discrepancies", 0, "kind"), balance.Text("discrepancies", 0, "sequence")));
        Assert.Equal(("False", "False", "7"), (data.Text("massBalance", "holds"), data.Text("recallPreview", "balance", "holds"), data.Text("recall", "balance", "asOfSequence")));
        Assert.Equal(new[] { Lot, Recall, $$"""{"batch":"{{Lot}}"}""" }.Order(), surface.Grains.Balanced.Order());
        surface.Grains.Balance = null;
        Assert.Null((await surface.Data($$"""{ massBalance(code: "{{LotUrn}}") { holds } }""")).Text("massBalance"));
    }

    [Fact]
    public async Task A_transformation_is_found_by_any_spelling_of_its_code_and_by_the_id_of_its_events()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Transformations["https://id.gs1.org/253/0614141000005A"] = new() { InputMass = 8, OutputMass = 6.5m, IsWeighed = true, Yield = 0.8125m, Sequences = [2, 3], Inputs = [new() { Product = Lot, Uom = "KGM", Quantity = 8 }] };
        var data = await surface.Data("""
            { transformationBalance(id: "urn:epc:id:gdti:0614141.00000.A") { yield gains isWeighed inputMass outputMass isCut asOfSequence sequences inputs { product uom quantity } outputs { product } } none: transformationBalance(id: "urn:ex:never") { yield } }
            """);
        Assert.Equal(("0.8125", "False", "3", "8", null), (data.Text("transformationBalance", "yield"), data.Text("transformationBalance", "gains"), data.Text("transformationBalance", "sequences", 1),
            data.Text("transformationBalance", "inputs", 0, "quantity"), data.Text("none")));
        Assert.Equal("id", (await surface.Error("""{ transformationBalance(id: "") { yield } }""")).Text("extensions", "field"));
    }
}
