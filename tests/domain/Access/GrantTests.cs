using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Access;

public sealed class GrantTests
{
    const string Milk = "https://id.gs1.org/01/09506000134352", Cheese = "https://id.gs1.org/01/09506000134369";

    static readonly DateTimeOffset t0 = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly Registration giver = new("urn:ex:giver", []);
    static readonly Grant grant = new() { Id = "g", From = "urn:ex:giver", To = "urn:ex:taker", Products = [Milk], EventsFrom = t0, EventsUntil = t0.AddDays(30), Expires = t0.AddDays(60) };

    static EpcisEvent Event(string thing = $"{Milk}/21/1", double day = 1, string party = "urn:ex:giver") => new()
    {
        Type = EventType.ObjectEvent, EventTime = t0.AddDays(day), Action = EventAction.Observe, Epcs = [thing], Sources = [new("possessing_party", party)], Destinations = [new("possessing_party", "urn:ex:third")],
    };

    static bool Shows(Grant grant, EpcisEvent e, double day = 40) => grant.Shows(e, giver, t0.AddDays(day));

    [Fact]
    public void Events_of_the_giver_about_the_product_in_the_time_are_shown_while_it_stands()
    {
        Assert.True(Shows(grant, Event()));
        Assert.True(Shows(grant, Event($"{Milk}/10/L")));
        Assert.True(Shows(grant, Event(Milk)));
        Assert.False(Shows(grant, Event($"{Cheese}/21/1")));
        Assert.False(Shows(grant, Event(party: "urn:ex:other")));   // no more than its giver sees
        Assert.True(Shows(grant, Event(day: 0)));
        Assert.False(Shows(grant, Event(day: -0.001)));
        Assert.False(Shows(grant, Event(day: 30)));
        Assert.False(Shows(grant, Event(), day: 60));
        Assert.False(Shows(grant with { RevokedAt = t0 }, Event()));
        Assert.True(Shows(grant with { Expires = null, EventsFrom = null, EventsUntil = null }, Event(day: -1_000), day: 9_999));
    }

    [Theory]
    [InlineData("https://id.gs1.org/01/0950600013435", "https://id.gs1.org/01/09506000134352/21/1", false)]
    [InlineData("https://id.gs1.org/01/09506000134352/10/A", "https://id.gs1.org/01/09506000134352/10/A", true)]
    [InlineData("https://id.gs1.org/01/09506000134352/10/A", "https://id.gs1.org/01/09506000134352/10/AB", false)]
    [InlineData("urn:ex:class", "urn:ex:class:7", true)]
    public void A_product_covers_its_lots_and_units_and_nothing_that_only_begins_alike(string product, string code, bool isCovered) => Assert.Equal(isCovered, (grant with { Products = [product] }).Covers(code));

    const string Stored = """
        {"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent","eventTime":"2026-05-02T00:00:00Z","eventTimeZoneOffset":"+00:00","action":"OBSERVE",
        "epcList":["https://id.gs1.org/01/09506000134352/21/1","https://id.gs1.org/01/09506000134369/21/2","urn:epc:id:sgtin:9506000.013435.3"],
        "quantityList":[{"epcClass":"https://id.gs1.org/01/09506000134352/10/A","quantity":5},{"epcClass":"https://id.gs1.org/01/09506000134369/10/B","quantity":6}],
        "readPoint":{"id":"urn:ex:place"},"sourceList":[{"type":"possessing_party","source":"urn:ex:giver"}],"bizTransactionList":[{"type":"po","bizTransaction":"urn:ex:po"}],"ilmd":{"ex:a":1}}
        """;

    [Theory]
    [InlineData(GrantedFields.None, "")]
    [InlineData(GrantedFields.Parties, "sourceList")]
    [InlineData(GrantedFields.Places, "readPoint")]
    [InlineData(GrantedFields.Quantities, "quantityList")]
    [InlineData(GrantedFields.Details, "bizTransactionList ilmd")]
    public void The_granted_goods_are_shown_and_of_the_rest_what_is_granted(GrantedFields fields, string more)
    {
        using var shown = JsonDocument.Parse(GrantedEvent.Of(Encoding.UTF8.GetBytes(Stored), [grant with { Fields = fields }]));
        Assert.Equal(["@context", "type", "eventTime", "eventTimeZoneOffset", "action", "epcList", .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)], shown.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["https://id.gs1.org/01/09506000134352/21/1", "urn:epc:id:sgtin:9506000.013435.3"], shown.RootElement.GetProperty("epcList").EnumerateArray().Select(code => code.GetString()));
        Assert.DoesNotContain("09506000134369", shown.RootElement.GetRawText(), StringComparison.Ordinal);
    }
}
