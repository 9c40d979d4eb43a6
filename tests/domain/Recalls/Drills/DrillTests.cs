using CsCheck;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Drills;

namespace TraceGrains.Domain.Tests.Recalls.Drills;

public class DrillTests
{
    static readonly DateTimeOffset t0 = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Ten holders, told in half an hour; acknowledged after 20, 40, … 200 minutes.</summary>
    static readonly DrillFacts good = new()
    {
        StartedAt = t0, ScopeKnownAt = t0.AddSeconds(2), ForwardTracedAt = t0.AddSeconds(2), BackwardTracedAt = t0.AddMinutes(1), BalancedAt = t0.AddMinutes(90), Holders = 10,
        NotifiedAt = [.. Enumerable.Range(1, 10).Select(n => t0.AddMinutes(3 * n))], AcknowledgedAt = [.. Enumerable.Range(1, 10).Select(n => t0.AddMinutes(20 * n))],
        Quantities = [new("KGM", 1_000, 1_000), new("EA", 200, 200)], CorrectedAt = t0.AddDays(1),
    };

    static DrillScore Score(DrillFacts facts)
    {
        Assert.True(DrillScore.TryScore(facts, null, out var score, out var problem), problem?.ToString());
        return score;
    }

    static bool Passed(DrillScore score, string scheme) => score.Schemes.Single(result => result.Scheme == scheme).Passed;

    [Fact]
    public void A_good_drill_proves_all_five_and_passes_every_scheme()
    {
        var score = Score(good);
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(30), 100, 60, 100, 100, 5),
            (score.TimeToScope, score.TimeToNotified, score.NotifiedPercent, score.AcknowledgedAt2h, score.AcknowledgedAt4h, score.ReconciledPercent, score.Proven));
        Assert.Equal(["brcgs", "sqf", "ifs", "two-hours"], score.Schemes.Select(result => result.Scheme));
        Assert.All(score.Schemes, result => Assert.True(result.Passed, string.Join('\n', result.Failures.Select(failure => failure.En))));
    }

    [Fact]
    public void A_balance_after_three_hours_is_in_time_for_brcgs_and_too_late_for_the_two_hours()
    {
        var score = Score(good with { BalancedAt = t0.AddHours(3) });
        Assert.True(Passed(score, "brcgs"));
        var failed = score.Schemes.Single(result => result.Scheme == "two-hours");
        Assert.Equal("mass balance: wanted within 2 hours, took 180 min", Assert.Single(failed.Failures).En);
        Assert.Equal(SourceTrust.NotVerified, failed.Trust);
        Assert.False(Passed(Score(good with { BalancedAt = t0.AddHours(4).AddSeconds(1) }), "brcgs"));
        Assert.True(Passed(Score(good with { BalancedAt = t0.AddHours(4) }), "brcgs"));
    }

    [Fact]
    public void One_holder_who_was_not_told_is_no_communication()
    {
        var score = Score(good with { NotifiedAt = [.. good.NotifiedAt.Skip(1)] });
        Assert.Equal((null, 90, 4), (score.TimeToNotified, score.NotifiedPercent, score.Proven));
        var proof = score.Proofs.Single(proof => !proof.IsProven);
        Assert.Equal((DrillProof.Communication, "9 of 10 holders told"), (proof.Proof, proof.Why.En));
        Assert.False(Passed(score, "two-hours"));
        Assert.True(Passed(score, "brcgs"));
    }

    [Fact]
    public void The_unit_of_measure_that_does_worst_counts_and_too_much_counts_as_too_little()
    {
        Assert.Equal(90, Score(good with { Quantities = [new("KGM", 1_000, 1_000), new("EA", 200, 180)] }).ReconciledPercent);
        Assert.Equal(90, Score(good with { Quantities = [new("KGM", 1_000, 1_100), new("EA", 200, 200)] }).ReconciledPercent);
        Assert.Equal(0, Score(good with { Quantities = [new("KGM", 100, 300)] }).ReconciledPercent);
        Assert.Equal(100, Score(good with { Quantities = [new("KGM", 0, 0)] }).ReconciledPercent);
        Assert.False(Passed(Score(good with { Quantities = [new("KGM", 1_000, 999.99m)] }), "two-hours"));
    }

    [Fact]
    public void A_drill_that_found_nobody_told_everybody_once_it_knew()
    {
        var nobody = good with { Holders = 0, NotifiedAt = [], AcknowledgedAt = [] };
        Assert.Equal((TimeSpan.FromSeconds(2), 100), (Score(nobody).TimeToNotified, Score(nobody).AcknowledgedAt2h));
        Assert.Null(Score(nobody with { ScopeKnownAt = null }).TimeToNotified);
    }

    [Fact]
    public void What_was_never_done_is_not_proven_and_fails()
    {
        var score = Score(new() { StartedAt = t0, Holders = 3 });
        Assert.Equal(0, score.Proven);
        Assert.All(score.Schemes, result => Assert.False(result.Passed));
        Assert.Equal("forward trace: wanted, not done", score.Schemes.Single(result => result.Scheme == "sqf").Failures[0].En);
    }

    [Theory]
    [InlineData("holders")]
    [InlineData("notifiedAt")]
    [InlineData("acknowledgedAt")]
    [InlineData("balancedAt")]
    [InlineData("quantities[1].unit")]
    [InlineData("quantities[0]")]
    public void Facts_that_cannot_be_are_refused_by_field(string field)
    {
        var facts = field switch
        {
            "holders" => good with { Holders = -1 },
            "notifiedAt" => good with { Holders = 9 },
            "acknowledgedAt" => good with { AcknowledgedAt = [t0.AddSeconds(-1)] },
            "balancedAt" => good with { BalancedAt = t0.AddSeconds(-1) },
            "quantities[1].unit" => good with { Quantities = [new("KGM", 1, 1), new("KGM", 2, 2)] },
            _ => good with { Quantities = [new("KGM", -1, 1)] },
        };
        Assert.False(DrillScore.TryScore(facts, null, out _, out var problem));
        Assert.Equal(field, problem.Field);
    }

    [Fact]
    public void Faster_is_never_worse() => Gen.Select(Gen.Int[0, 400].Array[1, 20], Gen.Int[0, 400]).Sample((minutes, sooner) =>
    {
        DrillFacts Of(IEnumerable<int> all) => good with { Holders = minutes.Length, NotifiedAt = [.. all.Select(n => t0.AddMinutes(n))], AcknowledgedAt = [.. all.Select(n => t0.AddMinutes(n))] };
        var (slow, fast) = (Score(Of(minutes)), Score(Of(minutes.Select(n => Math.Max(0, n - sooner)))));
        Assert.True(fast.TimeToNotified <= slow.TimeToNotified && fast.AcknowledgedAt2h >= slow.AcknowledgedAt2h && slow.AcknowledgedAt2h <= slow.AcknowledgedAt4h);
        Assert.All(slow.Schemes.Zip(fast.Schemes), pair => Assert.True(pair.Second.Passed || !pair.First.Passed));
    });

    [Fact]
    public void A_trend_compares_the_last_drill_with_those_before()
    {
        var first = Score(good with { ScopeKnownAt = t0.AddMinutes(10), BalancedAt = t0.AddHours(9) });
        var second = Score(good with { ScopeKnownAt = t0.AddMinutes(20), Quantities = [new("EA", 100, 90)] });
        var last = Score(good with { StartedAt = t0.AddMinutes(-1), ScopeKnownAt = t0.AddMinutes(4) }) with { StartedAt = t0.AddYears(1), TimeToNotified = null };
        var trend = DrillTrend.Of([last, first, second]);
        var scope = trend.Measures.Single(measure => measure.Measure == "timeToScope");
        Assert.Equal((15.0, TrendDirection.Better), (scope.Median, scope.Direction));
        Assert.Equal([10.0, 20.0, 5.0], scope.Values);
        Assert.Equal(TrendDirection.Worse, trend.Measures.Single(measure => measure.Measure == "timeToNotified").Direction);
        Assert.Equal(TrendDirection.Better, trend.Measures.Single(measure => measure.Measure == "reconciledPercent").Direction);
        Assert.Equal(TrendDirection.Same, trend.Measures.Single(measure => measure.Measure == "proven").Direction);
        Assert.Equal((3, 2, t0.AddYears(2)), (trend.Drills, trend.Passed["brcgs"], trend.NextDue["brcgs"]));
    }

    [Fact]
    public void Of_one_drill_there_is_no_trend()
    {
        Assert.All(DrillTrend.Of([Score(good)]).Measures, measure => Assert.Equal(TrendDirection.None, measure.Direction));
        Assert.Empty(DrillTrend.Of([]).NextDue);
    }

    [Theory]
    [InlineData("\"everyMonths\": 0", "schemes[0].everyMonths")]
    [InlineData("\"everyMonths\": 12, \"traceWithin\": \"1d\"", "schemes[0].traceWithin")]
    [InlineData("\"everyMonths\": 12, \"reconciledPercent\": 101", "schemes[0].reconciledPercent")]
    public void A_scheme_that_cannot_be_meant_is_refused_by_field(string rest, string field)
    {
        var json = $$"""{"schemes": [{"id": "x", "name": {"en": "X", "zh": "X"}, "clause": "1", "trust": "verified", "source": "test", "wantsForward": true, "wantsBackward": true, "wantsBalance": true, {{rest}}}]}""";
        Assert.False(DrillScheme.TryRead(json, out _, out var problem));
        Assert.Equal(field, problem.Field);
    }
}
