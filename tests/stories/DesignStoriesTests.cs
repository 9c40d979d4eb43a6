using System.Globalization;
using TraceGrains.Stories.Tests.Designs;
using TraceGrains.Stories.Tests.Telling;

namespace TraceGrains.Stories.Tests;

/// <summary>
/// The scenarios of the GS1 EPCIS Implementation Guideline, as designs of the openEPCIS test data generator (Apache-2.0), told event by event. What must be known after each event was written down by hand.
/// </summary>
public sealed class DesignStoriesTests(Silo silo, ITestOutputHelper output)
{
    static readonly string folder = Path.Combine(Corpus.RepositoryRoot, "tests", "stories", "told");

    public static TheoryData<string> Stories => [.. Directory.EnumerateFiles(folder, "*.story").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task It_is_known_what_happened(string file)
    {
        var path = Path.Combine(folder, file);
        var text = await File.ReadAllTextAsync(path);
        var (transcript, failures) = await Story.Tell(silo, text);
        output.WriteLine(transcript);
        // For whoever changes a story: the text with what was found, to be read as a change before it is kept.
        if (Environment.GetEnvironmentVariable("TRACEGRAINS_RETELL") == "1") await File.WriteAllTextAsync(path, transcript);
        Assert.True(failures.Count == 0, $"{file}\n{string.Join('\n', failures)}");
    }

    [Fact]
    public void Every_design_has_its_story()
    {
        var told = Stories.Select(row => File.ReadLines(Path.Combine(folder, row.Data)).Single(line => line.StartsWith("design ", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(1, 23), Design.Files.Keys.Order());
        Assert.Equal(Design.Files.Keys.Order(), told.Select(line => int.Parse(line[7..], CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public void No_two_stories_speak_of_the_same_thing()
    {
        var things = Stories.SelectMany(row =>
        {
            var cast = new Cast();
            foreach (var line in File.ReadLines(Path.Combine(folder, row.Data)).Where(line => line.StartsWith("call ", StringComparison.Ordinal))) cast.Introduce(line);
            // Places, parties and products without lot or serial number may be anybody's.
            return cast.All.Where(code => !code.Contains("/414/", StringComparison.Ordinal) && !(code.Contains("/01/", StringComparison.Ordinal) && code.Count(c => c == '/') == 4));
        }).ToList();
        Assert.NotEmpty(things);
        Assert.Empty(things.GroupBy(code => code).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public async Task Ready_events_whose_random_keys_have_wrong_check_digits_are_refused_whole()
    {
        var refused = await silo.Capture(await File.ReadAllTextAsync(Corpus.PathOf("testdata-generator-designs", "examples", "design test data ui", "Generated Events.json")));
        Assert.Contains("check digit", refused);
        Assert.False((await Known.Of(silo, "https://id.gs1.org/01/04012345123456/21/NU1p3vkYemKZV6")).IsKnown);
    }
}
