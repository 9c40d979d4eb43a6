namespace TraceGrains.GraphQL.Tests;

public sealed class EventTests
{
    const string Json = """
        {"type":"ObjectEvent","eventTime":"2026-05-03T08:00:00.000+08:00","action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","readPoint":{"id":"urn:xx:door"},"bizLocation":{"id":"urn:xx:hall"},"ilmd":{"名":"榨菜"}}
        """;

    [Fact]
    public async Task An_event_is_found_by_id_or_sequence_and_shows_its_fields()
    {
        await using var surface = await Surface.Start();
        var original = FakeEvents.Of(3, "urn:xx:e", Json);
        original.WithdrawnBy = 4;
        var declaration = FakeEvents.Of(4, "urn:xx:e", """{"type":"ObjectEvent","errorDeclaration":{}}""");
        declaration.DeclaresError = true;
        surface.Grains.Events.AddRange([original, declaration]);

        const string Fields = "{ id sequence type eventTime action bizStep disposition readPoint bizLocation json withdrawnBy { sequence } corrections { sequence declaresError withdrawnBy { id } } }";
        var data = await surface.Data($$"""{ a: event(id: "urn:xx:e") {{Fields}} b: event(sequence: 3) {{Fields}} }""");
        Assert.Equal(data.Text("a"), data.Text("b"));
        var found = data.GetProperty("a");
        Assert.Equal(("ObjectEvent", "OBSERVE", "shipping", "in_transit", "urn:xx:door", "urn:xx:hall"),
            (found.Text("type"), found.Text("action"), found.Text("bizStep"), found.Text("disposition"), found.Text("readPoint"), found.Text("bizLocation")));
        Assert.Equal(DateTimeOffset.Parse("2026-05-03T00:00:00Z", null), found.At("eventTime").GetDateTimeOffset());
        Assert.Equal(Json, found.Text("json"));
        Assert.Equal(("4", "4"), (found.Text("withdrawnBy", "sequence"), found.Text("corrections", 0, "sequence")));
        Assert.Null(found.Text("corrections", 0, "withdrawnBy"));
    }

    [Fact]
    public async Task An_event_that_is_not_there_is_null()
    {
        await using var surface = await Surface.Start();
        var data = await surface.Data("""{ a: event(id: "urn:xx:none") { id } b: event(sequence: 99) { id } }""");
        Assert.Null(data.Text("a"));
        Assert.Null(data.Text("b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"type\":")]
    [InlineData("[]")]
    public async Task An_event_whose_bytes_are_spoilt_is_still_shown(string json)
    {
        await using var surface = await Surface.Start();
        surface.Grains.Events.Add(FakeEvents.Of(3, "urn:xx:e", json));
        var found = (await surface.Data("{ event(sequence: 3) { sequence type eventTime readPoint json } }")).GetProperty("event");
        Assert.Equal(("3", json), (found.Text("sequence"), found.Text("json")));
        Assert.Null(found.Text("type"));
        Assert.Null(found.Text("readPoint"));
    }

    [Theory]
    [InlineData("sequence: 0", "sequence")]
    [InlineData("id: \"\"", "id")]
    [InlineData("id: \"urn:xx:e\", sequence: 3", "id")]
    [InlineData("id: null", "id")]
    public async Task An_event_is_named_in_exactly_one_way(string arguments, string field)
    {
        await using var surface = await Surface.Start();
        var error = await surface.Error($$"""{ event({{arguments}}) { id } }""");
        Assert.Equal(("BAD_USER_INPUT", field), (error.Text("extensions", "code"), error.Text("extensions", "field")));
    }
}
