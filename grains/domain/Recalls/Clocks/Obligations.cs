using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>Everything that the regimes of a recall want done, as it stands at an instant.</summary>
[GenerateSerializer, Immutable, Alias("tg.Obligations")]
public sealed record Obligations
{
    /// <summary>By due time, those without one last; then by id.</summary>
    [Id(0)] public required Obligation[] Items { get; set; }

    /// <summary>Regimes of the case that the catalog does not know: nothing is counted for them.</summary>
    [Id(1)] public required string[] UnknownRegimes { get; set; }

    /// <summary>The next instant at which anything here changes if nobody does anything; null when nothing does.</summary>
    [Id(2)] public DateTimeOffset? NextChange { get; set; }

    /// <summary>The highest level that anything has gone up to.</summary>
    public EscalationLevel Level => Items.Length == 0 ? EscalationLevel.None : Items.Max(item => item.Level);

    /// <summary>Works them out: a function of what happened, the calendar and the catalog alone.</summary>
    /// <param name="facts">What happened, and the time.</param>
    /// <param name="calendar">By whose days all regimes are counted.</param>
    /// <param name="catalog">The regimes; the committed ones when null.</param>
    public static Obligations Of(ClockFacts facts, WorkingCalendar calendar, RegimeCatalog? catalog = null)
    {
        catalog ??= RegimeCatalog.Standard;
        var ids = facts.Regimes.Distinct().ToArray();
        var items = new List<Obligation>();
        foreach (var regime in ids.Select(catalog.Find).OfType<RecallRegime>())
            foreach (var clock in regime.Clocks)
            {
                // Where the depth is not decided, obligations towards consumers count: better one too many.
                if (clock.Depth is { } depth && facts.Depth is { } decided && decided < depth) continue;
                var counting = new ClockCounting(facts, calendar, catalog.Escalation, regime, clock);
                items.AddRange(clock.Within is { } within ? counting.Once(within) : counting.Series());
            }
        items.Sort(Order);
        return new()
        {
            Items = [.. items], UnknownRegimes = [.. ids.Where(id => catalog.Find(id) is null)],
            NextChange = items.Min(item => item.NextChangeAt),
        };
    }

    static int Order(Obligation left, Obligation right) =>
        (left.Due ?? DateTimeOffset.MaxValue).CompareTo(right.Due ?? DateTimeOffset.MaxValue) is var byDue and not 0 ? byDue
        : string.CompareOrdinal(left.Regime, right.Regime) is var byRegime and not 0 ? byRegime
        : string.CompareOrdinal(left.Clock, right.Clock) is var byClock and not 0 ? byClock : left.Number.CompareTo(right.Number);
}
