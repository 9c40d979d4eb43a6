using TraceGrains.Contracts.Queries;

namespace TraceGrains.GraphQL.Tests;

public sealed class MasterDataTests
{
    static MasterView View(string code, int day, string district) => new()
    {
        Code = code, Vocabulary = "urn:epcglobal:epcis:vtype:BusinessLocation", Sequence = day, RecordTime = new DateTimeOffset(2026, 5, day, 0, 0, 0, TimeSpan.Zero),
        AttributeIds = ["urn:epcglobal:cbv:mda:city", "urn:tracegrains:voc:district"], AttributeValues = ["重庆", district], Children = ["urn:xx:hall"],
    };

    [Fact]
    public async Task A_place_says_its_attributes_and_its_district_now_and_then()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Masters.AddRange([View("urn:xx:site", 3, "500102"), View("urn:xx:other", 3, "999999")]);
        var data = await surface.Data("""
            {
              now: masterData(code: "urn:xx:site") { code vocabulary attributes { id value } children district { code province name } sequence recordTime }
              before: masterData(code: "urn:xx:site", asOf: "2026-05-02T00:00:00Z") { code }
              unknown: masterData(code: "urn:xx:other") { district { code } }
              history: masterDataHistory(code: "urn:xx:site", first: 5) { sequence }
              list: masterDataList(after: "urn:xx:other") { code }
            }
            """);
        Assert.Equal(("urn:epcglobal:cbv:mda:city", "重庆", "urn:xx:hall"), (data.Text("now", 0, "attributes", 0, "id"), data.Text("now", 0, "attributes", 0, "value"), data.Text("now", 0, "children", 0)));
        Assert.Equal(("500102", "重庆", "涪陵区"), (data.Text("now", 0, "district", "code"), data.Text("now", 0, "district", "province"), data.Text("now", 0, "district", "name")));
        Assert.Equal(0, data.GetProperty("before").GetArrayLength());
        Assert.Null(data.Text("unknown", 0, "district"));
        Assert.Equal(("3", "urn:xx:site"), (data.Text("history", 0, "sequence"), data.Text("list", 0, "code")));
    }

    [Fact]
    public async Task A_page_that_is_too_long_is_refused()
    {
        await using var surface = await Surface.Start();
        var answer = await surface.Send(surface.Post("""{ masterDataList(first: 1001) { code } }"""));
        Assert.Contains("first", answer.Body, StringComparison.Ordinal);
        Assert.Contains("expected a number from 0 to 1000", answer.Body, StringComparison.Ordinal);
    }
}
