namespace TraceGrains.Domain.Recalls.Drills;

/// <summary>Where a measure is going.</summary>
public enum TrendDirection
{
    /// <summary>One drill or none: nothing to compare.</summary>
    None = 0,
    /// <summary>The last drill did better than the ones before.</summary>
    Better = 1,
    /// <summary>As well.</summary>
    Same = 2,
    /// <summary>Worse.</summary>
    Worse = 3,
}

/// <summary>One measure over several drills.</summary>
/// <param name="Measure">Its name, as in <see cref="DrillScore"/>, such as <c>timeToNotified</c>.</param>
/// <param name="Values">Its values, oldest drill first: minutes of times, percentages; null where a drill never got there.</param>
/// <param name="Median">The middle of the drills before the last that got there; null when none did.</param>
/// <param name="Direction">The last drill against that.</param>
public sealed record MeasureTrend(string Measure, double?[] Values, double? Median, TrendDirection Direction);

/// <summary>How drills develop.</summary>
/// <param name="Drills">How many.</param>
/// <param name="Measures">Each measure.</param>
/// <param name="Passed">For each scheme, how many of the drills passed.</param>
/// <param name="NextDue">For each scheme, when the next drill is due by the last one; empty while there was none.</param>
public sealed record DrillTrend(
    int Drills, MeasureTrend[] Measures, Dictionary<string, int> Passed,
    Dictionary<string, DateTimeOffset> NextDue)
{
    static readonly (string Name, bool LessIsBetter, Func<DrillScore, double?> Of)[] measures =
    [
        ("timeToScope", true, score => score.TimeToScope?.TotalMinutes),
        ("timeToNotified", true, score => score.TimeToNotified?.TotalMinutes),
        ("acknowledgedAt2h", false, score => score.AcknowledgedAt2h),
        ("acknowledgedAt4h", false, score => score.AcknowledgedAt4h),
        ("reconciledPercent", false, score => score.ReconciledPercent),
        ("proven", false, score => score.Proven),
    ];

    /// <summary>The trend of some drills, in any order.</summary>
    /// <param name="scores">Their scores.</param>
    /// <param name="schemes">By which schemes; the committed ones when null.</param>
    public static DrillTrend Of(IEnumerable<DrillScore> scores, IReadOnlyList<DrillScheme>? schemes = null)
    {
        DrillScore[] drills = [.. scores.OrderBy(score => score.StartedAt)];
        schemes ??= DrillScheme.Standard;
        return new(drills.Length, [.. measures.Select(measure => Of(measure.Name, measure.LessIsBetter, [.. drills.Select(measure.Of)]))],
            schemes.ToDictionary(scheme => scheme.Id, scheme => drills.Count(drill => drill.Schemes.Any(result => result.Scheme == scheme.Id && result.Passed))),
            drills is [.., var last] ? schemes.ToDictionary(scheme => scheme.Id, scheme => last.StartedAt.AddMonths(scheme.EveryMonths)) : []);
    }

    static MeasureTrend Of(string name, bool lessIsBetter, double?[] values)
    {
        if (values.Length < 2) return new(name, values, null, TrendDirection.None);
        double[] before = [.. values[..^1].OfType<double>().Order()];
        double? median = before.Length == 0 ? null : (before[(before.Length - 1) / 2] + before[before.Length / 2]) / 2;
        var direction = (values[^1], median) switch
        {
            (null, null) => TrendDirection.Same,
            (null, _) => TrendDirection.Worse,
            (_, null) => TrendDirection.Better,
            var (last, middle) when Math.Abs(last.Value - middle.Value) <= DrillScore.Rounding => TrendDirection.Same,
            var (last, middle) => last < middle == lessIsBetter ? TrendDirection.Better : TrendDirection.Worse,
        };
        return new(name, values, median, direction);
    }
}
