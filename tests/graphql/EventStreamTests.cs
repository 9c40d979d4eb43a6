using TraceGrains.Contracts.Recalls;
using static TraceGrains.GraphQL.Tests.Surface;
using RecallClass = TraceGrains.Domain.Recalls.RecallClass;

namespace TraceGrains.GraphQL.Tests;

public sealed class EventStreamTests
{
    const string Urn = "urn:tracegrains:recall:r1";
    const string Progress = $$"""subscription { recallProgress(id: "{{Urn}}") { status reached onRecord } }""";

    static RecallView View(long version, RecallStatus status, int reached = 0, int onRecord = 0) =>
        new() { Id = Urn, Version = version, Status = status, Class = RecallClass.I, Reached = reached, OnRecord = onRecord };

    static string? Status(string? block) => Reading.DataOf(block).Text("data", "recallProgress", "status");

    [Fact]
    public async Task Progress_tells_the_present_state_each_change_and_the_end()
    {
        await using var surface = await Surface.Start();
        var recall = surface.Grains.AddRecall(View(1, RecallStatus.Spreading));
        using var stream = await surface.Open(surface.Post(Progress, accept: EventStream));
        Assert.Equal("SPREADING", Status(await stream.NextEvent()));
        recall.Become(View(1, RecallStatus.Spreading));   // nothing happened for ten seconds: no news
        recall.Become(View(2, RecallStatus.Effective, reached: 5, onRecord: 2));
        Assert.Equal("EFFECTIVE", Status(await stream.NextEvent()));
        recall.Become(View(3, RecallStatus.Effective, reached: 5, onRecord: 5));
        Assert.Equal("5", Reading.DataOf(await stream.NextEvent()).Text("data", "recallProgress", "onRecord"));
        Assert.Equal("event: complete\ndata: ", await stream.NextEvent());
        Assert.Null(await stream.NextBlock());
    }

    [Theory]
    [InlineData(RecallStatus.Effective)]
    [InlineData(RecallStatus.Withdrawn)]
    public async Task A_recall_that_has_been_through_is_told_once(RecallStatus status)
    {
        await using var surface = await Surface.Start();
        surface.Grains.AddRecall(View(9, status, 5, 5));
        using var stream = await surface.Open(surface.Get(Progress, EventStream));
        Assert.Equal(status.ToString().ToUpperInvariant(), Status(await stream.NextEvent()));
        Assert.StartsWith("event: complete", await stream.NextEvent());
    }

    [Fact]
    public async Task A_client_that_takes_JSON_and_events_gets_a_subscription_as_events()
    {
        await using var surface = await Surface.Start();
        surface.Grains.AddRecall(View(9, RecallStatus.Effective));
        using var stream = await surface.Open(surface.Post(Progress, accept: "application/graphql-response+json, text/event-stream"));
        Assert.Equal("EFFECTIVE", Status(await stream.NextEvent()));
    }

    [Theory]
    [InlineData(Urn)]
    [InlineData("mine")]
    public async Task A_recall_that_is_not_there_is_an_error_event(string id)
    {
        await using var surface = await Surface.Start();
        using var stream = await surface.Open(surface.Post("subscription($id: ID!) { recallProgress(id: $id) { status } }", new { id }, EventStream));
        var error = Reading.DataOf(await stream.NextEvent()).At("errors", 0);
        Assert.Equal(("BAD_USER_INPUT", "id"), (error.Text("extensions", "code"), error.Text("extensions", "field")));
        Assert.StartsWith("event: complete", await stream.NextEvent());
    }

    [Theory]
    [InlineData("{ recalls { id } }", """{"data":{"recalls":[]}}""")]
    [InlineData("{ nothing }", "errors")]
    [InlineData("{", "errors")]
    public async Task A_query_may_be_answered_as_events_too(string query, string expected)
    {
        await using var surface = await Surface.Start();
        using var stream = await surface.Open(surface.Post(query, accept: EventStream));
        Assert.Contains(expected, await stream.NextEvent());
        Assert.StartsWith("event: complete", await stream.NextEvent());
    }

    [Fact]
    public async Task A_malformed_request_for_events_is_an_error_event()
    {
        await using var surface = await Surface.Start();
        using var stream = await surface.Open(surface.PostBody("{}", EventStream));
        Assert.Equal("BAD_REQUEST", Reading.DataOf(await stream.NextEvent()).Text("errors", 0, "extensions", "code"));
    }

    [Fact]
    public async Task A_fault_on_the_way_is_an_error_event_and_the_end()
    {
        await using var surface = await Surface.Start();
        var recall = surface.Grains.AddRecall(View(1, RecallStatus.Spreading));
        using var stream = await surface.Open(surface.Post(Progress, accept: EventStream));
        Assert.Equal("SPREADING", Status(await stream.NextEvent()));
        recall.Break(new InvalidOperationException("the database at db-7 is on fire"));
        var error = Reading.DataOf(await stream.NextEvent()).At("errors", 0);
        Assert.Equal(("internal error", "INTERNAL_SERVER_ERROR"), (error.Text("message"), error.Text("extensions", "code")));
        Assert.StartsWith("event: complete", await stream.NextEvent());
    }

    [Fact]
    public async Task A_silent_stream_is_kept_alive_by_comments()
    {
        await using var surface = await Surface.Start();
        surface.Grains.AddRecall(View(1, RecallStatus.Spreading));
        using var stream = await surface.Open(surface.Post(Progress, accept: EventStream));
        Assert.Equal("SPREADING", Status(await stream.NextEvent()));
        surface.Clock.Advance(Transport.EventStreams.EventStream.KeepAliveEvery);
        Assert.Equal(":", await stream.NextBlock());
        surface.Clock.Advance(Transport.EventStreams.EventStream.KeepAliveEvery);
        Assert.Equal(":", await stream.NextBlock());
    }

    [Fact]
    public async Task A_client_that_goes_ends_its_request()
    {
        await using var surface = await Surface.Start();
        var recall = surface.Grains.AddRecall(View(1, RecallStatus.Spreading));
        using (var gone = new CancellationTokenSource())
        {
            using var stream = await surface.Open(surface.Post(Progress, accept: EventStream), gone.Token);
            await stream.NextEvent();
            await recall.Watched.Task;
            await gone.CancelAsync();
        }
        await surface.Finished.WaitToReadAsync();   // the server's side of the request has come to its end
    }
}
