using System.Text;
using System.Text.Json;
using static TraceGrains.Epcis.Tests.Queries.Pages;

namespace TraceGrains.Epcis.Tests.Queries;

/// <summary><c>GET /events</c>: what is found, in which order and form, on which pages.</summary>
public sealed class EventQueryTests(SharedSilo shared)
{
    Silo Silo => shared.Silo;

    async Task<string> Capture(string epc, string more = "")
    {
        var id = Documents.NewId();
        var answer = await Silo.CaptureEvent(Documents.Bare(Documents.Shipping(id, epc, more)));
        Assert.True(answer.Status == 201, answer.Body);
        return id;
    }

    static string Link(string urn) => "https://id.gs1.org/01/10614141073464/21/" + urn.Split('.')[^1];

    [Fact]
    public async Task Code_IsFoundWhicheverWayItIsWritten_AtOnce()
    {
        var unit = Documents.NewUnit();
        var id = await Capture(unit);
        Assert.Equal([id], (await Silo.Events("MATCH_epc=" + Url(unit))).Ids());
        Assert.Equal([id], (await Silo.Events("MATCH_anyEPC=" + Url(Link(unit)))).Ids());
        var other = await Capture(Link(unit).Replace("id.gs1.org", "example.com"));
        Assert.Equal([id, other], (await Silo.Events("MATCH_epc=" + Url(unit) + "|urn:x:nothing")).Ids());
        Assert.Empty((await Silo.Events("MATCH_epc=" + Url(unit) + "&EQ_bizStep=receiving")).Ids());
    }

    [Fact]
    public async Task Event_ComesBackAsItWasSaid()
    {
        var unit = Documents.NewUnit();
        await Capture(unit, ",\"ex:weight\":12.50,\"ex:名\":\"榨菜\"");
        var answer = await Silo.Events("MATCH_epc=" + Url(unit));
        Assert.Equal("Never_Translates", answer.Headers["GS1-EPC-Format"]);
        var e = answer.EventList().Single();
        Assert.Equal(unit, e.GetProperty("epcList")[0].GetString());
        Assert.Equal("12.50", e.GetProperty("ex:weight").GetRawText());
        Assert.Equal("榨菜", e.GetProperty("ex:名").GetString());
        Assert.True(e.GetProperty("recordTime").GetDateTimeOffset() > new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Contains("https://ns.example.com/", answer.Root.GetProperty("@context").GetRawText());
    }

    [Fact]
    public async Task DigitalLinks_OnDemand_AndUrnsNever()
    {
        var unit = Documents.NewUnit();
        await Capture(unit, $",\"ex:note\":\"{unit}\"");
        var e = (await Silo.Events("MATCH_epc=" + Url(unit), ("GS1-EPC-Format", "Always_GS1_Digital_Link"))).EventList().Single();
        Assert.Equal(Link(unit), e.GetProperty("epcList")[0].GetString());
        Assert.Equal("https://id.gs1.org/414/0614141073467/254/1234", e.GetProperty("readPoint").GetProperty("id").GetString());
        Assert.Equal(unit, e.GetProperty("ex:note").GetString());
        // An identifier that came as a URN can be answered as one.
        Assert.Equal(unit, (await Silo.Events("MATCH_epc=" + Url(unit), ("GS1-EPC-Format", "Always_EPC_URN"))).EventList().Single().GetProperty("epcList")[0].GetString());
        (await Silo.Events("MATCH_epc=" + Url(unit), ("GS1-EPC-Format", "nonsense"))).IsProblem(406, "NotAcceptableException");
        (await Silo.Events("MATCH_epc=" + Url(unit), ("Accept", "text/csv"))).IsProblem(406, "NotAcceptableException");
        Assert.Equal("application/ld+json", (await Silo.Events("MATCH_epc=" + Url(unit), ("Accept", "text/csv, application/ld+json;q=0.5"))).MediaType);
    }

    [Fact]
    public async Task Xml_OnDemand_IsADocumentThatCanBeCapturedAgain()
    {
        var unit = Documents.NewUnit();
        var id = await Capture(unit, ",\"ex:weight\":12.50");
        var answer = await Silo.Events("MATCH_epc=" + Url(unit), ("Accept", "application/xml"));
        Assert.Equal((200, "application/xml"), (answer.Status, answer.MediaType));
        Assert.Contains("EPCISQueryDocument", answer.Body);
        Assert.Contains(unit, answer.Body);
        var again = (await Silo.Capture(Encoding.UTF8.GetBytes(answer.Body), "application/xml")).Receipts;
        Assert.Equal((id, true), again.Select(receipt => (receipt.EventId, receipt.IsRepeat)).Single());
        Assert.Contains("<epcList", (await Silo.Send(HttpMethod.Get, "/epcis/events/" + Url(id), null, null, ("Accept", "text/xml"))).Body);
    }

    [Fact]
    public async Task WrongQuery_SaysWhatIsWrong()
    {
        var answer = await Silo.Events("EQ_bizStep=nonsense&GE_eventTime=yesterday&perPage=10");
        answer.IsProblem(400, "QueryParameterException");
        Assert.Equal(["EQ_bizStep", "GE_eventTime"], answer.Root.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("parameter").GetString()));
        (await Silo.Events("perPage=0")).IsProblem(400, "QueryParameterException");
        (await Silo.Events("nextPageToken=abc")).IsProblem(400, "QueryParameterException");
        (await Silo.Events("EQ_epcList=1")).IsProblem(400, "QueryParameterException");
        (await Silo.Send(HttpMethod.Get, "/epcis/events", null, null, ("GS1-Extensions", "nonsense"))).IsProblem(400, "QueryParameterException");
    }

    [Fact]
    public async Task Prefixes_AreExplainedByAHeader()
    {
        var unit = Documents.NewUnit();
        var id = await Capture(unit, ",\"ex:lane\":\"north\"");
        var query = $"MATCH_epc={Url(unit)}&EQ_my%3Alane=north";
        Assert.Equal([id], (await Silo.Events(query, ("GS1-Extensions", "my=https://ns.example.com/"))).Ids());
        Assert.Empty((await Silo.Events(query)).Ids());
        Assert.Equal([id], (await Silo.Events($"MATCH_epc={Url(unit)}&EQ_ex%3Alane=north")).Ids());
    }

    [Fact]
    public async Task Pages_NeitherSkipNorRepeat_WhileEventsArrive()
    {
        var unit = Documents.NewUnit();
        var expected = new List<string>();
        for (var i = 0; i < 7; i++) expected.Add(await Capture(unit));
        var found = new List<string>();
        for (var next = $"/epcis/events?MATCH_epc={Url(unit)}&perPage=2&orderBy=eventTime&orderDirection=ASC"; next is not null;)
        {
            var page = await Silo.Get(next);
            found.AddRange(page.Ids());
            next = page.Next();
            Assert.Equal(next is not null, page.Headers.ContainsKey("GS1-Next-Page-Token-Expires"));
            await Capture(unit);
        }
        Assert.Equal(expected, found);
        Assert.Equal(11, (await Silo.Events($"MATCH_epc={Url(unit)}")).Ids().Length);
        Assert.Equal(["2", "2", "1"], (await Silo.Follow($"/epcis/events?MATCH_epc={Url(unit)}&perPage=2&orderBy=recordTime&eventCountLimit=5")).Select(page => page.Ids().Length.ToString()));
        (await Silo.Events($"MATCH_epc={Url(unit)}&maxEventCount=10")).IsProblem(413, "QueryTooLargeException");
        Assert.Equal(11, (await Silo.Events($"MATCH_epc={Url(unit)}&maxEventCount=11")).Ids().Length);
    }

    [Fact]
    public async Task Token_BelongsToItsQuery_AndCanBeGivenBack()
    {
        var unit = Documents.NewUnit();
        for (var i = 0; i < 3; i++) await Capture(unit);
        var next = (await Silo.Events($"MATCH_epc={Url(unit)}&perPage=1")).Next()!;
        var token = next.Split("nextPageToken=")[1].Split('&')[0];
        (await Silo.Events($"MATCH_epc={Url(Documents.NewUnit())}&nextPageToken={token}")).IsProblem(400, "QueryParameterException");
        Assert.Single((await Silo.Get(next)).Ids());
        Assert.Equal(204, (await Silo.Send(HttpMethod.Delete, "/epcis/nextPageToken/" + token)).Status);
        (await Silo.Get(next)).IsProblem(400, "QueryParameterException");
    }

    [Fact]
    public async Task RecordTime_Orders_AndBounds()
    {
        var unit = Documents.NewUnit();
        var (first, second) = (await Capture(unit), await Capture(unit));
        Assert.Equal([second, first], (await Silo.Events($"MATCH_epc={Url(unit)}&orderBy=recordTime")).Ids());
        var time = (await Silo.Events("EQ_eventID=" + Url(second))).EventList().Single().GetProperty("recordTime").GetString()!;
        Assert.Equal([second], (await Silo.Events($"MATCH_epc={Url(unit)}&GE_recordTime={Url(time)}&LT_recordTime=2200-01-01T00:00:00Z")).Ids().Intersect([second]));
        Assert.DoesNotContain(second, (await Silo.Events($"MATCH_epc={Url(unit)}&LT_recordTime={Url(time)}")).Ids());
    }

    [Fact]
    public async Task EventById_ComesWithItsErrorDeclaration()
    {
        var unit = Documents.NewUnit();
        var id = await Capture(unit);
        var declared = await Silo.CaptureEvent(Documents.Bare(Documents.Shipping(id, unit, ",\"errorDeclaration\":{\"declarationTime\":\"2026-03-05T00:00:00Z\",\"reason\":\"did_not_occur\"}")));
        Assert.True(declared.Status == 201, declared.Body);
        var events = (await Silo.EventById(id)).EventList();
        Assert.Equal([false, true], events.Select(e => e.TryGetProperty("errorDeclaration", out _)));
        Assert.Equal([id], (await Silo.Events($"MATCH_epc={Url(unit)}&EXISTS_errorDeclaration=true")).Ids());
        (await Silo.EventById("urn:uuid:00000000-0000-0000-0000-000000000000")).IsProblem(404, "NoSuchResourceException");
    }

    [Fact]
    public async Task EventWithoutId_IsFoundByItsHash()
    {
        var unit = Documents.NewUnit();
        Assert.Equal(201, (await Silo.CaptureEvent(Documents.Bare(Documents.Shipping(null, unit)))).Status);
        var id = (await Silo.Events("MATCH_epc=" + Url(unit))).Ids().Single();
        Assert.StartsWith("ni:///sha-256;", id);
        Assert.Equal([id], (await Silo.Events("EQ_eventID=" + Url(id))).Ids());
    }

    [Fact]
    public async Task KilledSilo_AndALostIndex_ChangeNoAnswer()
    {
        var folder = Path.Combine(Path.GetTempPath(), "tracegrains-queries-" + Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(folder);
        try
        {
            async Task<(string Body, string Steps)> Ask(bool captures)
            {
                await using var process = await TraceGrains.Tests.SiloProcess.Start(folder, "--shards", "4");
                using var http = new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(3) };
                if (captures)
                {
                    using var document = new ByteArrayContent(Documents.Document(Enumerable.Range(1, 50).Select(_ => Documents.Shipping(Documents.NewId(), Documents.NewUnit()))));
                    document.Headers.ContentType = new(Requests.Json);
                    (await http.PostAsync("/epcis/capture", document)).EnsureSuccessStatusCode();
                }
                var events = await http.GetStringAsync("/epcis/events?EQ_bizStep=shipping&perPage=100&orderBy=eventTime");
                var steps = await http.GetStringAsync("/epcis/readPoints");
                await process.Kill();
                return (events[events.IndexOf("eventList", StringComparison.Ordinal)..], steps);
            }

            var first = await Ask(captures: true);
            Assert.Equal(50, first.Body.Split("recordTime").Length - 1);
            Assert.Equal(first, await Ask(captures: false));
            foreach (var file in Directory.GetFiles(folder, "index.db*")) File.Delete(file);
            Assert.Equal(first, await Ask(captures: false));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
