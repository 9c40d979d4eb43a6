using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Access;

public sealed class CaptureAuthorityTests
{
    const string OwnPlace = "https://id.gs1.org/414/6901234000016", OtherPlace = "https://id.gs1.org/414/6909999000012", OwnUnit = "https://id.gs1.org/01/06901234567892/21/1", OtherUnit = "https://id.gs1.org/01/06909999567894/21/1";

    static readonly Registration own = new("urn:ex:party:own", ["6901234"]);

    static EpcisEvent Event(EventAction action, string? place, params string[] epcs) => new() { Type = EventType.ObjectEvent, EventTime = DateTimeOffset.UnixEpoch, Action = action, BizLocation = place, Epcs = epcs };

    [Fact]
    public void What_happens_at_ones_own_place_is_ones_to_report_whoever_made_the_goods() => Assert.Null(CaptureAuthority.Problem(Event(EventAction.Observe, OwnPlace, OtherUnit), own));

    [Fact]
    public void What_happens_elsewhere_is_not() => Assert.Equal(("bizLocation", OtherPlace), Of(CaptureAuthority.Problem(Event(EventAction.Observe, OtherPlace, OwnUnit), own)));

    [Fact]
    public void Goods_that_leave_ones_own_gate_for_anothers_place_are() => Assert.Null(CaptureAuthority.Problem(Event(EventAction.Observe, OtherPlace, OwnUnit) with { ReadPoint = OwnPlace }, own));

    [Fact]
    public void Without_a_place_one_has_to_be_a_party_to_it()
    {
        var nowhere = Event(EventAction.Observe, null, OwnUnit);
        Assert.Equal(("bizLocation", null), Of(CaptureAuthority.Problem(nowhere, own)));
        Assert.Null(CaptureAuthority.Problem(nowhere with { Sources = [new("owning_party", "urn:ex:party:own")] }, own));
        Assert.NotNull(CaptureAuthority.Problem(nowhere with { Sources = [new("owning_party", "urn:ex:party:other")] }, own));
    }

    [Fact]
    public void What_comes_into_being_comes_under_ones_own_keys()
    {
        Assert.Null(CaptureAuthority.Problem(Event(EventAction.Add, OwnPlace, OwnUnit), own));
        Assert.Equal(("epcList", OtherUnit), Of(CaptureAuthority.Problem(Event(EventAction.Add, OwnPlace, OtherUnit), own)));
        var made = new EpcisEvent { Type = EventType.TransformationEvent, EventTime = DateTimeOffset.UnixEpoch, BizLocation = OwnPlace, InputEpcs = [OtherUnit], OutputQuantities = [new("https://id.gs1.org/01/06909999567894/10/L", 1, null)] };
        Assert.Equal("outputQuantityList", CaptureAuthority.Problem(made, own)?.Field);
        Assert.Null(CaptureAuthority.Problem(made with { OutputQuantities = [new("https://id.gs1.org/01/06901234567892/10/L", 1, null)] }, own));
    }

    static (string?, string?) Of(AuthorityProblem? problem) => (problem?.Field, problem?.Found);
}
