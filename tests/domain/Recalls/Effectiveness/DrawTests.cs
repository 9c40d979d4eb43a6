using System.Diagnostics;
using CsCheck;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Domain.Tests.Recalls.Effectiveness;

public class DrawTests
{
    const string Seed = "3f1c5a0e9b7d42668812c0ffee00aa55d3e4b6a79f018c2d4e6f80917263544a";

    static Consignee[] Consignees(int count, RecallDepth tier = RecallDepth.Wholesale) => [.. Enumerable.Range(0, count).Select(n => new Consignee($"https://id.gs1.org/417/{(int)tier}{n:000000000000}", tier))];

    static EffectivenessDraw Draw(EffectivenessPlan plan, IReadOnlyCollection<Consignee> consignees, string seed = Seed)
    {
        Assert.True(EffectivenessDraw.TryDraw(plan, DrawSeed.Commit(seed), seed, consignees, out var draw, out var problem), problem?.ToString());
        return draw;
    }

    [Theory]
    [InlineData(EffectivenessLevel.A, null, 37, 37)]
    [InlineData(EffectivenessLevel.B, "12.5", 37, 5)] // 4.625
    [InlineData(EffectivenessLevel.B, "99.99", 10_000, 9_999)]
    [InlineData(EffectivenessLevel.C, null, 40, 4)]
    [InlineData(EffectivenessLevel.C, null, 41, 5)]
    [InlineData(EffectivenessLevel.C, null, 1, 1)]
    [InlineData(EffectivenessLevel.D, null, 50, 1)]
    [InlineData(EffectivenessLevel.D, null, 51, 2)]
    [InlineData(EffectivenessLevel.D, null, 0, 0)]
    [InlineData(EffectivenessLevel.E, null, 1_000, 0)]
    public void As_many_are_drawn_as_the_level_says(EffectivenessLevel level, string? percent, int listed, int drawn)
    {
        var plan = new EffectivenessPlan(level, percent is null ? null : decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(drawn, plan.SampleSize(listed));
        Assert.Equal(drawn, Draw(plan, Consignees(listed)).Tiers.Sum(tier => tier.Drawn.Length));
    }

    [Theory]
    [InlineData(EffectivenessLevel.B, null)]
    [InlineData(EffectivenessLevel.B, 10.0)]
    [InlineData(EffectivenessLevel.B, 100.0)]
    [InlineData(EffectivenessLevel.B, 12.345)]
    [InlineData(EffectivenessLevel.C, 10.0)]
    public void A_percentage_that_does_not_fit_its_level_is_refused(EffectivenessLevel level, double? percent) => Assert.Equal("percent", new EffectivenessPlan(level, (decimal?)percent).Problem()!.Field);

    [Fact]
    public void The_order_of_the_list_does_not_matter() => Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[11, 99], Gen.Int).Sample((wholesale, retail, percent, shuffle) =>
    {
        Consignee[] list = [.. Consignees(wholesale), .. Consignees(retail, RecallDepth.Retail)];
        var (plan, rank) = (new EffectivenessPlan(EffectivenessLevel.B, percent), new Random(shuffle));
        var (one, other) = (Draw(plan, list), Draw(plan, [.. list.OrderBy(_ => rank.Next())]));
        Assert.Equal(one.Tiers.Select(tier => (tier.Tier, tier.Listed, tier.ListHash)), other.Tiers.Select(tier => (tier.Tier, tier.Listed, tier.ListHash)));
        Assert.Equal(one.Tiers.SelectMany(tier => tier.Drawn), other.Tiers.SelectMany(tier => tier.Drawn));
    });

    [Fact]
    public void Each_tier_is_drawn_by_itself()
    {
        var draw = Draw(new(EffectivenessLevel.C), [.. Consignees(7, RecallDepth.Consumer), .. Consignees(101), .. Consignees(20, RecallDepth.Retail)]);
        Assert.Equal([(RecallDepth.Wholesale, 101, 11), (RecallDepth.Retail, 20, 2), (RecallDepth.Consumer, 7, 1)], draw.Tiers.Select(tier => (tier.Tier, tier.Listed, tier.Drawn.Length)));
        Assert.Equal(Draw(new(EffectivenessLevel.C), Consignees(20, RecallDepth.Retail)).Tiers[0].Drawn, draw.Tiers[1].Drawn);
    }

    [Fact]
    public void A_larger_share_keeps_those_of_the_smaller()
    {
        var list = Consignees(500);
        Assert.Equal(Draw(new(EffectivenessLevel.D), list).Tiers[0].Drawn, Draw(new(EffectivenessLevel.C), list).Tiers[0].Drawn.Take(10));
    }

    [Fact]
    public void Everybody_is_drawn_equally_often()
    {
        // 2,000 draws of 10 out of 100: 200 times each on average, standard deviation 13.4. The seeds are fixed, so this holds always or never.
        var list = Consignees(100);
        var times = list.ToDictionary(consignee => consignee.Code, _ => 0);
        for (var i = 0; i < 2_000; i++)
            foreach (var code in Draw(new(EffectivenessLevel.C), list, DrawSeed.Commit($"draw {i}")).Tiers[0].Drawn)
                times[code]++;
        Assert.Equal(20_000, times.Values.Sum());
        Assert.All(times.Values, count => Assert.InRange(count, 140, 260));
        // Pearson's statistic; 99 degrees of freedom, 149 is the 99.9 % point. Draws without repeats spread less than that.
        Assert.InRange(times.Values.Sum(count => (count - 200.0) * (count - 200.0) / 200), 40, 149);
    }

    [Fact]
    public void The_documented_shell_line_draws_the_same()
    {
        var document = File.ReadAllText(Path.Combine(Corpus.RepositoryRoot, "grains/domain/Recalls/Effectiveness/EFFECTIVENESS.md"));
        var line = document.Split("```sh\n")[1].Split("\n```")[0];
        Consignee[] list = [.. Consignees(40), new("urn:tracegrains:cn:uscc:91500102MA5U000000", RecallDepth.Wholesale), new("https://example.org/涪陵/%E6%B8%9D/𠮷?a=b&c='\"$x`\\", RecallDepth.Wholesale)];
        var tier = Draw(new(EffectivenessLevel.B, 55.5m), list).Tiers[0];
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, list.Select(consignee => consignee.Code));
            Assert.Equal(string.Concat(tier.Drawn.Select(code => code + "\n")), Shell(line, ("SEED", Seed), ("LIST", file), ("N", $"{tier.Drawn.Length}")));
            Assert.Equal(tier.ListHash, Shell("LC_ALL=C sort \"$LIST\" | sha256sum", ("LIST", file))[..64]);
            Assert.Equal(DrawSeed.Commit(Seed), Shell("printf %s \"$SEED\" | sha256sum", ("SEED", Seed))[..64]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    static string Shell(string line, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }

    [Fact]
    public void A_draw_that_cannot_be_meant_is_refused_by_field()
    {
        void Refused(string field, string commitment, string seed, params Consignee[] list)
        {
            Assert.False(EffectivenessDraw.TryDraw(new(EffectivenessLevel.C), commitment, seed, list, out _, out var problem));
            Assert.Equal(field, problem.Field);
        }
        var commitment = DrawSeed.Commit(Seed);
        Refused("commitment", commitment.ToUpperInvariant(), Seed);
        Refused("seed", commitment, Seed[..63]);
        Refused("seed", commitment, Seed[..63] + "b");
        Refused("consignees[1].code", commitment, Seed, new("urn:a", RecallDepth.Retail), new("urn:a", RecallDepth.Wholesale));
        Refused("consignees[0].code", commitment, Seed, new Consignee("urn:a\nurn:b", RecallDepth.Retail));
        Refused("consignees[0].code", commitment, Seed, new Consignee("", RecallDepth.Retail));
        Refused("consignees[0].code", commitment, Seed, new Consignee("urn:\uD842", RecallDepth.Retail));
        Refused("consignees[0].tier", commitment, Seed, new Consignee("urn:a", (RecallDepth)9));
    }
}
