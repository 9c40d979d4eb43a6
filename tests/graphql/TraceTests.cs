using TraceGrains.Contracts.Lineage;
using EdgeKind = TraceGrains.Domain.Lineage.EdgeKind;
using TraceDirection = TraceGrains.Domain.Lineage.TraceDirection;

namespace TraceGrains.GraphQL.Tests;

public sealed class TraceTests
{
    const string Lot = "https://id.gs1.org/01/10614141123459/10/L1";
    const string LotUrn = "urn:epc:class:lgtin:0614141.112345.L1";
    const string Depot = "https://id.gs1.org/417/0614141000005";

    static TraceAnswer Answer(TraceRequest request) => new()
    {
        Total = 3, Levels = [2, 1], IsCut = true, AsOfSequence = 42,
        Holders = [new HolderGroup { Holder = Depot, Count = 3 }],
        Items = [.. Enumerable.Range(1, Math.Min(request.First, 3)).Select(i => new TracedItem { Code = "urn:xx:" + i, Recalls = i == 1 ? ["urn:tracegrains:recall:r"] : [], Cursor = "c" + i })],
        Next = request.First < 3 ? "c" + request.First : null,
    };

    [Fact]
    public async Task Holders_and_items_come_from_one_walk()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnTrace = Answer;
        var trace = (await surface.Data($$"""
            { trace(code: "{{LotUrn}}") { total levels isCut asOfSequence holders { holder count } items { nodes { code recalled recallIds } pageInfo { endCursor hasNextPage } } } }
            """)).GetProperty("trace");
        Assert.Equal(new TraceRequest { Code = Lot }, Assert.Single(surface.Grains.Traces));
        Assert.Equal(("3", "[2,1]", "42", Depot), (trace.Text("total"), trace.Text("levels"), trace.Text("asOfSequence"), trace.Text("holders", 0, "holder")));
        Assert.Equal(("urn:tracegrains:recall:r", "False"), (trace.Text("items", "nodes", 0, "recallIds", 0), trace.Text("items", "nodes", 1, "recalled")));
        Assert.Equal("False", trace.Text("items", "pageInfo", "hasNextPage"));
    }

    [Fact]
    public async Task The_arguments_of_the_items_travel_with_the_one_walk()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnTrace = Answer;
        var data = await surface.Data("""
            query($code: String!, $first: Int!, $after: String) {
              trace(code: $code, direction: BACKWARD, depth: 2, asOf: "2026-05-03T00:00:00Z", follow: [MADE_OF, CONTAINED_IN]) {
                ...page
              }
            }
            fragment page on Trace { page: items(first: $first, after: $after, holder: "urn:epc:id:pgln:0614141.00000") { pageInfo { endCursor hasNextPage } } }
            """, new { code = Lot, first = 2, after = "c7" });
        Assert.Equal(new TraceRequest
        {
            Code = Lot, Direction = TraceDirection.Backward, Depth = 2, AsOf = new DateTimeOffset(2026, 5, 3, 0, 0, 0, TimeSpan.Zero),
            Follow = EdgeKind.MadeOf | EdgeKind.ContainedIn, First = 2, After = "c7", Holder = Depot,
        }, Assert.Single(surface.Grains.Traces));
        Assert.Equal(("c2", "True"), (data.Text("trace", "page", "pageInfo", "endCursor"), data.Text("trace", "page", "pageInfo", "hasNextPage")));
    }

    [Fact]
    public async Task A_trace_without_items_lists_none()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnTrace = Answer;
        await surface.Data($$"""{ trace(code: "{{Lot}}") { total } }""");
        Assert.Equal(0, Assert.Single(surface.Grains.Traces).First);
    }

    [Fact]
    public async Task A_second_page_under_an_alias_walks_again()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnTrace = Answer;
        var data = await surface.Data($$"""{ trace(code: "{{Lot}}") { a: items(first: 1) { nodes { code } } b: items(first: 2) { nodes { code } } } }""");
        Assert.Equal([1, 2], surface.Grains.Traces.Select(request => request.First));
        Assert.Equal((1, 2), (data.At("trace", "a", "nodes").GetArrayLength(), data.At("trace", "b", "nodes").GetArrayLength()));
    }

    [Fact]
    public async Task A_code_that_was_never_named_has_no_trace()
    {
        await using var surface = await Surface.Start();
        Assert.Null((await surface.Data($$"""{ trace(code: "{{Lot}}") { total items { nodes { code } } } }""")).Text("trace"));
    }

    [Theory]
    [InlineData("depth: 0", "total", "depth")]
    [InlineData("depth: -3", "total", "depth")]
    [InlineData("follow: []", "total", "follow")]
    [InlineData("", "items(first: 10001) { nodes { code } }", "first")]
    [InlineData("", "items(first: -1) { nodes { code } }", "first")]
    [InlineData("", "items(holder: \"nobody\") { nodes { code } }", "holder")]
    [InlineData("", "path(to: \"nowhere\") { from }", "to")]
    public async Task An_argument_beyond_its_limits_is_an_error_at_that_argument(string arguments, string selection, string field)
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnTrace = Answer;
        var error = await surface.Error($$"""{ trace(code: "{{Lot}}" {{arguments}}) { {{selection}} } }""");
        Assert.Equal(("BAD_USER_INPUT", field), (error.Text("extensions", "code"), error.Text("extensions", "field")));
        Assert.Contains("expected", error.Text("message"));
    }

    [Theory]
    [InlineData("items(after: \"mine\") { nodes { code } }")]
    [InlineData("a: items { nodes { code } } b: items(after: \"mine\") { nodes { code } }")]
    public async Task A_cursor_that_the_grain_did_not_make_is_an_error_at_its_argument(string selection)
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnTrace = request => request.After is null ? Answer(request) : throw new FormatException("after: …");
        var error = await surface.Error($$"""{ trace(code: "{{Lot}}") { {{selection}} } }""");
        Assert.Equal(("BAD_USER_INPUT", "after"), (error.Text("extensions", "code"), error.Text("extensions", "field")));
    }

    [Fact]
    public async Task A_path_shows_its_steps_and_their_events()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnTrace = Answer;
        surface.Grains.Steps.Add(new PathStep { From = Lot, To = "urn:xx:case", Kind = EdgeKind.ContainedIn, Sequence = 5, Since = DateTimeOffset.UnixEpoch });
        surface.Grains.Events.Add(FakeEvents.Of(5, "urn:xx:e5", """{"type":"AggregationEvent","action":"ADD"}"""));
        var trace = (await surface.Data($$"""
            { trace(code: "{{Lot}}") { there: path(to: "urn:xx:case") { from to kind since until event { action } } nowhere: path(to: "urn:xx:other") { from } } }
            """)).GetProperty("trace");
        Assert.Equal(("CONTAINED_IN", "ADD"), (trace.Text("there", 0, "kind"), trace.Text("there", 0, "event", "action")));
        Assert.Null(trace.Text("there", 0, "until"));
        Assert.Null(trace.Text("nowhere"));
    }
}
