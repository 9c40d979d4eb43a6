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
}
