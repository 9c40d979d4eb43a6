using TraceGrains.Domain.Events;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class InvalidDocumentsTests
{
    const string Folder = "openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON/Capture/Invalid";

    /// <summary>One line per problem: event | field | part of what is expected | what was found.</summary>
    static readonly Dictionary<string, string[]> Known = new()
    {
        ["Combination_of_events_with_missing_mandatory_fields.json"] =
            ["0 | action | ADD, OBSERVE or DELETE | ", "1 | action | ADD, OBSERVE or DELETE | ", "1 | eventTimeZoneOffset | +08:00 | "],
        ["Combination_of_multiple_invalid_fields.json"] =
        [
            "0 | bizStep | CBV business step | \"transforming\"", "1 | disposition | CBV disposition | \"in_transport\"",
            "2 | sourceList[0].type | location, owning_party, possessing_party | \"place\"", "3 | ilmd.materialType | URI or a CURIE | \"soil\"",
            "4 | eventTime | time zone | \"22-07-2026\"", "4 | action | ADD, OBSERVE or DELETE | \"CREATE\"",
        ],
        ["Combination_of_non_standard_bizStep_and_disposition.json"] = ["0 | bizStep | CBV business step | \"transforming\"", "1 | disposition | CBV disposition | \"in_transport\""],
        ["EPCISDocument_without_context.json"] = [" | @context | JSON-LD context | "],
        ["ObjectEvent_with_ilmd_field_without_namespace.json"] = ["0 | ilmd.materialType | URI or a CURIE | \"soil\""],
        ["ObjectEvent_with_invalid_action.json"] = ["0 | action | ADD, OBSERVE or DELETE | \"CREATE\""],
        ["ObjectEvent_with_invalid_certificationInfo.json"] =
        [
            "0 | certificationInfo[0] | absolute URI | { \"gs1:CertificationDetails\": { \"gs1:certificationAgency\": \"testingAgency\", \"gs1…",
            "0 | certificationInfo[1] | absolute URI | { \"gs1:CertificationDetails\": { \"gs1:certificationAuditDate\": \"wrong date format…",
        ],
        ["ObjectEvent_with_invalid_eventTime_format.json"] = ["0 | eventTime | time zone | \"22-07-2026\""],
        ["ObjectEvent_with_non_standard_bizStep.json"] = ["0 | bizStep | CBV business step | \"transforming\""],
        ["ObjectEvent_with_non_standard_bizStep_in_second_event.json"] = ["1 | bizStep | CBV business step | \"transforming\""],
        ["ObjectEvent_with_non_standard_disposition.json"] = ["0 | disposition | CBV disposition | \"in_transport\""],
        ["ObjectEvent_with_quantity_as_text.json"] = ["0 | quantityList[0].quantity | a number | \"twenty\""],
        ["ObjectEvent_with_unknown_field_in_quantityList.json"] = ["0 | quantityList[0].weight | only epcClass, quantity, uom | 5"],
        ["ObjectEvent_without_action_and_eventTime.json"] = ["0 | eventTime | time zone | ", "0 | action | ADD, OBSERVE or DELETE | ", "0 | eventTimeZoneOffset | +08:00 | "],
        ["ObjectEvent_without_identifier_list.json"] = ["0 | event | an epcList, a quantityList | "],
    };

    public static TheoryData<string> Files => [.. Corpus.Files(Folder, ".json").Select(file => Path.GetFileName(file)!)];

    [Fact]
    public void All_fifteen_invalid_documents_are_known() => Assert.Equal(Known.Keys.Order(StringComparer.Ordinal), Files.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void An_invalid_document_is_refused_naming_every_event_and_field(string file)
    {
        var read = EpcisJson.ReadDocument(File.ReadAllBytes(Corpus.PathOf(Folder, file)));

        Assert.Empty(read.Events);
        var said = read.Problems.OrderBy(problem => problem.EventIndex).ToList();
        Assert.Equal(Known[file].Length, said.Count);
        foreach (var line in Known[file])
        {
            var parts = line.Split(" | ");
            Assert.Contains(said, problem => $"{problem.EventIndex}" == parts[0] && problem.Field == parts[1]
                && problem.Expected.Contains(parts[2], StringComparison.Ordinal) && (problem.Found ?? "") == parts[3]);
        }
    }

    [Theory]
    [InlineData(""" "bizStep":"urn:epcglobal:cbv:bizstep:transforming" """, "bizStep")]
    [InlineData(""" "bizStep":"https://ref.gs1.org/cbv/BizStep-transforming" """, "bizStep")]
    [InlineData(""" "bizStep":"cbv:Disp-active" """, "bizStep")]
    [InlineData(""" "bizStep":7 """, "bizStep")]
    [InlineData(""" "weight":7 """, "weight")]
    [InlineData(""" "parentID":"urn:epc:id:sscc:4012345.0000000333" """, "parentID")]
    [InlineData(""" "quantityList":[{"quantity":7}] """, "quantityList[0].epcClass")]
    [InlineData(""" "quantityList":[{"epcClass":"urn:epc:class:lgtin:4023333.002000.L1","uom":"kg"}] """, "quantityList[0].uom")]
    [InlineData(""" "persistentDisposition":{} """, "persistentDisposition")]
    [InlineData(""" "persistentDisposition":{"set":[]} """, "persistentDisposition.set")]
    [InlineData(""" "persistentDisposition":{"set":["recalled","urn:epcglobal:cbv:disp:recalled"]} """, "persistentDisposition.set[1]")]
    [InlineData(""" "persistentDisposition":{"set":["recalled"],"since":1} """, "persistentDisposition.since")]
    [InlineData(""" "bizLocation":"urn:epc:id:sgln:0614141.07346.1234" """, "bizLocation")]
    [InlineData(""" "bizLocation":{} """, "bizLocation.id")]
    [InlineData(""" "bizTransactionList":[{"type":"po"}] """, "bizTransactionList[0].bizTransaction")]
    [InlineData(""" "destinationList":[{"destination":"urn:epc:id:pgln:4012345.00000"}] """, "destinationList[0].type")]
    [InlineData(""" "errorDeclaration":{"declarationTime":"2026-03-04T11:00:30Z","reason":"bad_luck"} """, "errorDeclaration.reason")]
    [InlineData(""" "errorDeclaration":{} """, "errorDeclaration.declarationTime")]
    [InlineData(""" "sensorElementList":[{}] """, "sensorElementList[0].sensorReport")]
    [InlineData(""" "sensorElementList":[{"sensorReport":[{"value":1}]}] """, "sensorElementList[0].sensorReport[0].type")]
    [InlineData(""" "sensorElementList":[{"sensorReport":[{"type":"Temperature","value":"1"}]}] """, "sensorElementList[0].sensorReport[0].value")]
    [InlineData(""" "sensorElementList":[{"sensorReport":[{"type":"gs1:Warmth","value":1}]}] """, "sensorElementList[0].sensorReport[0].type")]
    [InlineData(""" "sensorElementList":[{"sensorReport":[{"type":"Angle","component":"q"}]}] """, "sensorElementList[0].sensorReport[0].component")]
    [InlineData(""" "ilmd":{"cbvmda:lotNumber":"L"} """, "ilmd")]
    [InlineData(""" "eventID":"seven" """, "eventID")]
    [InlineData(""" "recordTime":"yesterday" """, "recordTime")]
    [InlineData(""" "disposition":"active","disposition":"active" """, "disposition")]
    [InlineData(""" "ex:a":{"b":{"c":1,"c":2}} """, "ex:a.b.c")]
    [InlineData(""" "ex:a":1,"ex:\u0061":2 """, "ex:a")]
    public void A_wrong_field_is_named_by_its_path(string member, string field)
    {
        var problem = Assert.Single(Epcis.Refused(Epcis.Shipping + "," + member));

        Assert.Equal((0, field), (problem.EventIndex, problem.Field));
    }

    [Fact]
    public void An_identifier_that_is_none_is_refused_in_the_words_of_the_identifier()
    {
        var problem = Assert.Single(Epcis.Refused("""
            "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE",
            "epcList":["urn:epc:id:sgtin:0614141.107346.2017","https://id.gs1.org/01/09521141012346/21/1"]
            """));

        Assert.False(TraceGrains.Domain.Identity.Identifier.TryIdentify("https://id.gs1.org/01/09521141012346/21/1", out _, out var error));
        Assert.Equal(new CaptureProblem(0, "epcList[1]", error, "\"https://id.gs1.org/01/09521141012346/21/1\""), problem);
    }

    [Fact]
    public void The_same_spelling_twice_in_a_list_of_instances_is_refused() =>
        Assert.Equal("epcList[1]", Assert.Single(Epcis.Refused("""
            "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE",
            "epcList":["urn:epc:id:sgtin:0614141.107346.2017","urn:epc:id:sgtin:0614141.107346.2017"]
            """)).Field);

    [Fact]
    public void A_transformation_needs_inputs_and_outputs_or_an_id_that_joins_it_to_others()
    {
        const string half = """
            "type":"TransformationEvent","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","inputEPCList":["urn:epc:id:sgtin:0614141.107346.2017"]
            """;

        Assert.Equal("event", Assert.Single(Epcis.Refused(half)).Field);
        Assert.NotNull(Epcis.Accepted(half + ""","transformationID":"urn:epc:id:gdti:4012345.55555.1234" """).Event.TransformationId);
        Assert.Equal("action", Assert.Single(Epcis.Refused(half + ""","transformationID":"urn:epc:id:gdti:4012345.55555.1234","action":"ADD" """)).Field);
    }

    [Theory]
    [InlineData("2026-03-04T11:00:30")]
    [InlineData("2026-03-04 11:00:30Z")]
    [InlineData("2026-02-29T11:00:30Z")]
    [InlineData("2026-03-04T24:00:00Z")]
    [InlineData("2026-03-04T11:00:30+8:00")]
    [InlineData("2026-03-04T11:00:30.Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("2026-03-04T11:00:60Z")]
    public void A_time_without_zone_or_off_the_calendar_is_refused(string time) =>
        Assert.Equal("eventTime", Assert.Single(Epcis.Refused($$"""
            "type":"ObjectEvent","eventTime":"{{time}}","eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":[]
            """)).Field);

    [Fact]
    public void One_bad_event_refuses_the_whole_document_and_all_problems_are_named()
    {
        var read = EpcisJson.ReadDocument(Epcis.Document(Epcis.Shipping, Epcis.Shipping + ""","weight":1""", Epcis.Shipping + ""","length":1,"width":1"""));

        Assert.Empty(read.Events);
        Assert.Equal([(1, "weight"), (2, "length"), (2, "width")], read.Problems.Select(problem => (problem.EventIndex!.Value, problem.Field)));
    }

    [Theory]
    [InlineData("""[]""", "document")]
    [InlineData("""{"type":"EPCISDocument"}""", "@context")]
    [InlineData("""{"@context":7,"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:30Z","epcisBody":{"eventList":[]}}""", "@context")]
    [InlineData("""{"@context":{},"type":"EPCISDocument","schemaVersion":"two","creationDate":"2026-03-04T11:00:30Z","epcisBody":{"eventList":[]}}""", "schemaVersion")]
    [InlineData("""{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026","epcisBody":{"eventList":[]}}""", "creationDate")]
    [InlineData("""{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:30Z","epcisBody":{}}""", "epcisBody.eventList")]
    [InlineData("""{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:30Z","epcisBody":{"eventList":[]},"colour":1}""", "colour")]
    [InlineData("""{"@context":{},"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:30Z","epcisBody":{"eventList":[]}}""", "@context")]
    [InlineData("""{"@context":{},"type":"EPCISQueryDocument","epcisBody":{"queryResults":{"resultsBody":{"eventList":[]}}}}""", "epcisBody.queryResults.queryName")]
    public void What_is_wrong_with_the_document_itself_is_named_too(string json, string field) =>
        Assert.Contains(EpcisJson.ReadDocument(System.Text.Encoding.UTF8.GetBytes(json)).Problems, problem => problem.EventIndex is null && problem.Field == field);

    [Theory]
    [InlineData("", "line 1, byte 1")]
    [InlineData("{\n  \"type\": ,", "line 2, byte 11")]
    [InlineData("{\"type\":\"\\uD800\"}", "surrogate")]
    public void Malformed_JSON_is_a_problem_with_its_place(string json, string place)
    {
        var problem = Assert.Single(EpcisJson.ReadDocument(System.Text.Encoding.UTF8.GetBytes(json)).Problems);

        Assert.Equal("document", problem.Field);
        Assert.Contains("well-formed JSON", problem.Expected, StringComparison.Ordinal);
        Assert.Contains(place, problem.Expected, StringComparison.Ordinal);
    }
}
