using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class XmlHashTests
{
    const string WithCuries = "SensorDataExamples.xml";

    public static TheoryData<string> Files => [.. Corpus.Files(XmlFiles.Hashes, ".xml").Select(file => Path.GetFileName(file)!)];

    public static TheoryData<string> EqualFiles => [.. Corpus.Files(XmlFiles.Equal, ".xml").Select(file => Path.GetFileName(file)!)];

    [Fact]
    public void There_are_17_examples_and_every_published_hash_belongs_to_one_in_XML_or_JSON()
    {
        Assert.Equal(17, Files.Count);
        var inXml = Corpus.Files(XmlFiles.Hashes, ".xml").Select(file => Path.ChangeExtension(file, ".hashes"));
        var inJson = Corpus.Files(XmlFiles.Hashes, ".jsonld").Select(file => Path.ChangeExtension(file, ".hashes"));
        var all = Corpus.Files(XmlFiles.Hashes, ".hashes");

        Assert.Empty(all.Except(inXml.Concat(inJson)));
        Assert.Equal(63, all.Sum(file => Lines(file).Length));
        Assert.Equal(58, all.SelectMany(Lines).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_hash_is_the_one_of_CBV_2_0(string file)
    {
        var read = XmlFiles.Read(Corpus.PathOf(XmlFiles.Hashes, file));
        var expected = Lines(Path.ChangeExtension(Corpus.PathOf(XmlFiles.Hashes, file), ".hashes"));

        Assert.Empty(read.Problems);
        Assert.Equal(expected.Length, read.Events.Count);
        var different = Enumerable.Range(0, expected.Length).Where(at => Epcis.Hash(read.Events[at]) != expected[at]);
        Assert.Equal(file == WithCuries ? [5, 6, 7, 9, 11] : [], different);
    }

    /// <summary>
    /// Five events have values such as <c>example:x</c> whose prefix the document declares. Here such a value is the URI it stands for, in XML as in JSON-LD, so that one
    /// event has one hash; in the published hashes of this one file it stands as it is. Two of the five have something else too: a text of 24 digits that was taken for a
    /// floating-point number, and bizRules of a sensor report, which were put behind everything else.
    /// </summary>
    [Fact]
    public void What_keeps_five_hashes_apart_is_whether_a_prefix_explains_values()
    {
        const string rules = "bizRules=https://id.gs1.org/253/4012345000054987", behind = "sensorElementListsensorElementsensorReport" + rules;
        var path = Corpus.PathOf(XmlFiles.Hashes, WithCuries);
        var renamed = Regex.Replace(File.ReadAllText(path), @"(?<=xmlns:|</?|\s)(example|rail)(?=\d?[:=])", "own").Replace("111100001111000011110000", "111100001111000003641344", StringComparison.Ordinal);
        var read = EpcisXml.ReadDocument(Encoding.UTF8.GetBytes(renamed));

        Assert.Empty(read.Problems);
        var expected = Lines(Path.ChangeExtension(path, ".hashes"));
        Assert.Equal([7], Enumerable.Range(0, expected.Length).Where(at => Epcis.Hash(read.Events[at]) != expected[at]));
        var (ours, published) = (PreImage(read.Events[7]), Lines(Path.ChangeExtension(path, ".prehashes"))[7]);
        Assert.EndsWith(behind, published, StringComparison.Ordinal);
        Assert.Equal(published[..^behind.Length], ours.Remove(ours.LastIndexOf(rules, StringComparison.Ordinal), rules.Length));
    }

    static string PreImage(CanonicalEvent read)
    {
        using var json = JsonDocument.Parse(read.Json);
        return Encoding.UTF8.GetString(new EventHash().PreImage(new EventContent(JsonLdContext.Read(json.RootElement.GetProperty("@context")), new IdentityCache()).Of(json.RootElement, [])));
    }

    [Theory]
    [MemberData(nameof(EqualFiles))]
    public void Different_spellings_of_one_event_have_one_hash(string file)
    {
        var read = XmlFiles.Read(Corpus.PathOf(XmlFiles.Equal, file));

        Assert.Empty(read.Problems);
        Assert.True(read.Events.Count > 1);
        Assert.Single(read.Events.Select(Epcis.Hash).Distinct());
    }

    [Fact]
    public void There_are_10_groups_of_spellings() => Assert.Equal(10, EqualFiles.Count);

    static string[] Lines(string file) => [.. File.ReadAllLines(file).Where(line => line.Length > 0)];
}
