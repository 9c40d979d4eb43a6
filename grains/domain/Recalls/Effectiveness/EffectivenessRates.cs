namespace TraceGrains.Domain.Recalls.Effectiveness;

/// <summary>How well a recall did in one tier.</summary>
/// <param name="Tier">Which.</param>
/// <param name="Listed">Consignees on the list.</param>
/// <param name="Drawn">Of them drawn.</param>
/// <param name="Checked">Of them checked so far.</param>
/// <param name="Reached">Of those, reached.</param>
/// <param name="Notified">Of those, told of the recall.</param>
/// <param name="Acted">Of those, who did what they were asked to.</param>
/// <param name="Effective">For how many the recall worked.</param>
/// <param name="Interval">Where the share for which it worked lies among all on the list, by those checked; who was not reached counts as failed.</param>
public sealed record TierRate(
    RecallDepth Tier, int Listed, int Drawn, int Checked, int Reached, int Notified,
    int Acted, int Effective, WilsonInterval Interval)
{
    /// <summary>The share of those checked for whom it worked; null before the first check.</summary>
    public double? Rate => Checked == 0 ? null : (double)Effective / Checked;
}

/// <summary>Counts results of checks.</summary>
public static class EffectivenessRates
{
    /// <summary>The rates of each tier that was drawn from. Results of consignees that were not drawn do not count: they were not chosen by chance.</summary>
    public static TierRate[] Of(EffectivenessDraw draw, IEnumerable<CheckResult> results)
    {
        var latest = results.GroupBy(result => result.Code).ToDictionary(one => one.Key, one => one.MaxBy(result => result.At)!);
        return [.. draw.Tiers.Select(tier =>
        {
            CheckResult[] seen = [.. tier.Drawn.Where(latest.ContainsKey).Select(code => latest[code])];
            var effective = seen.Count(result => result.IsEffective);
            return new TierRate(tier.Tier, tier.Listed, tier.Drawn.Length, seen.Length, seen.Count(result => result.Reached), seen.Count(result => result.Notified), seen.Count(result => result.Acted), effective,
                WilsonInterval.Of(effective, seen.Length));
        })];
    }
}
