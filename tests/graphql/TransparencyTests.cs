namespace TraceGrains.GraphQL.Tests;

public sealed class TransparencyTests
{
    static async Task<Surface> Start()
    {
        var surface = await Surface.Start();
        surface.Grains.Events.Add(FakeEvents.Of(3, "urn:xx:e", "{}"));
        surface.Grains.HeadSizes.AddRange([2, 5]);
        return surface;
    }

    [Fact]
    public async Task Heads_are_the_latest_or_of_a_size_and_null_when_not_signed()
    {
        await using var surface = await Start();
        var data = await surface.Data("{ a: treeHead { origin size rootHash keyId signature signedText } b: treeHead(size: 2) { size rootHash } c: treeHead(size: 3) { size } treeKeys { keyId validUntil } }");
        Assert.Equal(("log", "5", "r5", "k2", "s", "t"), (data.Text("a", "origin"), data.Text("a", "size"), data.Text("a", "rootHash"), data.Text("a", "keyId"), data.Text("a", "signature"), data.Text("a", "signedText")));
        Assert.Equal(("2", "r2"), (data.Text("b", "size"), data.Text("b", "rootHash")));
        Assert.Null(data.Text("c"));
        Assert.Equal(("k1", "k2"), (data.Text("treeKeys", 0, "keyId"), data.Text("treeKeys", 1, "keyId")));
        Assert.Null(data.Text("treeKeys", 1, "validUntil"));
    }

    [Fact]
    public async Task An_event_is_proven_by_id_by_sequence_and_from_itself()
    {
        await using var surface = await Start();
        var data = await surface.Data("""
            { a: inclusionProof(eventId: "urn:xx:e") { eventHash leafIndex path treeHead { size } } b: inclusionProof(sequence: 3, treeSize: 5) { eventHash leafIndex path treeHead { size } }
              event(sequence: 3) { inclusion { eventHash leafIndex path treeHead { size } } } c: inclusionProof(eventId: "urn:xx:none") { leafIndex } d: inclusionProof(sequence: 9) { leafIndex } }
            """);
        Assert.Equal(("ee", "2", "bb", "5"), (data.Text("a", "eventHash"), data.Text("a", "leafIndex"), data.Text("a", "path", 1), data.Text("a", "treeHead", "size")));
        Assert.Equal(data.Text("a"), data.Text("b"));
        Assert.Equal(data.Text("a"), data.Text("event", "inclusion"));
        Assert.Null(data.Text("c"));
        Assert.Null(data.Text("d"));
    }

    [Fact]
    public async Task Two_heads_are_joined()
    {
        await using var surface = await Start();
        var data = await surface.Data("{ consistencyProof(from: 2, to: 5) { path from { size } to { size } } }");
        Assert.Equal(("cc", "2", "5"), (data.Text("consistencyProof", "path", 0), data.Text("consistencyProof", "from", "size"), data.Text("consistencyProof", "to", "size")));
    }

    [Theory]
    [InlineData("inclusionProof { leafIndex }", "eventId")]
    [InlineData("inclusionProof(eventId: \"urn:xx:e\", sequence: 3) { leafIndex }", "eventId")]
    [InlineData("inclusionProof(sequence: 0) { leafIndex }", "sequence")]
    [InlineData("inclusionProof(sequence: 3, treeSize: 2) { leafIndex }", "treeSize")]
    [InlineData("consistencyProof(from: 3, to: 5) { path }", "from")]
    public async Task What_cannot_be_proven_is_named(string query, string field)
    {
        await using var surface = await Start();
        var error = await surface.Error($"{{ {query} }}");
        Assert.Equal(("BAD_USER_INPUT", field), (error.Text("extensions", "code"), error.Text("extensions", "field")));
    }

    [Fact]
    public async Task A_ledger_that_was_changed_is_said_in_so_many_words()
    {
        await using var surface = await Start();
        surface.Grains.LedgerChanged = true;
        var error = await surface.Error("{ inclusionProof(sequence: 3) { leafIndex } }");
        Assert.Equal(("LEDGER_CHANGED", true), (error.Text("extensions", "code"), error.Text("message")!.Contains("events have changed")));
    }
}
