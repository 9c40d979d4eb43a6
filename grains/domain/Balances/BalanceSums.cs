using System.Runtime.InteropServices;

namespace TraceGrains.Domain.Balances;

/// <summary>Adds lots up by product and keeps those that do not add up.</summary>
sealed class BalanceSums(Func<IReadOnlyList<string>, ValueTask<string?[]>> categoriesOf, BalanceTolerance tolerance)
{
    readonly Dictionary<string, string?> categories = new(StringComparer.Ordinal) { [""] = null };
    readonly Dictionary<(string Product, string Uom), (LotBalance Sum, int Lots, int Outside)> sums = [];
    readonly PriorityQueue<ProductLot, (decimal Missing, int Lot)> outside = new();

    public async ValueTask Add(IEnumerable<ProductLot> lots)
    {
        var all = lots as ICollection<ProductLot> ?? [.. lots];
        var missing = all.Select(lot => lot.Product ?? "").Where(product => !categories.ContainsKey(product)).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            foreach (var (product, category) in missing.Zip(await categoriesOf(missing))) categories[product] = category;
        foreach (var lot in all) Add(lot);
    }

    void Add(ProductLot lot)
    {
        // Units of it are counted; in this measure the same goods would count twice.
        if (lot.Balance.IsToldByUnits) return;
        var product = lot.Product ?? "";
        var holds = tolerance.Holds(lot.Balance, categories[product]);
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (product, lot.Balance.Uom), out var exists);
        sum = exists ? (sum.Sum + lot.Balance, sum.Lots + 1, sum.Outside + (holds ? 0 : 1)) : (lot.Balance with { Parties = [], Discrepancies = [] }, 1, holds ? 0 : 1);
        if (holds) return;
        outside.Enqueue(lot with { Product = product.Length == 0 ? null : product }, (Missing(lot.Balance), -lot.Lot));
        if (outside.Count > BalanceSheet.OutsideMax) outside.Dequeue();
    }

    /// <summary>The share that is missing; of an open balance nobody can tell, so it comes first.</summary>
    static decimal Missing(LotBalance balance) => balance.IsOpen || balance.Total == 0 ? decimal.MaxValue : Math.Abs(balance.Unaccounted) / balance.Total;

    public BalanceSheet Close(int originUnchecked)
    {
        var products = sums.Select(pair => new ProductBalance(pair.Key.Product.Length == 0 ? null : pair.Key.Product, categories[pair.Key.Product], pair.Value.Sum, pair.Value.Lots, pair.Value.Outside))
            .OrderByDescending(product => product.Balance.Total).ThenBy(product => product.Product, StringComparer.Ordinal).ThenBy(product => product.Balance.Uom, StringComparer.Ordinal);
        var listed = new List<ProductLot>();
        while (outside.TryDequeue(out var lot, out _)) listed.Add(lot);
        listed.Reverse();
        return new([.. products], listed, originUnchecked);
    }
}
