using System.Text;
using TraceGrains.Domain.Queries;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.Domain.Tests.Queries;

namespace TraceGrains.Domain.Tests.Subscriptions;

/// <summary>Whom news may concern. That keys never miss an event is what <see cref="IndexNarrowingProperties"/> shows.</summary>
public sealed class QueryInterestTests
{
    const string Event = """
        "type": "ObjectEvent", "eventTime": "2026-03-04T11:00:30+08:00", "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "shipping", "epcList": ["urn:epc:id:sgtin:0614141.107346.1"]
        """;

    static readonly HashSet<long> News = [.. IndexKeys.Of(Ask.Terms(Event))];

    static bool Concerns(string query, HashSet<long>? keys) => QueryInterest.Of(Encoding.UTF8.GetBytes(query)).MayConcern(keys);

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{ "MATCH_epc": ["urn:epc:id:sgtin:0614141.107346.1", "urn:epc:id:sgtin:0614141.107346.9"], "EQ_bizStep": ["shipping"] }""", true)]
    [InlineData("""{ "MATCH_epc": ["urn:epc:id:sgtin:0614141.107346.9"] }""", false)]
    [InlineData("""{ "MATCH_epc": ["urn:epc:id:sgtin:0614141.107346.1"], "EQ_bizStep": ["receiving"] }""", false)]
    // What master data will say is not known yet.
    [InlineData("""{ "WD_readPoint": ["urn:epc:id:sgln:0614141.00777.0"] }""", true)]
    public void Query_IsConcerned_ByWhatMaySatisfyIt(string query, bool isConcerned) => Assert.Equal(isConcerned, Concerns(query, News));

    [Fact]
    public void Everybody_IsConcerned_ByWhatNobodyKnows() => Assert.True(Concerns("""{ "MATCH_epc": ["urn:epc:id:sgtin:0614141.107346.9"] }""", null));

    [Theory]
    [InlineData("https://id.gs1.org/01/10614141073464/21/77")]
    [InlineData("https://id.gs1.org/01/10614141073464/10/L1")]
    [InlineData("https://id.gs1.org/00/106141412345678908")]
    [InlineData("https://id.gs1.org/414/0614141073467")]
    [InlineData("https://id.gs1.org/414/0614141007776/254/5")]
    [InlineData("https://id.gs1.org/417/0614141000005")]
    [InlineData("https://id.gs1.org/417/0614141000012")]
    [InlineData("https://id.gs1.org/8004/061414112345")]
    public void WhoFollowsACode_IsConcerned_ByEveryEventThatNamesIt(string code)
    {
        const string Named = """
            "type": "AggregationEvent", "eventTime": "2026-03-04T11:00:30+08:00", "eventTimeZoneOffset": "+08:00", "action": "ADD", "parentID": "https://id.gs1.org/00/106141412345678908",
            "childEPCs": ["https://id.gs1.org/01/10614141073464/21/77"], "childQuantityList": [{ "epcClass": "https://id.gs1.org/01/10614141073464/10/L1", "quantity": 3 }],
            "readPoint": { "id": "https://id.gs1.org/414/0614141073467" }, "bizLocation": { "id": "https://id.gs1.org/414/0614141007776/254/5" },
            "sourceList": [{ "type": "owning_party", "source": "https://id.gs1.org/417/0614141000005" }], "destinationList": [{ "type": "possessing_party", "destination": "https://id.gs1.org/417/0614141000012" }],
            "sensorElementList": [{ "sensorMetadata": { "deviceID": "https://id.gs1.org/8004/061414112345" }, "sensorReport": [{ "type": "Temperature", "value": 4, "uom": "CEL" }] }]
            """;
        HashSet<long> news = [.. IndexKeys.Of(Ask.Terms(Named))];
        Assert.True(QueryInterest.Naming(code).MayConcern(news));
        Assert.False(QueryInterest.Naming(code).MayConcern(News));
    }
}
