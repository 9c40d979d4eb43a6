using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Domain.Tests.Recalls;

public class RecallStrategyTests
{
    static readonly RecallStrategy good = new(RecallDepth.Consumer, PublicWarning.General, new(EffectivenessLevel.A), ["telephone", "letter"], "Stop selling; return to the maker.");

    [Fact]
    public void A_good_strategy_has_no_problem() => Assert.Empty(good.Problems(RecallClass.I));

    [Fact]
    public void What_is_wrong_is_named_field_by_field() => Assert.Equal(
        ["strategy.depth", "strategy.warning", "strategy.checks.percent", "strategy.means[1]", "strategy.instructions"],
        new RecallStrategy((RecallDepth)7, 0, new(EffectivenessLevel.B), ["telephone", new string('x', 201)], " ").Problems(RecallClass.II).Select(problem => problem.Field));

    [Fact]
    public void A_recall_of_class_I_checks_somebody_and_warns_consumers()
    {
        var lax = good with { Checks = new(EffectivenessLevel.E), Warning = PublicWarning.None };
        Assert.Equal(["strategy.checks.level", "strategy.warning"], lax.Problems(RecallClass.I).Select(problem => problem.Field));
        Assert.Empty(lax.Problems(RecallClass.III));
    }

    [Fact]
    public void Consignees_are_told_in_one_way_at_least_and_ten_at_most()
    {
        Assert.Equal("strategy.means", Assert.Single((good with { Means = [] }).Problems(RecallClass.I)).Field);
        Assert.Equal("strategy.means", Assert.Single((good with { Means = [.. Enumerable.Range(0, 11).Select(n => $"way {n}")] }).Problems(RecallClass.I)).Field);
    }
}
