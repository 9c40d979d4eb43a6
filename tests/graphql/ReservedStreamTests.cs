using System.Text.Json;
using TraceGrains.Contracts.Recalls;
using static TraceGrains.GraphQL.Tests.Surface;
using RecallClass = TraceGrains.Domain.Recalls.RecallClass;

namespace TraceGrains.GraphQL.Tests;

/// <summary>graphql-sse, single connection mode, request by request. How other people's client gets on with it is tested in <c>tests/conformance</c>.</summary>
public sealed class ReservedStreamTests
{
    const string Header = "X-GraphQL-Event-Stream-Token";
    const string Follow = """subscription { custodyEvents(code: "urn:xx:a", after: "0") { cursor } }""";

    static async Task<string> Reserve(Surface surface)
    {
        var answer = await surface.Send(new HttpRequestMessage(HttpMethod.Put, "/graphql"));
        Assert.Equal((201, "text/plain"), (answer.Status, answer.MediaType));
        Assert.True(answer.Body.Length >= 22);
        return answer.Body;
    }

    static HttpRequestMessage With(HttpRequestMessage request, string token)
    {
        request.Headers.Add(Header, token);
        return request;
    }

    static Task<StreamReader> Open(Surface surface, string token)
    {
        var request = With(new HttpRequestMessage(HttpMethod.Get, "/graphql"), token);
        request.Headers.Add("Accept", EventStream);
        return surface.Open(request);
    }

    static Task<Answer> Operate(Surface surface, string token, string query, string? id = "1", string? accept = null) =>
        surface.Send(With(surface.PostBody(JsonSerializer.Serialize(new { query, extensions = id is null ? null : new { operationId = id } }), accept), token));

    static Task<Answer> Stop(Surface surface, string token, string more = "?operationId=1") => surface.Send(With(new HttpRequestMessage(HttpMethod.Delete, "/graphql" + more), token));

    [Fact]
    public async Task Results_go_to_the_stream_each_with_its_operation()
    {
        await using var surface = await Surface.Start();
        var token = await Reserve(surface);
        using var stream = await Open(surface, token);
        var accepted = await Operate(surface, token, "{ recalls { id } }", "mine");
        Assert.Equal((202, ""), (accepted.Status, accepted.Body));
        Assert.Equal("""{"id":"mine","payload":{"data":{"recalls":[]}}}""", Reading.DataOf(await stream.NextEvent()).GetRawText());
        Assert.Equal("event: complete\ndata: {\"id\":\"mine\"}", await stream.NextEvent());
        Assert.Equal(202, (await Operate(surface, token, "{ recalls { id } }", "mine")).Status);   // the id is free again
    }

    [Fact]
    public async Task The_token_may_stand_in_the_URL_and_operations_may_come_before_the_stream_is_opened()
    {
        await using var surface = await Surface.Start();
        var token = await Reserve(surface);
        Assert.Equal(202, (await surface.Send(surface.Get("{ recalls { id } }", null, $"&token={token}&extensions=" + Uri.EscapeDataString("""{"operationId":"a"}""")))).Status);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?token={token}");
        request.Headers.Add("Accept", EventStream);
        using var stream = await surface.Open(request);
        Assert.Equal("a", Reading.DataOf(await stream.NextEvent()).Text("id"));
    }

    [Fact]
    public async Task A_stream_is_opened_once()
    {
        await using var surface = await Surface.Start();
        var token = await Reserve(surface);
        using var stream = await Open(surface, token);
        var request = With(new HttpRequestMessage(HttpMethod.Get, "/graphql"), token);
        request.Headers.Add("Accept", EventStream);
        Assert.Equal(409, (await surface.Send(request)).Status);
    }

    [Fact]
    public async Task A_token_that_is_none_is_404()
    {
        await using var surface = await Surface.Start();
        Assert.Equal(404, (await Operate(surface, "guessed", "{ recalls { id } }")).Status);
        Assert.Equal(404, (await Stop(surface, "guessed")).Status);
        Assert.Equal(404, (await surface.Send(new HttpRequestMessage(HttpMethod.Delete, "/graphql?operationId=1"))).Status);
        var request = With(new HttpRequestMessage(HttpMethod.Get, "/graphql"), "guessed");
        request.Headers.Add("Accept", EventStream);
        Assert.Equal(404, (await surface.Send(request)).Status);
    }

    [Fact]
    public async Task A_reservation_waits_a_minute()
    {
        await using var surface = await Surface.Start();
        var token = await Reserve(surface);
        surface.Clock.Advance(Transport.EventStreams.StreamReservations.OpenWithin);
        Assert.Equal(404, (await Operate(surface, token, "{ recalls { id } }")).Status);
    }

    [Fact]
    public async Task An_open_stream_stays_and_its_going_ends_everything_of_it()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Events.Add(FakeEvents.Of(1, "one", "{}"));
        var token = await Reserve(surface);
        using (var stream = await Open(surface, token))
        {
            surface.Clock.Advance(Transport.EventStreams.StreamReservations.OpenWithin * 2);
            Assert.Equal(202, (await Operate(surface, token, Follow)).Status);
            await stream.NextEvent();
        }
        await TestSignals.Until(() => surface.Grains.News.Listening == 0);
        await TestSignals.Until(() => Operate(surface, token, "{ recalls { id } }").Result.Status == 404);
    }

    [Fact]
    public async Task An_operation_is_stopped_by_DELETE()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Events.Add(FakeEvents.Of(1, "one", "{}"));
        var token = await Reserve(surface);
        using var stream = await Open(surface, token);
        Assert.Equal(202, (await Operate(surface, token, Follow)).Status);
        await stream.NextEvent();
        Assert.Equal(200, (await Stop(surface, token)).Status);
        Assert.Equal(200, (await Stop(surface, token)).Status);   // again, or of one that never was: nothing
        Assert.Equal(400, (await Stop(surface, token, "")).Status);
        await TestSignals.Until(() => surface.Grains.News.Listening == 0);
        Assert.Equal(202, (await Operate(surface, token, "{ recalls { id } }", "2")).Status);
        Assert.Equal("2", Reading.DataOf(await stream.NextEvent()).Text("id"));
    }

    [Theory]
    [InlineData("{ nothing }", 400)]
    [InlineData("{", 400)]
    public async Task What_cannot_run_is_told_at_once(string query, int status)
    {
        await using var surface = await Surface.Start();
        var token = await Reserve(surface);
        var answer = await Operate(surface, token, query);
        Assert.Equal(status, answer.Status);
        Assert.NotEqual("", answer.Root.Text("errors", 0, "message"));
        Assert.Equal(202, (await Operate(surface, token, "{ recalls { id } }")).Status);   // the id is not taken
    }

    [Fact]
    public async Task An_operation_has_an_id_of_its_own()
    {
        await using var surface = await Surface.Start();
        var token = await Reserve(surface);
        Assert.Equal(400, (await Operate(surface, token, Follow, null)).Status);
        Assert.Equal(202, (await Operate(surface, token, Follow)).Status);
        Assert.Equal(409, (await Operate(surface, token, Follow)).Status);
    }

    [Fact]
    public async Task A_mutation_by_GET_is_405_here_too()
    {
        await using var surface = await Surface.Start();
        var token = await Reserve(surface);
        var answer = await surface.Send(With(surface.Get("mutation { __typename }", null, "&extensions=" + Uri.EscapeDataString("""{"operationId":"a"}""")), token));
        Assert.Equal(405, answer.Status);
    }

    [Fact]
    public async Task A_stream_has_only_so_many_operations()
    {
        await using var surface = await Surface.Start();
        surface.Grains.AddRecall(new() { Id = "urn:tracegrains:recall:r1", Version = 1, Status = RecallStatus.Spreading, Class = RecallClass.I });
        var token = await Reserve(surface);
        for (var i = 0; i < Limits.OperationsMax; i++)
            Assert.Equal(202, (await Operate(surface, token, Follow, $"{i}")).Status);
        Assert.Equal(429, (await Operate(surface, token, Follow, "more")).Status);
    }
}
