using System.Text.Json;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.GraphQL.Tests;

public sealed class EntityTests
{
    const string Unit = "https://id.gs1.org/01/10614141123459/21/400";
    const string UnitUrn = "urn:epc:id:sgtin:0614141.112345.400";
    const string Lot = "https://id.gs1.org/01/10614141123459/10/L1";
    const string Party = "https://id.gs1.org/417/0614141000005";

    [Theory]
    [InlineData("unit", UnitUrn, nameof(IUnitGrain))]
    [InlineData("batch", "urn:epc:class:lgtin:0614141.112345.L1", nameof(IBatchGrain))]
    [InlineData("device", "urn:epc:id:giai:0614141.lift7", nameof(IDeviceGrain))]
    [InlineData("enterprise", "urn:epc:id:pgln:0614141.00000", nameof(IEnterpriseGrain))]
    [InlineData("enterprise", "urn:epc:id:sgln:0614141.00000.0", nameof(IEnterpriseGrain))]
    [InlineData("entity", UnitUrn, nameof(IUnitGrain))]
    [InlineData("entity", "urn:epc:class:lgtin:0614141.112345.L1", nameof(IBatchGrain))]
    [InlineData("entity", "https://id.gs1.org/01/10614141123459", nameof(IBatchGrain))]
    [InlineData("entity", "urn:epc:id:giai:0614141.lift7", nameof(IDeviceGrain))]
    [InlineData("entity", "urn:epc:id:pgln:0614141.00000", nameof(IEnterpriseGrain))]
    [InlineData("entity", "urn:uuid:11111111-2222-3333-4444-555555555555", nameof(IUnitGrain))]
    public async Task A_code_leads_to_the_grain_of_its_kind(string field, string code, string grain)
    {
        await using var surface = await Surface.Start();
        var data = await surface.Data($$"""query($code: String!) { {{field}}(code: $code) { code } }""", new { code });
        Assert.Null(data.Text(field));
        Assert.Equal(grain, Assert.Single(surface.Grains.Asked).Interface);
    }

    [Fact]
    public async Task Spellings_of_one_code_ask_one_grain()
    {
        await using var surface = await Surface.Start();
        await surface.Data($$"""{ a: unit(code: "{{UnitUrn}}") { code } b: unit(code: "{{Unit}}") { code } }""");
        Assert.Equal([Unit], surface.Grains.Asked.Select(asked => (string)asked.Key).Distinct());
    }

    [Theory]
    [InlineData("unit", "")]
    [InlineData("unit", "not a code")]
    [InlineData("batch", "urn:epc:id:sgtin:0614141")]
    [InlineData("entity", "urn:epc:id:sgtin:0614141.112345.400 ")]
    [InlineData("unit", "urn:epc:class:lgtin:0614141.112345.L1")]
    [InlineData("enterprise", UnitUrn)]
    [InlineData("trace", "12345")]
    public async Task A_code_that_cannot_be_meant_is_an_error_at_its_argument(string field, string code)
    {
        await using var surface = await Surface.Start();
        var error = await surface.Error($$"""query($code: String!) { {{field}}(code: $code) { __typename } }""", new { code });
        Assert.Equal("BAD_USER_INPUT", error.Text("extensions", "code"));
        Assert.Equal("code", error.Text("extensions", "field"));
        Assert.Contains("expected", error.Text("message"));
        Assert.Equal(field, error.Text("path", 0));
        Assert.Empty(surface.Grains.Asked);
    }

    [Fact]
    public async Task An_entity_shows_all_that_is_known_of_it()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Entities[Lot] = new EntityView
        {
            Code = Lot, Kind = EntityKind.Batch, ChainLength = 2, ChainHead = "ab", PersistentDispositions = ["recalled"],
            FirstEventTime = DateTimeOffset.UnixEpoch,
            State = new EntityState
            {
                Holder = Party, Disposition = "in_progress", Containers = ["urn:x:case", "urn:x:pallet"], Recalls = ["urn:tracegrains:recall:r1"],
                Holdings = [new HeldAmount { Account = Party, Kind = AccountKind.InTransitTo, Quantity = 12.50m, Uom = "KGM" }],
            },
        };
        surface.Grains.AddRecall(new RecallView { Id = "urn:tracegrains:recall:r1", Status = RecallStatus.Effective, Class = Domain.Recalls.RecallClass.III });
        surface.Grains.Steps.Add(new PathStep { From = "urn:x:milk", To = Lot, Kind = EdgeKind.MadeOf, Sequence = 7 });
        surface.Grains.Steps.Add(new PathStep { From = Lot, To = Unit, Kind = EdgeKind.MemberOf, Sequence = 8 });
        surface.Grains.Steps.Add(new PathStep { From = Lot, To = Unit + "1", Kind = EdgeKind.MemberOf, Sequence = 8 });
        surface.Grains.Events.Add(FakeEvents.Of(7, "urn:x:e7", """{"type":"ObjectEvent"}"""));
        surface.Grains.Events.Add(FakeEvents.Of(8, "urn:x:e8", """{"type":"ObjectEvent"}"""));

        var lot = (await surface.Data($$"""
            { batch(code: "{{Lot}}", asOf: "2026-05-03T00:00:00+08:00") {
              code kind holder consignee location disposition persistentDispositions container containers attachedTo recalled recalls { id status class }
              holdings { account kind quantity uom } parents { code kind since until event { sequence } } children(first: 1) { code kind }
              chain(first: 1, after: 1) { total hasMore links { position hash event { id } } } chainLength chainHead
              verify { holds checked head brokenAt brokenSequence reason } firstEventTime lastEventTime
            } }
            """)).GetProperty("batch");

        Assert.Equal(("BATCH", Party, "urn:x:case", "True"), (lot.Text("kind"), lot.Text("holder"), lot.Text("container"), lot.Text("recalled")));
        Assert.Null(lot.Text("attachedTo"));
        Assert.Equal(("EFFECTIVE", "III"), (lot.Text("recalls", 0, "status"), lot.Text("recalls", 0, "class")));
        Assert.Equal(JsonValueKind.Number, lot.At("holdings", 0, "quantity").ValueKind);
        Assert.Equal(("IN_TRANSIT_TO", 12.5m), (lot.Text("holdings", 0, "kind"), lot.At("holdings", 0, "quantity").GetDecimal()));
        Assert.Equal(("urn:x:milk", "MADE_OF", "7"), (lot.Text("parents", 0, "code"), lot.Text("parents", 0, "kind"), lot.Text("parents", 0, "event", "sequence")));
        Assert.Equal(Unit, Assert.Single(lot.At("children").EnumerateArray()).Text("code"));
        Assert.Equal(("2", "2", "urn:x:e8", "False"),
            (lot.Text("chain", "total"), lot.Text("chain", "links", 0, "position"), lot.Text("chain", "links", 0, "event", "id"), lot.Text("chain", "hasMore")));
        Assert.Equal(("False", "9"), (lot.Text("verify", "holds"), lot.Text("verify", "brokenSequence")));
        Assert.Equal(DateTimeOffset.UnixEpoch, lot.At("firstEventTime").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("chain(first: 1001) { total }", "first")]
    [InlineData("chain(first: -1) { total }", "first")]
    [InlineData("chain(after: -1) { total }", "after")]
    [InlineData("children(first: 10001) { code }", "first")]
    public async Task A_page_beyond_the_limit_is_an_error_at_its_argument(string selection, string field)
    {
        await using var surface = await Surface.Start();
        surface.Grains.Entities[Unit] = new EntityView { Code = Unit, Kind = EntityKind.Unit };
        var error = await surface.Error($$"""{ unit(code: "{{Unit}}") { {{selection}} } }""");
        Assert.Equal(("BAD_USER_INPUT", field), (error.Text("extensions", "code"), error.Text("extensions", "field")));
    }

    [Fact]
    public async Task A_fault_is_told_in_two_words()
    {
        await using var surface = await Surface.Start();
        var answer = await surface.Send(surface.Post("""{ unit(code: "https://id.gs1.org/01/10614141123459/21/FAULT") { code } }"""));
        var error = answer.Root.At("errors", 0);
        Assert.Equal(("internal error", "INTERNAL_SERVER_ERROR"), (error.Text("message"), error.Text("extensions", "code")));
        Assert.Null(answer.Root.Text("data", "unit"));
        Assert.DoesNotContain("db-7", answer.Body);
        Assert.DoesNotContain("Exception", answer.Body);
    }
}
