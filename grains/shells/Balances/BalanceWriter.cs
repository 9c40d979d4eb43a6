using TraceGrains.Contracts.Balances;
using TraceGrains.Domain.Balances;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Balances;

/// <summary>Writes balances out in codes.</summary>
sealed class BalanceWriter(ILedger ledger, BalanceTolerance tolerance)
{
    readonly Names names = new(ledger);

    public async ValueTask<BalanceAnswer> Write(BalanceSheet sheet, long bound)
    {
        await names.Load(sheet.Outside.Select(lot => lot.Lot));
        var categories = sheet.Products.GroupBy(product => product.Product ?? "", StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Category, StringComparer.Ordinal);
        return new()
        {
            AsOfSequence = bound, OriginUnchecked = sheet.OriginUnchecked,
            Balances = [.. sheet.Products.Select(product => View(product.Product, product.Category, product.Balance) with { Lots = product.Lots, LotsOutside = product.LotsOutside, Holds = product.LotsOutside == 0 })],
            Outside = await Lots(sheet.Outside.Select(lot => (names[lot.Lot], categories[lot.Product ?? ""], lot.Balance))),
        };
    }

    /// <summary>Lots one by one, with who has how much and what does not add up.</summary>
    public async ValueTask<BalanceView[]> Lots(IEnumerable<(string? Code, string? Category, LotBalance Balance)> lots)
    {
        var all = lots.ToList();
        await names.Load(all.SelectMany(lot => lot.Balance.Parties.Select(party => party.Party).Concat(lot.Balance.Discrepancies.Select(one => one.Party))));
        return [.. all.Select(lot => View(lot.Code, lot.Category, lot.Balance) with
        {
            Lots = 1, LotsOutside = tolerance.Holds(lot.Balance, lot.Category) ? 0 : 1,
            Parties = [.. lot.Balance.Parties.Select(party => new PartyAmount(names[party.Party], party.OnHand, party.InTransit))
                .OrderByDescending(party => party.Quantity).ThenByDescending(party => party.InTransit).ThenBy(party => party.Party, StringComparer.Ordinal)],
            Discrepancies = [.. lot.Balance.Discrepancies.Select(one => new DiscrepancyView { Kind = one.Kind, Party = names[one.Party], Quantity = one.Quantity, Sequence = one.Sequence == 0 ? null : one.Sequence })],
        })];
    }

    BalanceView View(string? code, string? category, LotBalance balance) => new()
    {
        Product = code, Uom = balance.Uom.Length == 0 ? null : balance.Uom, Produced = balance.Produced, Opening = balance.Opening, OnHand = balance.OnHand, InTransit = balance.InTransit, Used = balance.Used,
        Sold = balance.Sold, Destroyed = balance.Destroyed, Sampled = balance.Sampled, Returned = balance.Returned, Lost = balance.Lost, Unaccounted = balance.Unaccounted, IsOpen = balance.IsOpen,
        IsToldByUnits = balance.IsToldByUnits, Category = category, Tolerance = tolerance.Of(category, balance.Uom), Holds = tolerance.Holds(balance, category),
    };
}
