using System.Text;
using CsCheck;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class XmlHostileInputTests
{
    static IReadOnlyList<CaptureProblem> Refused(byte[] bytes)
    {
        var read = EpcisXml.ReadDocument(bytes);
        Assert.Empty(read.Events);
        Assert.NotEmpty(read.Problems);
        return read.Problems;
    }

    static byte[] WithType(string declarations, string more) => Encoding.UTF8.GetBytes($"<!DOCTYPE x {declarations}>" + XmlSamples.Text(XmlSamples.Event(more)));

    [Fact]
    public void No_file_is_looked_at_for_an_entity()
    {
        var secret = Path.Combine(Path.GetTempPath(), $"tracegrains-xml-{Guid.NewGuid():n}");
        File.WriteAllText(secret, "secret");
        try
        {
            foreach (var declaration in new[] { $"[<!ENTITY e SYSTEM \"file://{secret}\">]", $"SYSTEM \"file://{secret}\" [<!ENTITY % p SYSTEM \"file://{secret}\"> %p; ]" })
                Assert.DoesNotContain("secret", string.Join(' ', Refused(WithType(declaration, "<ex:a>&e;</ex:a>")).Select(problem => problem.ToString())).Replace(secret, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Fact]
    public void Entities_do_not_grow()
    {
        var bomb = "[<!ENTITY a0 \"lol\">" + string.Concat(Enumerable.Range(1, 12).Select(at => $"<!ENTITY a{at} \"{string.Concat(Enumerable.Repeat($"&a{at - 1};", 10))}\">")) + "]";

        Assert.Contains("well-formed XML", Assert.Single(Refused(WithType(bomb, "<ex:a>&a12;</ex:a>"))).Expected, StringComparison.Ordinal);
        Refused(WithType(bomb, "<ex:a b=\"&a12;\"/>"));
    }

    [Fact]
    public void A_document_type_declares_nothing()
    {
        var read = EpcisXml.ReadDocument(WithType("[<!ATTLIST ObjectEvent a CDATA \"b\">]", "<ex:a/>"));

        Assert.Equal(Epcis.Hash(EpcisXml.ReadDocument(XmlSamples.Document("<ex:a/>")).Events.Single()), Epcis.Hash(read.Events.Single()));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void Deep_nesting_is_refused(int depth)
    {
        var deep = string.Concat(Enumerable.Repeat("<ex:a>", depth)) + string.Concat(Enumerable.Repeat("</ex:a>", depth));
        Assert.Contains("nested at most", Refused(XmlSamples.Document(deep))[0].Expected, StringComparison.Ordinal);
        Refused(Encoding.UTF8.GetBytes(XmlSamples.Start + string.Concat(Enumerable.Repeat("<extension>", depth)) + XmlSamples.Event() + string.Concat(Enumerable.Repeat("</extension>", depth)) + XmlSamples.End));
        Refused(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", depth))));
    }

    [Fact]
    public void Repeated_nesting_is_refused_too_where_JSON_would_be_too_deep()
    {
        var nested = "<ex:b/><ex:b/>";
        for (var at = 0; at < 40; at++)
            nested = $"<ex:a/><ex:a>{nested}</ex:a>";
        Refused(XmlSamples.Document(nested));
    }

    [Fact]
    public void A_huge_attribute_many_attributes_and_many_names_are_refused()
    {
        Assert.Contains("in one tag", Refused(XmlSamples.Document($"<ex:a b=\"{new string('x', CaptureLimits.MaxXmlTagBytes + 1)}\"/>"))[0].Expected, StringComparison.Ordinal);
        Assert.Contains("in one tag", Refused(XmlSamples.Document("<ex:a " + string.Concat(Enumerable.Range(0, 200_000).Select(at => $"a{at}=\">\" ")) + "/>"))[0].Expected, StringComparison.Ordinal);
        Assert.Contains("attributes in one element", Refused(XmlSamples.Document("<ex:a " + string.Concat(Enumerable.Range(0, 300).Select(at => $"a{at}=\"\" ")) + "/>"))[0].Expected, StringComparison.Ordinal);
        Assert.Contains("different names", Refused(XmlSamples.Document(string.Concat(Enumerable.Range(0, 12_000).Select(at => $"<ex:n{at}/>"))))[0].Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_events_and_too_much_of_one_are_refused_as_limits()
    {
        var one = XmlSamples.Event();
        var many = Refused(Encoding.UTF8.GetBytes(XmlSamples.Text([.. Enumerable.Repeat(one, CaptureLimits.MaxEvents + 1)])));

        Assert.True(Assert.Single(many).ExceedsCaptureLimit);
        Assert.Equal($"{CaptureLimits.MaxEvents + 1}", many[0].Found);
        Assert.Equal("event 0, ex:a", Refused(XmlSamples.Document($"<ex:a>{new string('x', CaptureLimits.MaxEventBytes)}</ex:a>"))[0].Field);
        Assert.True(Refused(new byte[CaptureLimits.MaxDocumentBytes + 1])[0].ExceedsCaptureLimit);
        Refused(XmlSamples.Document(string.Concat(Enumerable.Repeat("<ex:a><b/></ex:a>", CaptureLimits.MaxOwnFieldsPerEvent + 1))));
    }

    [Fact]
    public void UTF_16_is_read_with_and_without_a_mark_and_what_is_no_text_is_refused()
    {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + XmlSamples.Text(XmlSamples.Event("<ex:a>重庆 😀</ex:a>"));
        var expected = Epcis.Hash(EpcisXml.ReadDocument(XmlSamples.Document("<ex:a>重庆 😀</ex:a>")).Events.Single());

        foreach (var encoding in new Encoding[] { new UnicodeEncoding(false, true), new UnicodeEncoding(true, true) })
        {
            Assert.Equal(expected, Epcis.Hash(EpcisXml.ReadDocument(encoding.GetBytes(text)).Events.Single()));
            Assert.Equal(expected, Epcis.Hash(EpcisXml.ReadDocument((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(text)]).Events.Single()));
            Refused([.. encoding.GetPreamble(), .. encoding.GetBytes(text), 0xD8]);
        }
        Assert.Single(EpcisXml.ReadDocument((byte[])[0xEF, 0xBB, 0xBF, .. XmlSamples.Document()]).Events);
        Refused([.. Encoding.UTF8.GetBytes(XmlSamples.Start), 0xC3, 0x28, .. Encoding.UTF8.GetBytes(XmlSamples.End)]);
        Refused(Encoding.UTF32.GetBytes(text));
        Refused([]);
        Refused("   "u8.ToArray());
        Refused(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"klingon\"?><a/>"));
    }

    [Fact]
    public void A_document_cut_off_or_with_something_behind_it_is_refused_as_a_whole()
    {
        var bytes = XmlSamples.Document();

        Assert.All(Enumerable.Range(0, 60).Select(at => bytes.Length * at / 60), length => Refused(bytes[..length]));
        Refused([.. bytes, .. "<a/>"u8]);
    }

    static readonly byte[][] Documents = [.. Corpus.Files("gs1-epcis/XML", ".xml").Concat(Corpus.Files(XmlFiles.Open1, ".xml")).Concat(Corpus.Files("event-hash", ".xml"))
        .Select(File.ReadAllBytes).Where(bytes => bytes.Length < 20_000)];

    static readonly string[] Pieces =
    [
        "<", ">", "</", "/>", "&", "&amp;", "&lol;", "&#0;", "&#x1F600;", "\"", "'", "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "xmlns=\"urn:x\" ", " xmlns:epcis=\"\"",
        " xmlns:a=\"urn:tracegrains:voc:\"", "<a:b/>", "<epc/>", "<extension>", "</extension>", "<ilmd/>", "<action>ADD</action>", " type=\"\"", " xsi:nil=\"true\"", " xsi:type=\"xsd:decimal\"", "\u00FF", "😀",
        "<errorDeclaration/>", "<sensorElementList><sensorElement/></sensorElementList>", "<persistentDisposition/>", "<readPoint/>", "-1e9999", "urn:epc:id:sgtin:", "https://id.gs1.org/01/", " a=\"1\" a=\"2\"",
    ];

    [Fact]
    public void Whatever_comes_reading_answers_with_events_or_problems_and_what_is_accepted_can_be_stored_and_written() =>
        Gen.Select(Gen.Int[0, Documents.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Int[0, 40], Gen.Int[0, Pieces.Length - 1], Gen.Int[0, 4]).Array[1, 4])
            .Sample((document, changes) =>
            {
                var bytes = changes.Aggregate(Documents[document], (current, change) => Mutation.Of(current, Pieces, change.Item1, change.Item2, change.Item3, change.Item4));
                foreach (var read in new[] { EpcisXml.ReadDocument(bytes), EpcisXml.ReadEvent(bytes) })
                {
                    Assert.True(read.Events.Count == 0 || read.Problems.Count == 0);
                    Assert.True(read.Problems.Count <= CaptureLimits.MaxProblems);
                    Assert.All(read.Problems, problem => Assert.False(problem.Field.Length == 0 || problem.Expected.Length == 0));
                    if (read.Events.Count == 0)
                        continue;
                    Assert.All(read.Events, accepted => Assert.Equal(accepted.CbvHash.ToArray(), EpcisJson.ReadStored(accepted.Json).CbvHash.ToArray()));
                    Assert.Equal(read.Events.Select(Epcis.Hash), EpcisXml.ReadDocument(XmlFiles.Written(read.Events)).Events.Select(Epcis.Hash));
                }
            }, iter: 3_000, seed: "0001TraceXml", print: _ => "");
}
