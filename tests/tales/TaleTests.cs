using TraceGrains.Tales.Tests.Script;

namespace TraceGrains.Tales.Tests;

/// <summary>Every story of <c>stories</c>, told to a silo as it is shipped. <c>README.md</c> says how they are written.</summary>
public sealed class TaleTests(Silo silo)
{
    static readonly string folder = Path.Combine(AppContext.BaseDirectory, "stories");

    public static TheoryData<string> Stories => [.. Directory.GetFiles(folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Told_as_written(string story)
    {
        var failures = await StoryTeller.Tell(silo, story, await File.ReadAllLinesAsync(Path.Combine(folder, story + ".txt")));
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }
}
