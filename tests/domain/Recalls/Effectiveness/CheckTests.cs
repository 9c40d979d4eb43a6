using CsCheck;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Domain.Tests.Recalls.Effectiveness;

public class CheckTests
{
    static readonly DateTimeOffset t0 = new(2026, 3, 5, 9, 0, 0, TimeSpan.FromHours(8));

    static Dictionary<string, string> Good => new()
    {
        ["reached"] = "yes", ["person"] = "Shopkeeper", ["notified"] = "yes", ["notified-by"] = "telephone", ["notified-at"] = "2026-03-02T10:30+08:00", ["had-goods"] = "yes", ["found"] = "12.5", ["acted"] = "yes",
        ["left"] = "0", ["sold-on"] = "no", ["harm"] = "no",
    };

    static CheckResult Result(string code, Dictionary<string, string> answers, DateTimeOffset? at = null)
    {
        Assert.True(CheckResult.TryRead(Questionnaire.Standard, code, at ?? t0, CheckMethod.Telephone, answers, out var result, out var problems), string.Join('\n', problems));
        return result;
    }

    static Dictionary<string, string> With(Dictionary<string, string> answers, params (string Id, string? Answer)[] changes)
    {
        foreach (var (id, answer) in changes)
        {
            answers.Remove(id);
            if (answer is not null) answers[id] = answer;
        }
        return answers;
    }

    [Fact]
    public void A_consignee_who_was_told_and_acted_is_one_for_whom_it_worked()
    {
        var result = Result("urn:a", Good);
        Assert.Equal((true, true, true, 12.5m, 0m, false, true), (result.Reached, result.Notified, result.Acted, result.QuantityFound, result.QuantityLeft, result.IsChainBroken, result.IsEffective));
    }

    [Fact]
    public void Who_says_done_with_goods_still_for_sale_has_not_acted() => Assert.Equal((false, false), (Result("urn:a", With(Good, ("left", "0.5"))).Acted, Result("urn:a", With(Good, ("left", "0.5"))).IsEffective));

    [Fact]
    public void Who_sold_on_and_told_nobody_breaks_the_chain()
    {
        Assert.False(Result("urn:a", With(Good, ("sold-on", "yes"), ("passed-on", "no"))).IsEffective);
        Assert.True(Result("urn:a", With(Good, ("sold-on", "yes"), ("passed-on", "yes"))).IsEffective);
    }

    [Fact]
    public void Who_was_not_reached_is_asked_nothing_more()
    {
        Assert.False(Result("urn:a", new() { ["reached"] = "no", ["remarks"] = "closed" }).IsEffective);
        Assert.False(CheckResult.TryRead(Questionnaire.Standard, "urn:a", t0, CheckMethod.Visit, With(Good, ("reached", "no")), out _, out var problems));
        Assert.Contains(problems, problem => problem.Field == "answers.person");
        // Not asked because what it hangs on was not asked either.
        Assert.Contains(problems, problem => problem.Field == "answers.notified-by");
    }

    [Theory]
    [InlineData("harm", null)]
    [InlineData("harm", "maybe")]
    [InlineData("found", "-1")]
    [InlineData("found", "12,5")]
    [InlineData("notified-by", "pigeon")]
    [InlineData("notified-at", "yesterday")]
    [InlineData("passed-on", "yes")]
    [InlineData("colour", "red")]
    public void An_answer_that_does_not_fit_is_refused_by_question(string id, string? answer)
    {
        Assert.False(CheckResult.TryRead(Questionnaire.Standard, "urn:a", t0, CheckMethod.Visit, With(Good, (id, answer)), out _, out var problems));
        Assert.Equal($"answers.{id}", Assert.Single(problems).Field);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(8, 10, 0.4902, 0.9433)]
    [InlineData(81, 263, 0.2553, 0.3662)] // Newcombe 1998, table I, method 3
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 0, 0, 1)]
    public void Wilsons_interval_is_that_of_the_literature(int successes, int trials, double lower, double upper)
    {
        var interval = WilsonInterval.Of(successes, trials);
        Assert.Equal(lower, interval.Lower, 0.0001);
        Assert.Equal(upper, interval.Upper, 0.0001);
    }

    [Fact]
    public void An_interval_holds_its_share_and_narrows() => Gen.Select(Gen.Int[1, 500], Gen.Double[0, 1]).Sample((trials, part) =>
    {
        var successes = (int)(trials * part);
        var (few, many) = (WilsonInterval.Of(successes, trials), WilsonInterval.Of(successes * 4, trials * 4));
        Assert.InRange((double)successes / trials, few.Lower, few.Upper);
        Assert.True(0 <= few.Lower && few.Upper <= 1 && many.Upper - many.Lower < few.Upper - few.Lower);
    });

    [Fact]
    public void Rates_count_those_drawn_by_tier_and_the_latest_check_of_each()
    {
        const string seed = "3f1c5a0e9b7d42668812c0ffee00aa55d3e4b6a79f018c2d4e6f80917263544a";
        Consignee[] list = [.. Enumerable.Range(0, 20).Select(n => new Consignee($"urn:w:{n}", RecallDepth.Wholesale)), .. Enumerable.Range(0, 40).Select(n => new Consignee($"urn:r:{n}", RecallDepth.Retail))];
        Assert.True(EffectivenessDraw.TryDraw(new(EffectivenessLevel.C), DrawSeed.Commit(seed), seed, list, out var draw, out _));
        var (wholesale, retail) = (draw.Tiers[0].Drawn, draw.Tiers[1].Drawn);
        Assert.Equal((2, 4), (wholesale.Length, retail.Length));
        var volunteer = list.First(consignee => consignee.Tier == RecallDepth.Retail && !retail.Contains(consignee.Code)).Code;
        var rates = EffectivenessRates.Of(draw,
        [
            Result(retail[0], new() { ["reached"] = "no" }), Result(retail[0], Good, t0.AddHours(1)), Result(retail[1], With(Good, ("notified", "no"), ("notified-by", null), ("notified-at", null))),
            Result(retail[2], new() { ["reached"] = "no" }), Result(volunteer, Good),
        ]);
        Assert.Equal(new TierRate(RecallDepth.Wholesale, 20, 2, 0, 0, 0, 0, 0, new(0, 1)), rates[0]);
        Assert.Null(rates[0].Rate);
        Assert.Equal(new TierRate(RecallDepth.Retail, 40, 4, 3, 2, 1, 2, 1, WilsonInterval.Of(1, 3)), rates[1]);
        Assert.Equal(1 / 3.0, rates[1].Rate!.Value, 1e-12);
    }

    [Fact]
    public void A_questionnaire_that_cannot_be_meant_is_refused_by_field()
    {
        static CheckQuestion Ask(string id, AnswerKind kind = AnswerKind.YesNo, CheckMeasure? measures = null, string? askIf = null) => new(id, new(id, id), kind, true, measures, askIf);
        Assert.Equal("questions[1].id", new Questionnaire([Ask("a"), Ask("a")], "").Problem()!.Field);
        Assert.Equal("questions[0].askIf", new Questionnaire([Ask("a", askIf: "b"), Ask("b")], "").Problem()!.Field);
        Assert.Equal("questions[0].choices", new Questionnaire([Ask("a", AnswerKind.Choice)], "").Problem()!.Field);
        Assert.Equal("questions[0].kind", new Questionnaire([Ask("a", AnswerKind.Text, CheckMeasure.Reached)], "").Problem()!.Field);
        Assert.Equal("questions[1].measures", new Questionnaire([Ask("a", measures: CheckMeasure.Reached), Ask("b", measures: CheckMeasure.Reached)], "").Problem()!.Field);
    }
}
