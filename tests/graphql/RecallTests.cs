using TraceGrains.Contracts.Recalls;
using RecallClass = TraceGrains.Domain.Recalls.RecallClass;

namespace TraceGrains.GraphQL.Tests;

public sealed class RecallTests
{
    const string Lot = "https://id.gs1.org/01/10614141123459/10/L1";
    const string Uuid = "0198f3a2-0000-7000-8000-00000000abcd";
    const string Urn = "urn:tracegrains:recall:" + Uuid;
    const string Issue = "mutation($input: IssueRecallInput!) { issueRecall(input: $input) { recall { id class reason scope { code serialRange { product from to } eventId } } refusal { reason message } } }";

    static object Input(object scope, string? id = null) => new { input = new { id, scope, reason = "listeria", @class = "II" } };

    [Theory]
    [InlineData(Uuid)]
    [InlineData("0198F3A2-0000-7000-8000-00000000ABCD")]
    [InlineData(Urn)]
    [InlineData("URN:tracegrains:recall:0198F3A2-0000-7000-8000-00000000ABCD")]
    public async Task Every_spelling_of_an_id_means_one_recall(string id)
    {
        await using var surface = await Surface.Start();
        surface.Grains.AddRecall(new RecallView { Id = Urn, Status = RecallStatus.Effective, Class = RecallClass.I });
        Assert.Equal(Urn, (await surface.Data("query($id: ID!) { recall(id: $id) { id } }", new { id })).Text("recall", "id"));
    }

    [Fact]
    public async Task A_recall_is_issued_under_the_clients_own_id()
    {
        await using var surface = await Surface.Start();
        var recall = surface.Grains.Recalls[Urn] = new FakeRecall(null);
        var payload = (await surface.Data(Issue, Input(new { code = "urn:epc:class:lgtin:0614141.112345.L1" }, Uuid.ToUpperInvariant()))).GetProperty("issueRecall");
        Assert.Equal(new RecallRequest { Code = Lot, Reason = "listeria", Class = RecallClass.II }, Assert.Single(recall.Requests));
        Assert.Equal((Lot, "II"), (payload.Text("recall", "scope", "code"), payload.Text("recall", "class")));
        Assert.Null(payload.Text("refusal"));
    }

    [Fact]
    public async Task A_recall_without_an_id_gets_a_new_one_each_time()
    {
        await using var surface = await Surface.Start();
        await surface.Data(Issue, Input(new { code = Lot }));
        await surface.Data(Issue, Input(new { code = Lot }));
        var keys = surface.Grains.Asked.Select(asked => (string)asked.Key).ToList();
        Assert.Equal(2, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^urn:tracegrains:recall:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", key));
    }

    [Fact]
    public async Task A_run_of_serials_names_its_product_by_the_canonical_code()
    {
        await using var surface = await Surface.Start();
        var recall = surface.Grains.Recalls[Urn] = new FakeRecall(null);
        var data = await surface.Data(Issue, Input(new { serialRange = new { product = "urn:epc:idpat:sgtin:0614141.112345.*", from = "100", to = "199" } }, Uuid));
        Assert.Equal(new RecallRequest { RangeProduct = "https://id.gs1.org/01/10614141123459", RangeFrom = "100", RangeTo = "199", Reason = "listeria", Class = RecallClass.II }, Assert.Single(recall.Requests));
        Assert.Equal("199", data.Text("issueRecall", "recall", "scope", "serialRange", "to"));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_not_an_error()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Recalls[Urn] = new FakeRecall(null) { OnIssue = _ => new RecallAnswer { Refused = RecallRefusal.ScopeUnknown, Message = "scope: no event has named it" } };
        var payload = (await surface.Data(Issue, Input(new { code = Lot }, Uuid))).GetProperty("issueRecall");
        Assert.Null(payload.Text("recall"));
        Assert.Equal(("SCOPE_UNKNOWN", "scope: no event has named it"), (payload.Text("refusal", "reason"), payload.Text("refusal", "message")));
        Assert.Equal("RECALL_UNKNOWN", (await surface.Data($$"""mutation { withdrawRecall(id: "{{Uuid}}", reason: "a slip") { refusal { reason } } }""")).Text("withdrawRecall", "refusal", "reason"));
    }

    [Fact]
    public async Task An_input_that_cannot_be_meant_is_an_error_at_its_field()
    {
        await using var surface = await Surface.Start();
        Assert.Equal("input.id", (await surface.Error(Issue, Input(new { code = Lot }, "mine"))).Text("extensions", "field"));
        Assert.Equal("input.scope.code", (await surface.Error(Issue, Input(new { code = "L1" }))).Text("extensions", "field"));
        Assert.Equal("input.scope.serialRange.product", (await surface.Error(Issue, Input(new { serialRange = new { product = "x", from = "1", to = "2" } }))).Text("extensions", "field"));
        Assert.Equal("id", (await surface.Error("""{ recall(id: "mine") { id } }""")).Text("extensions", "field"));
        Assert.Equal("after", (await surface.Error($$"""mutation { issueRecall(input: { scope: { code: "{{Lot}}" }, reason: "r", class: I }) { recall { items(after: "c1") { nodes { code } } } } }""")).Text("extensions", "field"));
    }

    [Fact]
    public async Task Recalls_are_listed_newest_first_and_page_through_what_they_reach()
    {
        await using var surface = await Surface.Start();
        surface.Grains.AddRecall(new RecallView { Id = "urn:tracegrains:recall:old", Status = RecallStatus.Withdrawn, Class = RecallClass.I });
        surface.Grains.AddRecall(new RecallView { Id = "urn:tracegrains:recall:new", Status = RecallStatus.Spreading, Class = RecallClass.I });
        var data = await surface.Data("""{ recalls { id } one: recalls(first: 1) { status items(first: 2, after: "4") { nodes { code } pageInfo { endCursor hasNextPage } } } }""");
        Assert.Equal(["urn:tracegrains:recall:new", "urn:tracegrains:recall:old"], data.At("recalls").EnumerateArray().Select(recall => recall.Text("id")!));
        Assert.Equal(("SPREADING", "urn:x:5", "6"), (data.Text("one", 0, "status"), data.Text("one", 0, "items", "nodes", 0, "code"), data.Text("one", 0, "items", "pageInfo", "endCursor")));
    }
}
