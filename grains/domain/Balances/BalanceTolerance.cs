using System.Collections.Frozen;

namespace TraceGrains.Domain.Balances;

/// <summary>
/// How much of what was produced may be unaccounted for, by category of product. No law names these numbers but the first: civil explosives are counted to the piece (民用爆炸物品安全管理条例: issued = used + returned).
/// The others are defaults of the project.
/// </summary>
public static class BalanceTolerance
{
    /// <summary>The attribute by which master data of a product says its category.</summary>
    public const string AttributeId = "urn:tracegrains:voc:category";

    static readonly FrozenDictionary<string, decimal> shares = new Dictionary<string, decimal>
    {
        ["dangerous-goods"] = 0m, ["drug"] = 0m, ["special-equipment"] = 0m, ["farm-input"] = 0.005m, ["food"] = 0.01m, ["farm-produce"] = 0.05m,
    }.ToFrozenDictionary();

    /// <summary>The categories there are.</summary>
    public static IReadOnlyCollection<string> Categories => shares.Keys;

    /// <summary>The share of a category, from 0 to 1; nothing is forgiven where the category is not known.</summary>
    public static decimal Of(string? category) => category is not null && shares.TryGetValue(category, out var share) ? share : 0m;

    /// <summary>Whether a balance adds up within the tolerance; an open one does not.</summary>
    public static bool Holds(LotBalance balance, string? category) => !balance.IsOpen && Math.Abs(balance.Unaccounted) <= balance.Produced * Of(category);
}
