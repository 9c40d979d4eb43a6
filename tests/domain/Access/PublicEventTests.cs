using System.Text;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Access;

public sealed class PublicEventTests
{
    [Fact]
    public void The_public_form_says_what_happened_and_when_and_nothing_else()
    {
        const string stored = """
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"urn:ex:"}],"type":"ObjectEvent","eventID":"urn:uuid:1","eventTime":"2026-01-01T00:00:00Z","eventTimeZoneOffset":"+08:00",
            "action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","epcList":["urn:ex:1"],"quantityList":[{"epcClass":"urn:ex:c","quantity":5}],"readPoint":{"id":"urn:ex:p"},"bizLocation":{"id":"urn:ex:b"},
            "bizTransactionList":[{"type":"po","bizTransaction":"urn:ex:po"}],"sourceList":[{"type":"owning_party","source":"urn:ex:s"}],"ilmd":{"ex:a":1},"ex:price":9,"sensorElementList":[]}
            """;
        var shown = Encoding.UTF8.GetString(PublicEvent.Of(Encoding.UTF8.GetBytes(stored)));
        Assert.Equal("""
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"urn:ex:"}],"type":"ObjectEvent","eventID":"urn:uuid:1","eventTime":"2026-01-01T00:00:00Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"shipping","disposition":"in_transit"}
            """, shown);
    }

    [Fact]
    public void An_event_is_whole_for_whom_it_names_and_for_the_district_where_it_happened()
    {
        var e = new EpcisEvent
        {
            Type = EventType.ObjectEvent, EventTime = DateTimeOffset.UnixEpoch, Action = EventAction.Observe, ReadPoint = "urn:ex:gate", Sources = [new("possessing_party", "urn:ex:a")], Destinations = [new("possessing_party", "urn:ex:b")],
        };
        var named = EventParties.Of(e);
        Assert.Equal(["urn:ex:a", "urn:ex:b", "urn:ex:gate"], named.Codes.Order(StringComparer.Ordinal));
        bool Sees(Reach reach, string? party = null, string? territory = null) => named.Sees(reach, party is null ? null : new(party, []), territory, code => code == "urn:ex:gate" ? "500103" : null);
        Assert.True(Sees(Reach.All));
        Assert.True(Sees(Reach.Own, "urn:ex:b"));
        Assert.False(Sees(Reach.Own, "urn:ex:c"));
        Assert.False(Sees(Reach.Own));
        Assert.True(Sees(Reach.District, territory: "500103"));
        Assert.False(Sees(Reach.District, territory: "500104"));
        Assert.False(Sees(Reach.None));
    }
}
