using System.Text;
using static TraceGrains.Epcis.Tests.Queries.Pages;

namespace TraceGrains.Epcis.Tests.Queries;

/// <summary>Queries kept under a name.</summary>
public sealed class NamedQueryTests(SharedSilo shared)
{
    Silo Silo => shared.Silo;

    static Task<Answer> Create(Silo silo, string body, params (string, string)[] headers) => silo.Send(HttpMethod.Post, "/epcis/queries", Encoding.UTF8.GetBytes(body), Requests.Json, headers);

    static string NewName() => "query " + Guid.NewGuid().ToString("n");

    [Fact]
    public async Task Query_IsMade_Listed_Asked_Deleted()
    {
        var (name, unit, id) = (NewName(), Documents.NewUnit(), Documents.NewId());
        Assert.Equal(201, (await Silo.CaptureEvent(Documents.Bare(Documents.Shipping(id, unit, ",\"ex:a\":\"b\"")))).Status);
        var made = await Create(Silo, $$"""{ "@context": { "my": "https://ns.example.com/" }, "name": "{{name}}", "query": { "MATCH_epc": ["{{unit}}"], "EQ_my:a": "b" } }""");
        Assert.True(made.Status == 201, made.Body);
        Assert.Equal("/epcis/queries/" + Url(name), made.Headers["Location"]);
        Assert.Equal(unit, (await Silo.Get(made.Headers["Location"])).Root.GetProperty("query").GetProperty("MATCH_epc")[0].GetString());
        Assert.Contains(name, (await Silo.Follow("/epcis/queries?perPage=2")).SelectMany(page => page.Root.EnumerateArray()).Select(query => query.GetProperty("name").GetString()));
        var answer = await Silo.Get(made.Headers["Location"] + "/events");
        Assert.Equal([id], answer.Ids());
        Assert.Equal(name, answer.Root.GetProperty("epcisBody").GetProperty("queryResults").GetProperty("queryName").GetString());
        Assert.Equal(204, (await Silo.Send(HttpMethod.Delete, made.Headers["Location"])).Status);
        (await Silo.Send(HttpMethod.Delete, made.Headers["Location"])).IsProblem(404, "NoSuchNameException");
        (await Silo.Get(made.Headers["Location"])).IsProblem(404, "NoSuchNameException");
        (await Silo.Get(made.Headers["Location"] + "/events")).IsProblem(404, "NoSuchNameException");
    }

    [Fact]
    public async Task Name_IsTakenOnce()
    {
        var body = $$"""{ "name": "{{NewName()}}", "query": { "EQ_bizStep": ["shipping"] } }""";
        Assert.Equal(201, (await Create(Silo, body)).Status);
        (await Create(Silo, body)).IsProblem(409, "ResourceAlreadyExistsException");
    }

    [Theory]
    [InlineData("""{ "name": "x", "query": { "EQ_nonsense": 1 } }"""), InlineData("""{ "query": {} }"""), InlineData("""{ "name": "a/b", "query": {} }"""), InlineData("""{ "name": "x", "query": [] }"""), InlineData("nonsense")]
    public async Task WrongQuery_IsRefused(string body) => (await Create(Silo, body)).IsProblem(400, "QueryParameterException");

    [Fact]
    public async Task OtherMediaTypes_AreRefused() =>
        (await Silo.Send(HttpMethod.Post, "/epcis/queries", "<query/>"u8.ToArray(), "application/xml")).IsProblem(415, "UnsupportedMediaTypeException");

    [Fact]
    public async Task Query_SurvivesACrash()
    {
        await using var silo = await Silo.Start();
        Assert.Equal(201, (await Create(silo, """{ "name": "kept", "query": { "EQ_bizStep": ["shipping"] } }""")).Status);
        await silo.KillAndStart();
        Assert.Equal("kept", (await silo.Get("/epcis/queries/kept")).Root.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Pages_OfANamedQuery_Follow()
    {
        var (name, unit) = (NewName(), Documents.NewUnit());
        for (var i = 0; i < 3; i++) Assert.Equal(201, (await Silo.CaptureEvent(Documents.Bare(Documents.Shipping(Documents.NewId(), unit)))).Status);
        Assert.Equal(201, (await Create(Silo, $$"""{ "name": "{{name}}", "query": { "MATCH_epc": ["{{unit}}"] } }""")).Status);
        var pages = await Silo.Follow($"/epcis/queries/{Url(name)}/events?perPage=2");
        Assert.Equal([2, 1], pages.Select(page => page.Ids().Length));
    }
}
