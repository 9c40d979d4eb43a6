using TraceGrains.Domain.Events;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class EventHashTests
{
    const string Folder = "event-hash/tests/examples";

    public static TheoryData<string> Files => [.. Corpus.Files(Folder, ".jsonld").Select(file => Path.GetFileName(file)!)];

    [Fact]
    public void There_are_22_examples_with_43_hashes()
    {
        Assert.Equal(22, Files.Count);
        Assert.Equal(43, Corpus.Files(Folder, ".jsonld").Sum(file => Hashes(file).Length));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_hash_is_the_one_of_CBV_2_0(string file)
    {
        var path = Corpus.PathOf(Folder, file);

        Assert.Equal(Hashes(path), EpcisJson.ReadDocument(File.ReadAllBytes(path)).Events.Select(Epcis.Hash));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_event_read_back_from_what_is_stored_has_the_same_hash(string file) =>
        Assert.All(EpcisJson.ReadDocument(File.ReadAllBytes(Corpus.PathOf(Folder, file))).Events,
            read => Assert.Equal(Epcis.Hash(read), Epcis.Hash(EpcisJson.ReadStored(read.Json))));

    [Fact]
    public void Different_spellings_of_one_event_have_one_hash()
    {
        foreach (var file in Corpus.Files("event-hash/tests/expected_equal", ".json"))
        {
            var read = EpcisJson.ReadDocument(File.ReadAllBytes(file));

            Assert.Empty(read.Problems);
            Assert.True(read.Events.Count > 1);
            Assert.Single(read.Events.Select(Epcis.Hash).Distinct());
        }
    }

    [Fact]
    public void Neither_id_nor_record_time_nor_error_declaration_nor_comment_nor_order_changes_the_hash()
    {
        var plain = Epcis.Hash(Epcis.Accepted(Epcis.Shipping));

        Assert.Equal(plain, Epcis.Hash(Epcis.Accepted(""" "rdfs:comment":"x","eventID":"urn:uuid:1","recordTime":"2026-03-04T11:00:31Z",""" + Epcis.Shipping
            + ""","errorDeclaration":{"declarationTime":"2026-03-04T11:00:31Z"} """)));
        Assert.NotEqual(plain, Epcis.Hash(Epcis.Accepted(Epcis.Shipping + ""","disposition":"in_transit" """)));
        Assert.NotEqual(plain, Epcis.Hash(Epcis.Accepted(Epcis.Shipping + ""","ex:note":"" """)));
    }

    [Fact]
    public void A_field_of_ones_own_counts_by_its_full_name_and_keeps_its_text()
    {
        string Of(string member, string prefix = "ex") =>
            Epcis.Hash(Epcis.Accepted(Epcis.Shipping + "," + member, $$"""[{"{{prefix}}":"https://ns.example.com/"}]"""));

        Assert.Equal(Of(""" "ex:lot":"007" """), Of(""" "other:lot":"007" """, "other"));
        Assert.Equal(Of(""" "ex:lot":"007" """), Of(""" "https://ns.example.com/lot":"007" """));
        Assert.NotEqual(Of(""" "ex:lot":"007" """), Of(""" "ex:lot":"7" """));
        Assert.Equal(Of(""" "ex:grade":2.50 """), Of(""" "ex:grade":25e-1 """));
        Assert.Equal(Of(""" "ex:of":"urn:epc:id:sscc:4012345.0000000333" """), Of(""" "ex:of":"https://id.gs1.org/00/040123450000003338" """));
    }

    [Theory]
    [InlineData("452.0", "452")]
    [InlineData("-0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("1e3", "1000")]
    [InlineData("1.20E-3", "0.0012")]
    [InlineData("-12.10", "-12.1")]
    [InlineData("123456789012345678901234567890.1", "123456789012345678901234567890.1")]
    [InlineData("1e400", "1e400")]
    [InlineData("10e399", "1e400")]
    [InlineData("1e99999999999", "1e99999999999")]
    public void A_number_has_one_spelling_and_loses_no_digit(string text, string canonical) => Assert.Equal(canonical, NumberText.Of(text));

    static string[] Hashes(string file) => [.. File.ReadAllLines(Path.ChangeExtension(file, ".hashes")).Where(line => line.Length > 0)];
}
