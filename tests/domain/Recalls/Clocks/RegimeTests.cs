using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Tests.Recalls.Clocks;

public class RegimeTests
{
    static string File(string clock, string classes = "[]", string escalation = """{"atOnce": "24h", "dueSoonShare": 0.25, "dueSoonMax": "24h", "trust": "ownRule", "steps": []}""") => $$"""
        {"escalation": {{escalation}}, "regimes": [{"id": "x", "name": {"en": "X", "zh": "X"}, "instrument": "X 1", "covers": {"en": "x", "zh": "x"}, "classes": {{classes}}, "clocks": [{{clock}}]}]}
        """;

    static string Clock(string rest) => $$"""{"id": "a", "kind": "startRecall", "name": {"en": "A", "zh": "A"}, "from": "known", "clause": "1", "source": "test", {{rest}}}""";

    [Fact]
    public void The_committed_regimes_are_those_of_the_readme() => Assert.Equal(
        ["cn-food", "cn-drug", "cn-drug-2007", "us-fda", "us-fda-infant-formula", "eu-food", "eu-gpsr", "cn-equipment", "cn-pesticide"], RegimeCatalog.Standard.Regimes.Select(regime => regime.Id));

    [Theory]
    [InlineData("cn-food", "一级召回", "Class I")]
    [InlineData("cn-drug", "一级召回", "Class I")]
    [InlineData("us-fda", "I 级（FDA）", "Class I")]
    public void Classes_have_the_names_of_their_regime(string id, string zh, string en) => Assert.Equal(new LocalText(en, zh), RegimeCatalog.Standard.Find(id)!.ClassOf(RecallClass.I)!.Name);

    [Fact]
    public void A_regime_without_classes_has_none() => Assert.Null(RegimeCatalog.Standard.Find("eu-food")!.ClassOf(RecallClass.II));

    [Theory]
    [InlineData("cn-drug", SourceTrust.NotVerified)]
    [InlineData("us-fda", SourceTrust.NotVerified)]
    [InlineData("us-fda-infant-formula", SourceTrust.OwnRule)]
    [InlineData("cn-drug-2007", SourceTrust.Verified)]
    public void A_regime_is_trusted_as_far_as_the_least_trusted_of_its_clocks(string id, SourceTrust trust) => Assert.Equal(trust, RegimeCatalog.Standard.Find(id)!.Trust);

    /// <summary>The plan and the summary are forms of food law; where a recall stands is told to any authority alike.</summary>
    [Fact]
    public void A_form_drafts_the_reports_that_it_was_made_for() => Assert.Equal(
        [
            "cn-food/plan Plan", "cn-food/progress Status", "cn-food/summary Summary", "cn-drug/progress Status", "cn-drug-2007/progress Status", "us-fda/status Status", "us-fda-infant-formula/status Status",
        ],
        from regime in RegimeCatalog.Standard.Regimes from clock in regime.Clocks where clock.Form is not null select $"{regime.Id}/{clock.Id} {clock.Form}");

    [Fact]
    public void Unknown_ids_are_named()
    {
        Assert.Null(RegimeCatalog.Standard.Check(["cn-food", "us-fda"]));
        Assert.Equal("regimes[1]", RegimeCatalog.Standard.Check(["cn-food", "cn-toys"])!.Field);
        Assert.Null(RegimeCatalog.Standard.Check("cn-food", "plan"));
        Assert.Equal("report", RegimeCatalog.Standard.Check("cn-food", "status")!.Field);
        Assert.Equal("regime", RegimeCatalog.Standard.Check("cn-toys", "plan")!.Field);
    }

    [Fact]
    public void A_good_file_is_read()
    {
        Assert.True(RegimeCatalog.TryRead(File(Clock("""
            "trust": "verified", "within": "24h"
            """)), out var catalog, out _));
        Assert.Equal(new(24, PeriodUnit.Hours), catalog.Find("x")!.Clocks[0].Within!.Of(RecallClass.II));
    }

    [Theory]
    [InlineData("\"trust\": \"verified\", \"within\": \"24 hours\"", "regimes[0].clocks[0].within")]
    [InlineData("\"trust\": \"sure\", \"within\": \"24h\"", "regimes[0].clocks[0].trust")]
    [InlineData("\"trust\": \"verified\", \"within\": {\"I\": \"24h\", \"II\": \"48h\"}", "regimes[0].clocks[0].within")]
    [InlineData("\"trust\": \"verified\", \"within\": {\"I\": \"24h\", \"II\": \"48h\", \"III\": \"72h\"}", "regimes[0].clocks[0].within")] // it has no classes
    [InlineData("\"trust\": \"verified\", \"within\": \"atOnce\"", "regimes[0].clocks[0].trust")]
    [InlineData("\"trust\": \"verified\"", "regimes[0].clocks[0]")]
    [InlineData("\"trust\": \"verified\", \"within\": \"24h\", \"form\": \"plan\"", "regimes[0].clocks[0].form")] // it starts the recall
    [InlineData("\"trust\": \"verified\", \"within\": \"24h\", \"every\": \"1d\"", "regimes[0].clocks[0]")]
    [InlineData("\"trust\": \"verified\", \"every\": \"0d\", \"series\": \"fromBeginning\", \"until\": \"completed\"", "regimes[0].clocks[0].every")]
    [InlineData("\"trust\": \"verified\", \"every\": \"1d\", \"series\": \"fromBeginning\", \"until\": \"issued\"", "regimes[0].clocks[0]")]
    public void A_clock_that_cannot_be_meant_is_refused_by_field(string rest, string field)
    {
        Assert.False(RegimeCatalog.TryRead(File(Clock(rest)), out _, out var problem));
        Assert.StartsWith(field, problem.Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"atOnce": "1d", "dueSoonShare": 0.25, "dueSoonMax": "24h", "trust": "ownRule", "steps": []}""", "escalation.atOnce")]
    [InlineData("""{"atOnce": "1h", "dueSoonShare": 1, "dueSoonMax": "24h", "trust": "ownRule", "steps": []}""", "escalation.dueSoonShare")]
    [InlineData("""{"atOnce": "1h", "dueSoonShare": 0.5, "dueSoonMax": "24h", "trust": "ownRule", "steps": [{"level": "city", "after": "1h"}, {"level": "district", "after": "2h"}]}""", "escalation.steps[1].level")]
    [InlineData("""{"atOnce": "1h", "dueSoonShare": 0.5, "dueSoonMax": "24h", "trust": "ownRule", "steps": [{"level": "district", "after": "2h"}, {"level": "city", "after": "1h"}]}""", "escalation.steps[1].after")]
    public void An_escalation_that_cannot_be_meant_is_refused_by_field(string escalation, string field)
    {
        Assert.False(RegimeCatalog.TryRead(File(Clock("\"trust\": \"verified\", \"within\": \"24h\""), escalation: escalation), out _, out var problem));
        Assert.Equal(field, problem.Field);
    }
}
