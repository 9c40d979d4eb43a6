using System.Collections.Frozen;

namespace TraceGrains.Domain.Balances;

/// <summary>How much may be unaccounted for, as shares of everything there ever was, from 0 to 1.</summary>
/// <param name="Measured">Of what is weighed or measured: it dries, spills and sticks.</param>
/// <param name="Counted">Of what is counted in pieces.</param>
public readonly record struct ToleranceShares(decimal Measured, decimal Counted);

/// <summary>
/// How much of a product may be unaccounted for, by its category. No law names these numbers but the first: civil explosives are counted to the piece (民用爆炸物品安全管理条例: issued = used + returned).
/// The others are defaults of the project, to be set otherwise where a trade knows better.
/// </summary>
public sealed class BalanceTolerance
{
    /// <summary>The attribute by which master data of a product says its category.</summary>
    public const string AttributeId = "urn:tracegrains:voc:category";

    static readonly Dictionary<string, ToleranceShares> defaults = new()
    {
        ["dangerous-goods"] = new(0m, 0m), ["drug"] = new(0m, 0m), ["special-equipment"] = new(0m, 0m), ["farm-input"] = new(0.005m, 0m), ["food"] = new(0.01m, 0m), ["farm-produce"] = new(0.05m, 0.05m),
    };

    readonly FrozenDictionary<string, ToleranceShares> shares;

    BalanceTolerance(IEnumerable<KeyValuePair<string, ToleranceShares>> shares) => this.shares = shares.ToFrozenDictionary();

    /// <summary>The project's defaults.</summary>
    public static BalanceTolerance Default { get; } = new(defaults);

    /// <summary>The defaults with some categories set otherwise or added.</summary>
    public static BalanceTolerance With(IReadOnlyDictionary<string, ToleranceShares> others) => new(defaults.Where(pair => !others.ContainsKey(pair.Key)).Concat(others));

    /// <summary>The categories there are.</summary>
    public IReadOnlyCollection<string> Categories => shares.Keys;

    /// <summary>The share of a category in a base unit of measure (empty counts pieces); nothing is forgiven where the category is not known.</summary>
    public decimal Of(string? category, string uom) => category is not null && shares.TryGetValue(category, out var share) ? uom.Length == 0 ? share.Counted : share.Measured : 0m;

    /// <summary>
    /// Whether a balance adds up within the tolerance. An open one does not, and what was stolen is no shrinkage; what the units of the lot tell again need not.
    /// </summary>
    public bool Holds(LotBalance balance, string? category) =>
        balance.IsToldByUnits || (!balance.IsOpen && balance.Lost == 0 && Math.Abs(balance.Unaccounted) <= balance.Total * Of(category, balance.Uom));
}
