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
                Product = Lot, Uom = "KGM", Produced = 10, OnHand = 1, InTransit = 2, Used = 3, Sold = 1.5m, Destroyed = 1, Sampled = 0.25m, Returned = 0.5m, Unaccounted = 1.25m, Category = "food", Tolerance = 0.01m,
                Parties = [new("urn:ex:shop", 1)], Discrepancies = [new() { Kind = DiscrepancyKind.CountedLess, Party = "urn:ex:shop", Quantity = 1.25m, Sequence = 5 }],
            }],
        };
        const string fields = "holds asOfSequence lotsLeftOut balances { product uom produced onHand inTransit used sold destroyed sampled returned unaccounted isOpen category tolerance holds parties { party quantity } discrepancies { kind party quantity sequence } }";
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
}
