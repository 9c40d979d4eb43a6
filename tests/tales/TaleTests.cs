using TraceGrains.Tales.Tests.Script;

namespace TraceGrains.Tales.Tests;

/// <summary>The stories of <c>stories</c>, told to a silo as it is shipped. <c>README.md</c> says how they are written.</summary>
public sealed class TaleTests(Silo silo)
{
    internal const string FamousRecall = "peanut-paste";

    static readonly string folder = Path.Combine(AppContext.BaseDirectory, "stories");

    public static TheoryData<string> Stories => [.. All.Where(story => story != FamousRecall)];

    static IEnumerable<string> All => Directory.GetFiles(folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    static string[] Lines(string story) => File.ReadAllLines(Path.Combine(folder, story + ".txt"));

    internal static async Task Tell(Silo silo, string story)
    {
        var failures = await StoryTeller.Tell(silo, story, Lines(story));
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Theory]
    [MemberData(nameof(Stories))]
    public Task Told_as_written(string story) => Tell(silo, story);

    [Fact]
    public void There_is_a_story_of_every_category() =>
        Assert.Equal(["drug", "fireworks", "gas-cylinders", "milk-powder", "peanut-paste", "pesticide", "pickled-vegetables"], All);

    [Fact]
    public void Every_story_has_a_correction_something_spared_notices_answers_and_an_end() => Assert.All(All, story =>
    {
        var lines = Lines(story);
        Assert.All((string[])["correct ", "not recalled: ", "told ", "left to answer ", "complete ", "sign ", "terminate "], begins => Assert.Contains(lines, line => line.StartsWith(begins, StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("answer ", StringComparison.Ordinal) && line.Contains(" by ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("state of ", StringComparison.Ordinal) && line.EndsWith(": terminated", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("amount of HONEY: keeper 11 kg", "expected: keeper 11 kg", "found:    keeper 12 kg")]
    [InlineData("amount of HONEY: keeper 12 kg, shop 1 kg", "expected: shop 1 kg", "found:    keeper 12 kg")]
    [InlineData("recalled: HONEY", "expected: HONEY recalled", "found:    HONEY not recalled")]
    [InlineData("traced back from jar: nothing", "expected: nothing", "found:    HONEY")]
    [InlineData("held by shop: jar", "expected: jar with shop", "found:    jar with keeper")]
    [InlineData("sell HONEY 1 kg by keeper -> refused capture", "expected to be refused: capture", "found done")]
    [InlineData("sell HONEY 1 kg by nobody", "nobody and nothing was introduced as nobody", "line 8")]
    [InlineData("juggle HONEY 1 kg", "nobody knows this step or expectation: juggle HONEY 1 kg", "line 8")]
    [InlineData("sell HONEY 1 stone by keeper", "expected a name, or a name with an amount such as 20 kg", "line 8")]
    public async Task A_story_that_is_not_so_is_caught(string lie, string expected, string found)
    {
        // The numbers come from the lie, so that every case has things of its own.
        var number = Math.Abs(lie.Aggregate(17, (sum, letter) => (sum * 31 + letter) % 90_000)) + 10_000;
        string[] story =
        [
            "# A lie.", $"party keeper 417/9521120{number}?", $"party shop 417/9521121{number}?", $"lot HONEY 01/09521120{number}?/10/H1", $"unit jar 01/09521121{number}?/21/1",
            "make HONEY 12 kg by keeper", "blend HONEY 0 kg into jar by keeper", lie,
        ];
        var failure = Assert.Single(await StoryTeller.Tell(silo, $"lie {number}", story, TimeSpan.Zero));
        Assert.StartsWith($"lie {number}, line 8: {lie}", failure);
        Assert.Contains(expected, failure);
        Assert.Contains(found, failure);
    }
}

/// <summary>The long story, beside the others.</summary>
public sealed class FamousRecallTests(Silo silo)
{
    [Fact]
    public Task Told_as_written() => TaleTests.Tell(silo, TaleTests.FamousRecall);
}
