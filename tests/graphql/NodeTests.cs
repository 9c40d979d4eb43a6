using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Recalls;
using RecallClass = TraceGrains.Domain.Recalls.RecallClass;

namespace TraceGrains.GraphQL.Tests;

public sealed class NodeTests
{
    const string Unit = "https://id.gs1.org/01/09520103000017/21/1", Urn = "urn:tracegrains:recall:r1";

    static async Task<Surface> Filled()
    {
        var surface = await Surface.Start();
        surface.Grains.Entities[Unit] = new EntityView { Code = Unit, Kind = EntityKind.Unit };
        surface.Grains.Events.AddRange([FakeEvents.Of(1, "urn:x:same", "{}"), FakeEvents.Of(2, "urn:x:same", "{}")]);
        surface.Grains.AddRecall(new() { Id = Urn, Status = RecallStatus.Effective, Class = RecallClass.I });
        surface.Grains.Cases[Urn] = new() { Id = Urn, Title = "t", Reason = "r", State = default, Mode = default, OpenedAt = default, Entries = 1 };
        return surface;
    }

    [Theory]
    [InlineData($$"""entity(code: "{{Unit}}")""", "Entity", "code", Unit)]
    [InlineData($$"""entity(code: "{{Unit}}", asOf: "2026-03-04T00:00:00Z")""", "Entity", "code", Unit)]
    [InlineData("event(sequence: 2)", "Event", "sequence", "2")]
    [InlineData($$"""recall(id: "{{Urn}}")""", "Recall", "id", Urn)]
    [InlineData($$"""recallCase(id: "{{Urn}}")""", "RecallCase", "id", Urn)]
    public async Task What_an_answer_tells_is_found_again(string question, string type, string field, string value)
    {
        await using var surface = await Filled();
        var id = (await surface.Data($$"""{ a: {{question}} { nodeId } }""")).Text("a", "nodeId");
        var again = (await surface.Data($$"""query($id: ID!) { node(id: $id) { __typename nodeId ... on {{type}} { {{field}} } } }""", new { id })).At("node");
        Assert.Equal((type, id, value), (again.Text("__typename"), again.Text("nodeId"), again.Text(field)));
    }

    [Fact]
    public async Task No_two_things_share_an_id()
    {
        await using var surface = await Filled();
        var data = await surface.Data($$"""{ a: entity(code: "{{Unit}}") { nodeId } b: entity(code: "{{Unit}}", asOf: "2026-03-04T00:00:00Z") { nodeId } c: event(sequence: 1) { nodeId } d: event(sequence: 2) { nodeId } e: recall(id: "{{Urn}}") { nodeId } f: recallCase(id: "{{Urn}}") { nodeId } }""");
        Assert.Equal(6, data.EnumerateObject().Select(one => one.Value.Text("nodeId")).Distinct().Count());
    }

    [Fact]
    public async Task Many_are_found_at_once_in_their_order_with_gaps_for_what_is_gone()
    {
        await using var surface = await Filled();
        var (one, two) = ((await surface.Data("{ event(sequence: 1) { nodeId } }")).Text("event", "nodeId"), (await surface.Data("{ event(sequence: 2) { nodeId } }")).Text("event", "nodeId"));
        surface.Grains.Events.RemoveAt(0);
        var found = (await surface.Data("query($ids: [ID!]!) { nodes(ids: $ids) { nodeId } }", new { ids = new[] { two, one, two } })).At("nodes");
        Assert.Equal([two, null, two], found.EnumerateArray().Select(node => node.ValueKind == System.Text.Json.JsonValueKind.Null ? null : node.Text("nodeId")));
        var error = await surface.Error("query($ids: [ID!]!) { nodes(ids: $ids) { nodeId } }", new { ids = Enumerable.Repeat(one, Limits.NodesMax + 1) });
        Assert.Equal("ids", error.Text("extensions", "field"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("urn:tracegrains:recall:r1")]
    [InlineData("eDo")]   // x:
    [InlineData("djphYmM")]   // v:abc
    [InlineData("ZTk5OTk5OTk5OTk5OTk5OTk5OTk5OmE")]   // e99999999999999999999:a
    [InlineData("ZTpub3RoaW5n")]   // e:nothing
    public async Task An_id_that_no_answer_told_is_an_error_at_that_argument(string id)
    {
        await using var surface = await Filled();
        var error = await surface.Error("query($id: ID!) { node(id: $id) { nodeId } }", new { id });
        Assert.Equal(("BAD_USER_INPUT", "id"), (error.Text("extensions", "code"), error.Text("extensions", "field")));
    }
}
