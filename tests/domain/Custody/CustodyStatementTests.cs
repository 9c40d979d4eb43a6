using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Custody;

public class CustodyStatementTests
{
    static readonly Endpoint owner = new("owning_party", "urn:ex:owner"), possessor = new("possessing_party", "urn:ex:possessor"), dock = new("location", "urn:ex:dock");

    static CustodyStatement Of(string? step, Endpoint[] from, Endpoint[] to, string? place = "urn:ex:here") => CustodyStatement.Of(new()
    {
        Type = EventType.ObjectEvent, EventTime = DateTimeOffset.UnixEpoch, BizStep = step, Sources = from, Destinations = to, ReadPoint = place, Disposition = "active",
    });

    [Fact]
    public void A_possessor_goes_before_an_owner_and_a_location_is_no_party()
    {
        Assert.Equal("urn:ex:possessor", Of(null, [], [owner, possessor]).Holder);
        Assert.Equal("urn:ex:owner", Of(null, [], [dock, owner]).Holder);
        Assert.Equal(CustodyStep.None, Of(null, [], [dock]).Step);
    }

    [Theory]
    [InlineData("shipping")]
    [InlineData("departing")]
    [InlineData("staging_outbound")]
    public void The_sender_has_what_is_on_its_way(string step) =>
        Assert.Equal(new CustodyStatement(CustodyStep.Sent, "urn:ex:owner", "urn:ex:possessor", "urn:ex:here", "active"), Of(step, [owner], [possessor]));

    [Fact]
    public void A_sending_between_nobody_and_nobody_says_nothing_of_holders() => Assert.Equal(CustodyStep.None, Of("shipping", [], []).Step);

    [Fact]
    public void A_voided_sending_gives_it_back_to_the_sender()
    {
        Assert.Equal((CustodyStep.Stated, "urn:ex:owner", null), (Of("void_shipping", [owner], [possessor]) is var voided ? (voided.Step, voided.Holder, voided.Consignee) : default));
        Assert.Equal(CustodyStep.None, Of("void_shipping", [], [possessor]).Step);
    }

    [Fact]
    public void A_destination_has_it_on_every_other_step() =>
        Assert.Equal(new CustodyStatement(CustodyStep.Stated, "urn:ex:possessor", null, "urn:ex:here", "active"), Of("receiving", [owner], [possessor]));

    [Fact]
    public void An_arrival_that_names_no_party_counts_where_it_names_a_place()
    {
        Assert.Equal(CustodyStep.Arrived, Of("receiving", [owner], []).Step);
        Assert.Equal(CustodyStep.None, Of("receiving", [], [], place: null).Step);
        Assert.Equal(CustodyStep.None, Of("packing", [], []).Step);
    }

    [Theory]
    [InlineData(500, "GRM", 0.5, "KGM")]
    [InlineData(2, "TNE", 2000, "KGM")]
    [InlineData(3, "KGM", 3, "KGM")]
    [InlineData(3, null, 3, "")]
    [InlineData(3, "XBX", 3, "XBX")]
    public void Amounts_come_to_their_base_unit(int quantity, string? uom, double expected, string expectedUom) =>
        Assert.Equal(((decimal?)(decimal)expected, expectedUom), Measure.ToBase(quantity, uom));

    [Fact]
    public void An_amount_that_does_not_fit_its_base_unit_keeps_its_own() => Assert.Equal((decimal.MaxValue, "TNE"), Measure.ToBase(decimal.MaxValue, "TNE"));
}
