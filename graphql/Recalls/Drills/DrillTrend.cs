using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Drills;
using TraceGrains.GraphQL.Recalls.Drills;

namespace TraceGrains.GraphQL.Recalls.Drills
{
    [Description("Where a measure is going: the last drill against the median of those before.")]
    public enum DrillDirection
    {
        [Description("One drill or none: nothing to compare.")]
        None = TrendDirection.None,
        [Description("Better.")]
        Better = TrendDirection.Better,
        [Description("As well.")]
        Same = TrendDirection.Same,
        [Description("Worse.")]
        Worse = TrendDirection.Worse,
    }

    [Description("How drills develop.")]
    public sealed class DrillTrend(IReadOnlyList<string> cases, Domain.Recalls.Drills.DrillTrend trend)
    {
        [Description("How many were looked at: those that are completed or closed.")]
        public int Drills => trend.Drills;

        [Description("Their cases, oldest first; values of measures are in this order.")]
        public IReadOnlyList<string> Cases => cases;

        [Description("Each measure.")]
        public IReadOnlyList<DrillMeasure> Measures => [.. trend.Measures.Select(measure => new DrillMeasure(measure))];

        [Description("What certification schemes make of them.")]
        public IReadOnlyList<DrillSchemeTrend> Schemes => [.. trend.Passed.Select(scheme => new DrillSchemeTrend(scheme.Key, scheme.Value, trend.NextDue.TryGetValue(scheme.Key, out var due) ? due : null))];
    }

    [Description("One measure over several drills.")]
    public sealed class DrillMeasure(MeasureTrend trend)
    {
        [Description("timeToScope and timeToNotified in minutes, acknowledgedAt2h, acknowledgedAt4h and reconciledPercent in percent, proven in proofs of five.")]
        public string Measure => trend.Measure;

        [Description("Its values, oldest drill first; null where a drill never got there.")]
        public IReadOnlyList<double?> Values => trend.Values;

        [Description("The median of the drills before the last; null where none got there.")]
        public double? Median => trend.Median;

        [Description("The last drill against that.")]
        public DrillDirection Direction => (DrillDirection)trend.Direction;
    }

    [Description("What a certification scheme makes of the drills.")]
    public sealed class DrillSchemeTrend(string scheme, int passed, DateTimeOffset? nextDue)
    {
        [Id]
        [Description("The scheme, such as brcgs.")]
        public string Scheme => scheme;

        [Description("How many of them met it.")]
        public int Passed => passed;

        [Description("When the next drill is due by the last one; null where there was none.")]
        public DateTimeOffset? NextDue => nextDue;
    }
}

namespace TraceGrains.GraphQL
{
    public sealed partial class Query
    {
        /// <summary>Cases looked through for drills at a time.</summary>
        const int CasesAtOnce = 200;

        [Complexity(Limits.PreviewWeight)]
        [Description("How drills develop: the last ones that are completed or closed, oldest first.")]
        public static async Task<Recalls.Drills.DrillTrend> DrillTrend(
            [FromServices] IGrainFactory grains, [Description("How many at most, the last ones, 2 to 50.")] int last = 12, [Description("Only drills of cases that were opened by this party, in any spelling of its code.")] string? openedBy = null)
        {
            Limits.Check(last, 2, 50, "last");
            var opener = Codes.Canonical(openedBy, "openedBy");
            var found = new List<(string Case, DateTimeOffset OpenedAt)>();
            for (string? after = null; ;)
            {
                var ids = await grains.GetGrain<IRecallCasesGrain>(0).After(after, CasesAtOnce);
                foreach (var view in (await Task.WhenAll(ids.Select(id => grains.GetGrain<IRecallCaseGrain>(id).View()))).OfType<CaseView>())
                    if (view is { Mode: CaseMode.Drill, State: CaseState.Completed or CaseState.Terminated } && (opener is null || view.OpenedBy == opener)) found.Add((view.Id, view.OpenedAt));
                if (ids.Length < CasesAtOnce) break;
                after = ids[^1];
            }
            string[] cases = [.. found.OrderBy(one => one.OpenedAt).TakeLast(last).Select(one => one.Case)];
            var drills = (await Task.WhenAll(cases.Select(async id => (Id: id, Drill: await grains.GetGrain<IRecallCaseGrain>(id).Drill())))).Where(one => one.Drill is not null).OrderBy(one => one.Drill!.StartedAt).ToList();
            return new([.. drills.Select(one => one.Id)], Domain.Recalls.Drills.DrillTrend.Of(drills.Select(one => FiguresOf(one.Drill!))));
        }

        static DrillFigures FiguresOf(DrillView drill) => new(
            drill.StartedAt, drill.MinutesToScope, drill.MinutesToNotified, drill.AcknowledgedAt2h, drill.AcknowledgedAt4h, drill.ReconciledPercent, drill.Proofs.Count(proof => proof.IsProven),
            [.. drill.Schemes.Where(scheme => scheme.Passed).Select(scheme => scheme.Scheme)]);
    }
}
