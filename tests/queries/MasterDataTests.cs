using System.Text;
using static TraceGrains.Epcis.Tests.Queries.Pages;

namespace TraceGrains.Epcis.Tests.Queries;

/// <summary>Master data in documents: kept, asked for, and used by queries.</summary>
public sealed class MasterDataTests(SharedSilo shared)
{
    Silo Silo => shared.Silo;

    static string NewPlace() => "https://id.gs1.org/414/0614141073467/254/" + Guid.NewGuid().ToString("n")[..12];

    static byte[] Document(string creationDate, string elements, params IEnumerable<string> events) => Encoding.UTF8.GetBytes($$$$"""
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/"}],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"{{{{creationDate}}}}",
        "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:BusinessLocation","vocabularyElementList":[{{{{elements}}}}]}]}},
        "epcisBody":{"eventList":[{{{{string.Join(',', events.Select(members => "{" + members + "}"))}}}}]}}
        """);

    static string Element(string id, string city, params string[] children) =>
        $$"""{"id":"{{id}}","attributes":[{"id":"cbvmda:city","attribute":"{{city}}"},{"id":"ex:size","attribute":5}],"children":[{{string.Join(',', children.Select(child => $"\"{child}\""))}}]}""";

    static string At(string id, string place) => $$"""
        "eventID":"{{id}}","type":"ObjectEvent","eventTime":"2026-03-04T11:00:30+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":["{{Documents.NewUnit()}}"],"bizLocation":{"id":"{{place}}"}
        """;

    async Task Captured(byte[] document)
    {
        var answer = await Silo.Capture(document);
        Assert.True(answer.Status is 200 or 202, answer.Body);
    }

    [Fact]
    public async Task Places_AreFoundWithWhatLiesInThem_AndByTheirAttributes()
    {
        var (site, hall, dock, city) = (NewPlace(), NewPlace(), NewPlace(), Guid.NewGuid().ToString("n"));
        string[] ids = [Documents.NewId(), Documents.NewId(), Documents.NewId()];
        await Captured(Document("2026-03-04T11:00:31Z", Element(site, city, hall) + "," + Element(hall, "elsewhere", dock), At(ids[0], site), At(ids[1], hall), At(ids[2], dock)));
        Assert.Equal(ids, (await Silo.Events("WD_bizLocation=" + Url(site) + "&orderBy=recordTime&orderDirection=ASC")).Ids());
        Assert.Equal(ids[1..], (await Silo.Events("WD_bizLocation=" + Url(hall) + "&orderBy=recordTime&orderDirection=ASC")).Ids());
        Assert.Equal([ids[0]], (await Silo.Events("EQ_bizLocation=" + Url(site))).Ids());
        Assert.Equal([ids[0]], (await Silo.Events($"EQATTR_bizLocation_cbvmda:city={city}")).Ids());
        Assert.Equal([ids[0]], (await Silo.Events($"EQ_ATTR_bizLocation_urn:epcglobal:cbv:mda:city={city}")).Ids());
        Assert.Equal(ids[..2], (await Silo.Events($"HASATTR_bizLocation={Url("urn:epcglobal:cbv:mda:city")}&WD_bizLocation={Url(site)}&orderBy=recordTime&orderDirection=ASC")).Ids());
        // The latest record holds: the site has moved.
        await Captured(Document("2026-03-05T11:00:31Z", Element(site, "moved " + city)));
        Assert.Empty((await Silo.Events($"EQATTR_bizLocation_cbvmda:city={city}")).Ids());
        Assert.Equal([ids[0]], (await Silo.Events("WD_bizLocation=" + Url(site))).Ids());
    }

    [Fact]
    public async Task MasterData_IsNoEventThatQueriesFind()
    {
        var place = NewPlace();
        await Captured(Document("2026-03-04T11:00:31Z", Element(place, "x")));
        Assert.DoesNotContain("MasterData", (await Silo.Events("orderBy=recordTime&perPage=5")).Body);
        Assert.DoesNotContain((await Silo.Get("/epcis/eventTypes")).Members(), type => type.Contains("MasterData"));
    }

    [Fact]
    public async Task NobodyElse_WritesMasterDataAsAnEvent()
    {
        var refused = await Silo.CaptureEvent(Documents.Bare("\"type\":\"urn:tracegrains:voc:MasterDataEvent\",\"eventTime\":\"2026-03-04T11:00:30+08:00\",\"eventTimeZoneOffset\":\"+08:00\""));
        refused.IsProblem(400, "ValidationException");
        Assert.Equal("type", refused.Problems[0].Field);
    }

    static string InDistrict(string id, string district) => $$"""{"id":"{{id}}","attributes":[{"id":"urn:tracegrains:voc:district","attribute":"{{district}}"}]}""";

    [Fact]
    public async Task APlace_SaysItsDistrict_InEveryVersion()
    {
        var place = NewPlace();
        await Captured(Document("2026-03-04T11:00:31Z", InDistrict(place, "500102")));
        await Captured(Document("2026-03-05T11:00:31Z", InDistrict(place, "500103")));
        var data = await Silo.Query("query($code: String!) { masterData(code: $code) { district { code name } } masterDataHistory(code: $code) { district { name } } }", new { code = place });
        Assert.Equal("渝中区", data.GetProperty("masterData")[0].GetProperty("district").GetProperty("name").GetString());
        Assert.Equal(["涪陵区", "渝中区"], data.GetProperty("masterDataHistory").EnumerateArray().Select(record => record.GetProperty("district").GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task ADistrictThatIsNone_IsRefused()
    {
        var refused = await Silo.Capture(Document("2026-03-04T11:00:31Z", InDistrict(NewPlace(), "500199")));
        refused.IsProblem(400, "ValidationException");
        Assert.Equal("epcisHeader.epcisMasterData.vocabularyList[0].vocabularyElementList[0].attributes[0].attribute", refused.Problems[0].Field);
        Assert.Contains("GB/T 2260", refused.Problems[0].Expected, StringComparison.Ordinal);
    }
}
