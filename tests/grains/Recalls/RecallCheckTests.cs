using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Effectiveness;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Recalls;

/// <summary>Effectiveness checks and drills, from the case's acts to what they come to.</summary>
public sealed class RecallCheckTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), seed = new('5', 64);
    static readonly string[] shops = [.. Enumerable.Range(1, 12).Select(i => $"urn:ex:shop:{i}")];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static IRecallCaseGrain Case(Silos system) => system.Grains.GetGrain<IRecallCaseGrain>(Silos.RecallId("a"));

    static Task<CaseAnswer> Act(Silos system, CaseEntry entry, string by = "Li", string? actId = null) => Case(system).Act(new() { Entry = CaseJson.Print(entry), ByName = by, ActId = actId });

    static async Task Do(Silos system, CaseEntry entry, string by = "Li") => Assert.Null((await Act(system, entry, by)).Message);

    /// <summary>Twelve shops with a unit each, all told.</summary>
    static async Task<Silos> Told12(TemporaryFolder folder, CaseMode mode)
    {
        var system = await Silos.Start(folder);
        var units = shops.Select((_, i) => Told.Unit(Told.Milk, i + 1)).ToArray();
        await system.Record([Told.Made(raw), Told.From([raw], units), .. shops.Select((shop, i) => Told.Received(shop, Told.Counter, 5, units[i]))]);
        foreach (var entry in (CaseEntry[])
            [
                new CaseEntry.Opened("x", mode, "x", ScopeJson.Print(new ScopeQuery.Batch(raw)), []), new CaseEntry.Assessed(RecallClass.I, RecallDepth.Retail, "x", "x", "x"), new CaseEntry.Issued(),
            ])
            await Do(system, entry);
        var until = DateTime.UtcNow + Silos.Patience;
        while ((await Case(system).Parties(null, 100)).Count(party => party.NotifiedAt is not null) < 12)
        {
            Assert.True(DateTime.UtcNow < until);
            await Case(system).Watch((await Case(system).View())!.Entries);
        }
        return system;
    }

    static Dictionary<string, string> Answers(bool isGood) => Questionnaire.Standard.Questions.Where(question => question.Required || question.Measures is not null)
        .ToDictionary(question => question.Id, question => question.Kind switch
        {
            AnswerKind.YesNo => isGood || question.Measures == CheckMeasure.Reached ? "yes" : "no",
            AnswerKind.Choice => question.Choices!.Keys.First(),
            AnswerKind.Quantity => "0",
            _ => "said so",
        });

    [Fact]
    public async Task Who_is_checked_is_drawn_by_a_seed_that_was_committed_before_and_anybody_can_draw_again()
    {
        await using var system = await Told12(folder, CaseMode.Live);
        Assert.Null(await Case(system).Checks());
        Assert.Equal(CaseRefusal.StateForbids, (await Act(system, new CaseEntry.Drawn(seed, []))).Refused);
        await Do(system, new CaseEntry.DrawCommitted(EffectivenessLevel.B, DrawSeed.Commit(seed), 25));
        Assert.Equal(CaseRefusal.StateForbids, (await Act(system, new CaseEntry.DrawCommitted(EffectivenessLevel.A, DrawSeed.Commit(new('6', 64))))).Refused);
        Assert.Null((await Case(system).Checks())!.Seed);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.Drawn(new('6', 64), []))).Refused);
        Assert.Null((await Act(system, new CaseEntry.Drawn(seed, []), actId: "draw")).Message);
        Assert.Null((await Act(system, new CaseEntry.Drawn(seed, []), actId: "draw")).Message);

        var tier = Assert.Single((await Case(system).Checks())!.Tiers);
        Assert.Equal((RecallDepth.Retail, 12, 3), (tier.Tier, tier.Listed, tier.Drawn.Length));
        Assert.True(EffectivenessDraw.TryDraw(new(EffectivenessLevel.B, 25), DrawSeed.Commit(seed), seed, [.. shops.Select(shop => new Consignee(shop, RecallDepth.Retail))], out var again, out _));
        Assert.Equal(again.Tiers[0].Drawn, tier.Drawn);

        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.Checked(shops.Except(tier.Drawn).First(), CheckMethod.Visit, Answers(true)))).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.Checked(tier.Drawn[0], CheckMethod.Visit, []))).Refused);
        await Do(system, new CaseEntry.Checked(tier.Drawn[0], CheckMethod.Visit, Answers(true)));
        await Do(system, new CaseEntry.Checked(tier.Drawn[1], CheckMethod.Telephone, Answers(false)));
        var rates = Assert.Single((await Case(system).Checks())!.Tiers);
        Assert.Equal((2, 2, 1), (rates.Checked, rates.Reached, rates.Effective));
        Assert.InRange(0.5, rates.Lower, rates.Upper);
    }

    [Fact]
    public async Task A_drill_is_timed_and_scored()
    {
        await using var system = await Told12(folder, CaseMode.Drill);
        var early = (await Case(system).Drill())!;
        Assert.Equal((100.0, 0.0), (early.NotifiedPercent, early.AcknowledgedAt2h));
        Assert.NotNull(early.MinutesToScope);
        foreach (var shop in shops[..9]) await Do(system, new CaseEntry.Acknowledged(shop));
        await Do(system, new CaseEntry.EvidenceAdded("trace back to the dairy", new('a', 64), "application/pdf", 1));
        await Do(system, new CaseEntry.Completed("done", "an exercise"));
        var completed = (await Case(system).Entries(0, 1_000)).Last();
        await Do(system, new CaseEntry.Signed(completed.Number, completed.EventHash, "seen"), by: "Wang");
        await Do(system, new CaseEntry.Terminated("call the shops by telephone first", StaysBlocked: false));
        var score = (await Case(system).Drill())!;
        Assert.Equal((75.0, 100.0), (score.AcknowledgedAt2h, score.ReconciledPercent));
        Assert.All(score.Proofs, proof => Assert.True(proof.IsProven, proof.WhyEn));
        Assert.NotEmpty(score.Schemes);
        Assert.Empty(await system.RecallsOf(raw));
    }
}
