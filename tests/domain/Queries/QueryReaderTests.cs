using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Queries;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Queries;

/// <summary>Which queries are taken, and what is said about those that are not.</summary>
public sealed class QueryReaderTests
{
    const string Queries = "openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON/Query/Queries";

    [Fact]
    public void OfficialQuery_IsTaken()
    {
        var read = QueryJson.Read(JsonDocument.Parse(File.ReadAllBytes(Corpus.PathOf(Queries, "SimpleEventQuery.json"))).RootElement);
        Assert.Empty(read.Problems);
        Assert.Equal((EventOrder.EventTime, true, 100), (read.Query!.Order, read.Query.Descending, read.Query.Limit));
    }

    [Fact]
    public void InvalidQueries_AreRefused()
    {
        foreach (var file in Corpus.Files(Queries + "/Invalid", ".json"))
        {
            var read = QueryJson.Read(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement);
            Assert.Null(read.Query);
            Assert.All(read.Problems, problem => Assert.NotEmpty(problem.Expected));
        }
    }

    [Fact]
    public void EveryProblem_IsNamed()
    {
        var read = Ask.Read("""{ "GE_eventTime": "not-a-date", "EQ_action": ["SHIPPED"], "orderDirection": "SIDEWAYS", "GE_eventDate": "2026-01-01T00:00:00Z" }""");
        Assert.Equal(["GE_eventTime", "EQ_action", "orderDirection", "GE_eventDate"], read.Problems.Select(problem => problem.Parameter));
    }

    [Theory]
    [InlineData("""{ "eventCountLimit": 5 }""", "eventCountLimit")]
    [InlineData("""{ "orderBy": "eventTime", "eventCountLimit": 5, "maxEventCount": 5 }""", "maxEventCount")]
    [InlineData("""{ "maxEventCount": 0 }""", "maxEventCount")]
    [InlineData("""{ "orderBy": "quantity" }""", "orderBy")]
    [InlineData("""{ "EQ_bizStep": ["no_such_step"] }""", "EQ_bizStep")]
    [InlineData("""{ "EQ_bizStep": [] }""", "EQ_bizStep")]
    [InlineData("""{ "EQ_readPoint": ["no URI"] }""", "EQ_readPoint")]
    [InlineData("""{ "MATCH_epc": ["no URI"] }""", "MATCH_epc")]
    [InlineData("""{ "MATCH_bizStep": ["shipping"] }""", "MATCH_bizStep")]
    [InlineData("""{ "MATCH_epc": ["urn:epc:idpat:sgtin:*.107346.*"] }""", "MATCH_epc")]
    [InlineData("""{ "GT_bizStep": "shipping" }""", "GT_bizStep")]
    [InlineData("""{ "GE_value_CEL": "warm" }""", "GE_value_CEL")]
    [InlineData("""{ "GE_quantity": [1, 2] }""", "GE_quantity")]
    [InlineData("""{ "EQ_bizTransaction_nonsense": ["urn:x:1"] }""", "EQ_bizTransaction_nonsense")]
    [InlineData("""{ "GT_ex:field": ["a"] }""", "GT_ex:field")]
    [InlineData("""{ "WD_epc": ["urn:x:1"] }""", "WD_epc")]
    [InlineData("""{ "EQATTR_readPoint": ["x"] }""", "EQATTR_readPoint")]
    [InlineData("""{ "EXISTS_nonsense": null }""", "EXISTS_nonsense")]
    [InlineData("""{ "EQ_booleanValue": ["maybe"] }""", "EQ_booleanValue")]
    [InlineData("""{ "eventType": ["QuantityEvent"] }""", "eventType")]
    [InlineData("""{ "": 1 }""", "(no name)")]
    [InlineData("""{ "EQ_action": { "a": 1 } }""", "EQ_action")]
    [InlineData("""{ "EQ_stringValue": "\ud800" }""", "query")]
    [InlineData("""{ "GE_quantity": "-Infinity" }""", "GE_quantity")]
    [InlineData("[]", "query")]
    public void WrongParameter_IsNamed(string query, string parameter)
    {
        var read = Ask.Read(query);
        Assert.Null(read.Query);
        Assert.Equal(parameter, read.Problems[0].Parameter);
    }

    [Fact]
    public void EveryFixedParameterOfTheOpenApi_IsTaken()
    {
        string[] names = [.. File.ReadLines(Corpus.PathOf("gs1-epcis/REST Bindings/openapi.yaml")).Where(line => line.StartsWith("        - $ref: \"#/components/parameters/", StringComparison.Ordinal)).Select(line => line.Trim().TrimEnd('"').Split('/')[^1]).Distinct()];
        Assert.True(names.Length > 50, $"{names.Length}");
        foreach (var name in names)
        {
            var value = name switch
            {
                _ when name.Contains("ime") => "2026-01-01T00:00:00Z", _ when name.Contains("ount") || name.Contains("quantity") => "5", "orderBy" => "eventTime", "orderDirection" => "ASC",
                "eventType" => "ObjectEvent", "EQ_action" => "ADD", "EQ_bizStep" => "shipping", "EQ_errorReason" => "incorrect_data", "EQ_type" => "Temperature", "EQ_booleanValue" => "true",
                _ when name.Contains("isposition") => "in_transit", _ when name.Contains("EXISTS") => "true", _ => "https://id.gs1.org/01/09521141012345/21/2017",
            };
            var more = name == "eventCountLimit" ? ", \"orderBy\": \"eventTime\"" : "";
            Assert.Empty(Ask.Read($$"""{ "{{name}}": "{{value}}"{{more}} }""").Problems);
        }
    }

    [Theory]
    [InlineData("EQ_SENSORREPORT_ex:a"), InlineData("EQ_INNER_ILMD_cbvmda:lotNumber"), InlineData("GE_INNER_SENSORELEMENT_ex:a"), InlineData("EQ_ERROR_DECLARATION_ex:a")]
    [InlineData("EQ_readPoint_ex:a"), InlineData("EQ_http://ns.example.com/epcis#myField"), InlineData("EXISTS_INNER_ex:a"), InlineData("LE_ex:a"), InlineData("EQ_ILMD_cbvmda:lotNumber")]
    public void OwnFields_AreTaken(string name) => Assert.Empty(Ask.Read($$"""{ "{{name}}": 5 }""").Problems);

    [Fact]
    public void Url_SaysTheSame()
    {
        var (json, problem) = QueryUrl.ToJson([new("EQ_bizStep", "shipping|receiving"), new("EQ_action", "ADD"), new("EQ_action", "OBSERVE")], "ex=https://ns.example.com/");
        Assert.Null(problem);
        Assert.Equal("""{"@context":{"ex":"https://ns.example.com/"},"EQ_bizStep":["shipping","receiving"],"EQ_action":["ADD","OBSERVE"]}""", Encoding.UTF8.GetString(json!));
        Assert.Equal("GS1-Extensions", QueryUrl.ToJson([], "nonsense").Problem!.Parameter);
    }
}
