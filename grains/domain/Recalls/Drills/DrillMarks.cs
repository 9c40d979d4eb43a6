using System.Globalization;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Recalls.Drills;

/// <summary>A drill measured by a scheme.</summary>
static class DrillMarks
{
    public static SchemeResult Of(DrillScheme scheme, DrillScore score, DrillProofResult[] proofs)
    {
        var failures = new List<LocalText>();
        if (scheme.WantsForward) Trace(DrillProof.ForwardTrace, new("forward trace", "向下追踪"));
        if (scheme.WantsBackward) Trace(DrillProof.BackwardTrace, new("backward trace", "向上追溯"));
        if (scheme.WantsBalance) Trace(DrillProof.MassBalance, new("mass balance", "数量平衡"));
        if (scheme.NotifiedWithin is { } within) Time(new("everybody told", "全部通知"), score.TimeToNotified, within);
        Share(new("acknowledged after 2 hours", "2小时确认率"), score.AcknowledgedAt2h, scheme.AcknowledgedWithin2h);
        Share(new("acknowledged after 4 hours", "4小时确认率"), score.AcknowledgedAt4h, scheme.AcknowledgedWithin4h);
        Share(new("amount balanced", "数量平衡率"), score.ReconciledPercent ?? 0, scheme.ReconciledPercent);
        return new(scheme.Id, scheme.Trust, failures.Count == 0, [.. failures]);

        void Trace(DrillProof proof, LocalText what)
        {
            var given = proofs.First(one => one.Proof == proof);
            if (scheme.TraceWithin is { } limit) Time(what, given.After, limit);
            else if (!given.IsProven) failures.Add(new($"{what.En}: wanted, not done", $"{what.Zh}：要求完成，未完成"));
        }

        void Time(LocalText what, TimeSpan? took, Period limit)
        {
            if (took <= TimeSpan.FromHours(limit.Count)) return;
            var (en, zh) = took is { } spent ? ($"took {Minutes(spent)} min", $"用时{Minutes(spent)}分钟") : ("not done", "未完成");
            failures.Add(new($"{what.En}: wanted within {limit.Words().En}, {en}", $"{what.Zh}：要求{limit.Words().Zh}内，{zh}"));
        }

        void Share(LocalText what, double percent, double? wanted)
        {
            if (wanted is not { } least || percent >= least - DrillScore.Rounding) return;
            failures.Add(new($"{what.En}: wanted {Number(least)} %, was {Number(percent)} %", $"{what.Zh}：要求{Number(least)}%，实际{Number(percent)}%"));
        }
    }

    // Rounded up: a time that is too long by a second must not read as if it were in time.
    static string Minutes(TimeSpan time) => Math.Ceiling(time.TotalMinutes).ToString(CultureInfo.InvariantCulture);

    // Rounded down, for the same reason.
    static string Number(double percent) => (Math.Floor(percent * 100) / 100).ToString("0.##", CultureInfo.InvariantCulture);
}
