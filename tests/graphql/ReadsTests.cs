using TraceGrains.Contracts.Lineage;

namespace TraceGrains.GraphQL.Tests;

public sealed class ReadsTests
{
    const string Lot = "https://id.gs1.org/01/10614141123459/10/L1";

    [Fact]
    public async Task Events_that_many_fields_ask_for_are_read_together_and_each_once()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Entities[Lot] = new() { Code = Lot };
        for (var sequence = 1; sequence <= 40; sequence++) surface.Grains.Events.Add(FakeEvents.Of(sequence, "urn:e:" + sequence, """{"type":"ObjectEvent"}"""));
        for (var step = 1; step <= 120; step++) surface.Grains.Steps.Add(new PathStep { From = Lot, To = "urn:xx:" + step, Kind = Domain.Lineage.EdgeKind.MadeOf, Sequence = 1 + step % 40 });

        var children = (await surface.Data($$"""{ batch(code: "{{Lot}}") { children(first: 120) { code event { id sequence } } again: children(first: 120) { event { sequence } } } }""")).At("batch", "children");
        Assert.Equal(120, children.GetArrayLength());
        for (var step = 1; step <= 120; step++) Assert.Equal(1 + step % 40, children.At(step - 1, "event", "sequence").GetInt32());
        Assert.Equal(40, surface.Grains.EventReads.Sum());
        Assert.InRange(surface.Grains.EventReads.Count, 1, 10);
    }

    [Fact]
    public async Task Corrections_of_many_events_are_looked_up_together()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Entities[Lot] = new() { Code = Lot };
        for (var sequence = 1; sequence <= 30; sequence++) surface.Grains.Events.Add(FakeEvents.Of(sequence, "urn:e:" + sequence, """{"type":"ObjectEvent"}"""));
        var links = (await surface.Data($$"""{ batch(code: "{{Lot}}") { chain(first: 30) { links { event { corrections { id } } } } } }""")).At("batch", "chain", "links");
        Assert.Equal(30, links.GetArrayLength());
        Assert.Equal(30, surface.Grains.EventReads.Sum());
        Assert.InRange(surface.Grains.EventReads.Count, 1, 8);
    }

    [Fact]
    public async Task Each_request_reads_anew()
    {
        await using var surface = await Surface.Start();
        var first = await surface.Data($$"""{ event(sequence: 1) { id } }""");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, first.GetProperty("event").ValueKind);
        surface.Grains.Events.Add(FakeEvents.Of(1, "urn:e:1", """{"type":"ObjectEvent"}"""));
        Assert.Equal("urn:e:1", (await surface.Data($$"""{ event(sequence: 1) { id } }""")).Text("event", "id"));
    }
}
