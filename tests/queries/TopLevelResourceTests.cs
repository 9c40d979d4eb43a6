using static TraceGrains.Epcis.Tests.Queries.Pages;

namespace TraceGrains.Epcis.Tests.Queries;

/// <summary>Browsing: event types, EPCs, business steps, locations, read points, dispositions, and their events.</summary>
public sealed class TopLevelResourceTests(SharedSilo shared)
{
    Silo Silo => shared.Silo;

    async Task<(string Unit, string Id, string Place)> Capture(string bizStep = "shipping")
    {
        var (unit, id) = (Documents.NewUnit(), Documents.NewId());
        var place = $"https://id.gs1.org/414/0614141073467/254/{unit.Split('.')[^1]}";
        var members = $$"""
            "eventID":"{{id}}","type":"ObjectEvent","eventTime":"2026-03-04T11:00:30+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"{{bizStep}}","disposition":"in_transit",
            "epcList":["{{unit}}"],"readPoint":{"id":"{{place}}"},"bizLocation":{"id":"{{place}}x"}
            """;
        var answer = await Silo.CaptureEvent(Documents.Bare(members));
        Assert.True(answer.Status == 201, answer.Body);
        return (unit, id, place);
    }

    [Fact]
    public async Task Root_NamesItsResources() => Assert.Equal(9, (await Silo.Get("/epcis/")).Members().Length);

    [Fact]
    public async Task EventTypes_AreTheFive_AndOnesOwn()
    {
        var types = (await Silo.Get("/epcis/eventTypes")).Members();
        Assert.Subset(types.ToHashSet(), new HashSet<string> { "ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent" });
        var (_, id, _) = await Capture();
        Assert.Contains(id, (await Silo.Follow("/epcis/eventTypes/ObjectEvent/events?perPage=500")).SelectMany(page => page.Ids()));
        Assert.Equal(["events"], (await Silo.Get("/epcis/eventTypes/ObjectEvent")).Members());
        (await Silo.Get("/epcis/eventTypes/NoSuchEvent")).IsProblem(404, "NoSuchNameException");
    }

    [Fact]
    public async Task Epc_HasItsEvents_InEitherSpelling()
    {
        var (unit, id, _) = await Capture();
        var link = "https://id.gs1.org/01/10614141073464/21/" + unit.Split('.')[^1];
        Assert.Equal(["events"], (await Silo.Get("/epcis/epcs/" + Url(unit))).Members());
        Assert.Equal([id], (await Silo.Get($"/epcis/epcs/{Url(unit)}/events")).Ids());
        Assert.Equal([id], (await Silo.Get($"/epcis/epcs/{Url(link)}/events")).Ids());
        Assert.Equal([id], (await Silo.Get($"/epcis/epcs/{link}/events?EQ_bizStep=shipping")).Ids());
        Assert.Empty((await Silo.Get($"/epcis/epcs/{Url(link)}/events?EQ_bizStep=receiving")).Ids());
        Assert.Empty((await Silo.Get($"/epcis/epcs/{Url(link)}/events?MATCH_anyEPC={Url(Documents.NewUnit())}")).Ids());
        (await Silo.Get("/epcis/epcs/" + Url(Documents.NewUnit()))).IsProblem(404, "NoSuchNameException");
        var all = (await Silo.Follow("/epcis/epcs?perPage=7")).SelectMany(page => page.Members()).ToList();
        Assert.Contains(link, all);
        Assert.Equal(all.Order(StringComparer.Ordinal).Distinct(), all);
        Assert.DoesNotContain(all, code => code.Contains("/414/"));
    }

    [Fact]
    public async Task Product_HasTheEventsOfItsLots_AndItsOwn()
    {
        var serial = Documents.NewUnit().Split('.')[^1];
        var (lot, id) = ($"urn:epc:class:lgtin:4012345.099999.{serial}", Documents.NewId());
        var members = $$"""
            "eventID":"{{id}}","type":"ObjectEvent","eventTime":"2026-03-04T11:00:30+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE","quantityList":[{"epcClass":"{{lot}}","quantity":5,"uom":"KGM"}]
            """;
        Assert.Equal(201, (await Silo.CaptureEvent(Documents.Bare(members))).Status);
        Assert.Equal([id], (await Silo.Get($"/epcis/epcs/{Url(lot)}/events")).Ids());
        Assert.Contains(id, (await Silo.Get($"/epcis/epcs/{Url("urn:epc:idpat:sgtin:4012345.099999.*")}/events?perPage=1000")).Ids());
    }

    [Fact]
    public async Task BizStep_IsAWordOrAUri()
    {
        var own = "https://example.com/steps/" + Guid.NewGuid().ToString("n");
        var (_, id, _) = await Capture(own);
        var steps = (await Silo.Follow("/epcis/bizSteps?perPage=10")).SelectMany(page => page.Members()).ToList();
        Assert.Contains("shipping", steps);
        Assert.Contains("void_shipping", steps);
        Assert.Contains(own, steps);
        Assert.Equal(steps.Order(StringComparer.Ordinal).Distinct(), steps);
        Assert.Equal([id], (await Silo.Get($"/epcis/bizSteps/{Url(own)}/events")).Ids());
        Assert.Equal(200, (await Silo.Get("/epcis/bizSteps/destroying/events")).Status);
        Assert.Equal(["events"], (await Silo.Get($"/epcis/bizSteps/{Url("urn:epcglobal:cbv:bizstep:shipping")}")).Members());
        (await Silo.Get("/epcis/bizSteps/nonsense/events")).IsProblem(404, "NoSuchNameException");
    }

    [Fact]
    public async Task Places_HaveTheirEvents()
    {
        var (_, id, place) = await Capture();
        Assert.Equal([id], (await Silo.Get($"/epcis/readPoints/{Url(place)}/events")).Ids());
        Assert.Equal([id], (await Silo.Get($"/epcis/bizLocations/{Url(place + "x")}/events")).Ids());
        (await Silo.Get($"/epcis/bizLocations/{Url(place)}/events")).IsProblem(404, "NoSuchNameException");
        Assert.Contains(place, (await Silo.Follow("/epcis/readPoints?perPage=5")).SelectMany(page => page.Members()));
        Assert.DoesNotContain(place, (await Silo.Follow("/epcis/bizLocations?perPage=500")).SelectMany(page => page.Members()));
    }

    [Fact]
    public async Task Disposition_HasItsEvents()
    {
        var (unit, id, _) = await Capture();
        Assert.Equal([id], (await Silo.Get($"/epcis/dispositions/in_transit/events?MATCH_epc={Url(unit)}")).Ids());
        Assert.Contains("recalled", (await Silo.Follow("/epcis/dispositions")).SelectMany(page => page.Members()));
    }

    [Theory]
    [InlineData("/epcis/", "GET, OPTIONS"), InlineData("/epcis/events", "GET, OPTIONS, POST"), InlineData("/epcis/epcs", "GET, OPTIONS")]
    [InlineData("/epcis/bizSteps/shipping", "GET, OPTIONS"), InlineData("/epcis/bizSteps/shipping/events", "GET, OPTIONS"), InlineData("/epcis/queries", "GET, OPTIONS, POST")]
    [InlineData("/epcis/queries/x", "DELETE, GET, OPTIONS"), InlineData("/epcis/queries/x/events", "GET, OPTIONS")]
    public async Task Options_SayWhatIsOffered(string path, string allow)
    {
        var answer = await Silo.Send(HttpMethod.Options, path);
        Assert.Equal(204, answer.Status);
        Assert.Equal(allow, answer.Headers["Allow"]);
        Assert.Equal("2.0.0", answer.Headers["GS1-EPCIS-Version"]);
        Assert.Contains("Always_GS1_Digital_Link", answer.Headers["GS1-EPC-Format"]);
    }
}
