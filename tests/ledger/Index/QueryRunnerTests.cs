using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Queries;
using TraceGrains.Ledger.Index;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Tests.Index;

/// <summary>Over many events: an answer through the index is the answer of a look at every event, page by page, also while events arrive.</summary>
public sealed class QueryRunnerTests : IAsyncLifetime
{
    static readonly string[] Steps = ["shipping", "receiving", "packing", "https://example.com/step"];

    const int Companies = 10;

    static string Party(int company) => $"urn:ex:0{company}:place";

    readonly TemporaryFolder folder = new();
    readonly List<(LedgerEvent Recorded, EventTerms Terms)> all = [];
    SqliteLedger ledger = null!;
    SqliteEventIndex index = null!;

    public async ValueTask InitializeAsync()
    {
        ledger = await SqliteLedger.Open(folder.File("ledger.db"), 4, 1);
        index = await SqliteEventIndex.Open(folder.File("index.db"));
        await Append(5_000);
    }

    public async ValueTask DisposeAsync()
    {
        await ledger.DisposeAsync();
        await index.DisposeAsync();
        folder.Dispose();
    }

    // Event times run against record times here and there; many are the same.
    async Task Append(int count)
    {
        var batch = new List<LedgerEvent>();
        for (var i = 0; i < count; i++)
        {
            var n = all.Count + 1;
            var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(n * 7919L % 5000 / 3);
            var json = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
                {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/"}],"type":"ObjectEvent","eventTime":"{{time:yyyy-MM-ddTHH:mm:ssZ}}","eventTimeZoneOffset":"+00:00",
                "action":"{{(n % 50 == 0 ? "DELETE" : "OBSERVE")}}","bizStep":"{{Steps[n % 100 == 0 ? 3 : n % 3]}}","epcList":["urn:epc:id:sgtin:0614141.107346.{{n % 400}}"],"bizLocation":{"id":"{{Party(n % Companies)}}"},"ex:n":{{n * 31 % 997}}{{(n % 5 == 0 ? ",\"ex:x\":\"" + n % 10 + "\"" : "")}}}
                """).ReplaceLineEndings(""));
            var read = EpcisJson.ReadStored(json);
            var recordTime = DateTimeOffset.UnixEpoch.AddSeconds(n);
            var recorded = new LedgerEvent(n, recordTime, read.Id + n, false, read.CbvHash.ToArray(), LedgerHash.EventHash(recordTime, json), json);
            batch.Add(recorded);
            all.Add((recorded, EventTerms.Of(json, recorded.EventId, recordTime)));
        }
        await ledger.Append(new() { Events = batch, Entities = [], Links = [], Rows = [] });
        var after = (await index.ReadCursor()).Sequence;
        Assert.True(await index.Add(EventIndexing.BatchOf(after, batch)));
    }

    static EventQuery Query(string json)
    {
        var read = QueryJson.Read(JsonDocument.Parse(json).RootElement);
        Assert.Empty(read.Problems);
        return read.Query!;
    }

    static readonly Gen<string> Queries = Gen.OneOfConst(
        "", "\"EQ_bizStep\":[\"shipping\"]", "\"EQ_bizStep\":[\"shipping\",\"https://example.com/step\"]", "\"EQ_action\":[\"DELETE\"]", "\"MATCH_anyEPC\":[\"https://id.gs1.org/01/10614141073464/21/7\"]",
        "\"MATCH_epc\":[\"urn:epc:idpat:sgtin:0614141.107346.*\"]", "\"MATCH_epc\":[\"urn:epc:idpat:sgtin:0614141.*.*\"]", "\"MATCH_epc\":[\"urn:epc:id:sgtin:0614141.107346.9999\"]", "\"GE_ex:n\":900", "\"EXISTS_ex:x\":null",
        "\"EQ_ex:x\":\"5\"").SelectMany(one => Gen.OneOfConst("", "\"GE_eventTime\":\"2026-01-01T10:00:00Z\",\"LT_eventTime\":\"2026-01-01T16:00:00Z\"", "\"GE_recordTime\":\"1970-01-01T00:30:00Z\"",
            "\"GE_recordTime\":\"1970-01-01T00:30:00Z\",\"LT_recordTime\":\"1970-01-01T00:40:00Z\"", "\"EQ_action\":[\"OBSERVE\"]"),
        (one, other) => one == other ? one : string.Join(",", new[] { one, other }.Where(text => text.Length > 0)));

    [Fact]
    public async Task Answer_IsThatOfALookAtEveryEvent()
    {
        var runner = new QueryRunner(ledger, index, index);
        await Gen.Select(Queries, Gen.OneOfConst("", "eventTime", "recordTime", "ex:n", "ex:x"), Gen.Bool, Gen.OneOfConst(0, 1, 37, 2_500), Gen.OneOfConst(1_000, 333)).SampleAsync(async drawn =>
        {
            var (conditions, by, ascending, limit, size) = drawn;
            var text = string.Join(",", new[] { conditions, by.Length > 0 ? $"\"orderBy\":\"{by}\",\"orderDirection\":\"{(ascending ? "ASC" : "DESC")}\"" : "", by.Length > 0 && limit > 0 ? $"\"eventCountLimit\":{limit}" : "" }
                .Where(part => part.Length > 0));
            var query = Query("{" + text + "}");
            var expected = Ordered(all.Where(one => query.Matches(one.Terms)), query).Take(query.Limit ?? int.MaxValue).Select(one => one.Recorded.Sequence);
            var found = new List<long>();
            for (QueryPlace? place = new QueryPlace(all.Count); place is { } at;)
            {
                var page = await runner.Run(query, at, size);
                Assert.Equal(QueryOutcome.Page, page.Outcome);
                Assert.True(page.Events.Count <= size);
                found.AddRange(page.Events.Select(recorded => recorded.Sequence));
                place = page.Next;
            }
            Assert.Equal(expected, found);
        }, iter: 60, threads: 1);
    }

    /// <summary>Whoever sees only some events gets the answer of a ledger that has only those: in what is on its pages, in how many there are, and in what is too many.</summary>
    [Fact]
    public async Task AnswerForOneWhoSeesSomeEvents_IsThatOfALedgerThatHasNoOthers()
    {
        var runner = new QueryRunner(ledger, index, index);
        await Gen.Select(Queries, Gen.OneOfConst("", "eventTime", "recordTime", "ex:n"), Gen.Bool, Gen.OneOfConst(0, 1, 37), Gen.OneOfConst(0, 20, 400), Gen.OneOfConst(1_000, 333, 7), Gen.OneOfConst(0, 2, 9), Gen.Bool).SampleAsync(async drawn =>
        {
            var (conditions, by, ascending, limit, max, size, company, narrows) = drawn;
            var text = string.Join(",", new[]
            {
                conditions, by.Length > 0 ? $"\"orderBy\":\"{by}\",\"orderDirection\":\"{(ascending ? "ASC" : "DESC")}\"" : "",
                by.Length > 0 && limit > 0 ? $"\"eventCountLimit\":{limit}" : max > 0 ? $"\"maxEventCount\":{max}" : "",
            }.Where(part => part.Length > 0));
            var query = Query("{" + text + "}");
            var own = new Registration(Party(company), []);
            var view = new QueryView(narrows ? own.Families()!.Select(IndexKeys.OfFamily).ToHashSet() : null, recorded => new(EventParties.Of(EpcisJson.ReadStored(recorded.Json).Event).Sees(Reach.Own, own, null, _ => null)));
            var theirs = Ordered(all.Where(one => query.Matches(one.Terms) && one.Recorded.Sequence % Companies == company), query).Select(one => one.Recorded.Sequence).ToList();
            var found = new List<long>();
            for (QueryPlace? place = new QueryPlace(all.Count); place is { } at;)
            {
                var page = await runner.Run(query, view, at, size);
                Assert.Equal(query.Max is { } most && theirs.Count > most ? QueryOutcome.TooLarge : QueryOutcome.Page, page.Outcome);
                if (page.Outcome == QueryOutcome.TooLarge) return;
                found.AddRange(page.Events.Select(recorded => recorded.Sequence));
                place = page.Next;
                // Nobody learns from a next page how many events of others there are.
                if (narrows && place is not null) Assert.Equal(size, page.Events.Count);
            }
            Assert.Equal(theirs.Take(query.Limit ?? int.MaxValue), found);
        }, iter: 40, threads: 1);
    }

    static IEnumerable<(LedgerEvent Recorded, EventTerms Terms)> Ordered(IEnumerable<(LedgerEvent Recorded, EventTerms Terms)> events, EventQuery query)
    {
        if (query.Order == EventOrder.OwnField)
        {
            var lastly = events.OrderBy(one => query.OrderValue(one.Terms) is null);
            decimal Value(EventTerms terms) => query.OrderValue(terms) is { } value ? value.Number ?? decimal.Parse(value.Text!, CultureInfo.InvariantCulture) : 0;
            return (query.Descending ? lastly.ThenByDescending(one => Value(one.Terms)) : lastly.ThenBy(one => Value(one.Terms))).ThenBy(one => one.Recorded.Sequence);
        }
        var ordered = query.Order == EventOrder.RecordTime ? events.OrderBy(one => one.Recorded.Sequence) : events.OrderBy(one => (one.Terms.EventTime, one.Recorded.Sequence));
        return query.Descending ? ordered.Reverse() : ordered;
    }

    [Fact]
    public async Task Pages_NeitherSkipNorRepeat_WhileEventsArrive()
    {
        var runner = new QueryRunner(ledger, index, index);
        var query = Query("""{ "EQ_bizStep": ["receiving"], "orderBy": "eventTime" }""");
        var expected = Ordered(all.ToList().Where(one => query.Matches(one.Terms)), query).Select(one => one.Recorded.Sequence).ToList();
        var found = new List<long>();
        for (QueryPlace? place = new QueryPlace(all.Count); place is { } at;)
        {
            var page = await runner.Run(query, at, 400);
            found.AddRange(page.Events.Select(recorded => recorded.Sequence));
            place = page.Next;
            await Append(300);
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task MoreThanMaxEventCount_IsTooLarge()
    {
        var runner = new QueryRunner(ledger, index, index);
        Assert.Equal(QueryOutcome.TooLarge, (await runner.Run(Query("""{ "maxEventCount": 99, "EQ_action": ["DELETE"] }"""), new(all.Count), 10)).Outcome);
        Assert.Equal(QueryOutcome.Page, (await runner.Run(Query("""{ "maxEventCount": 100, "EQ_action": ["DELETE"] }"""), new(all.Count), 10)).Outcome);
        Assert.Equal(QueryOutcome.TooLarge, (await runner.Run(Query("""{ "maxEventCount": 99, "EQ_action": ["DELETE"], "orderBy": "ex:n" }"""), new(all.Count), 10)).Outcome);
    }

    [Fact]
    public async Task MasterData_DecidesAsItStoodAtTheAnswersPlace()
    {
        var places = new[] { "https://id.gs1.org/414/0614141073467", "https://id.gs1.org/414/0614141073467/254/1", "https://id.gs1.org/414/0614141073467/254/2" };
        var head = all.Count;
        Assert.True(await index.Add(new(head, head + 2, [], [], [new(places[0], "urn:epcglobal:epcis:vtype:ReadPoint", head + 1, [new("urn:x:city", "Fuling")], [places[1]]), new(places[1], "urn:epcglobal:epcis:vtype:ReadPoint", head + 2, [], [places[2], places[0]])])));
        async Task<IReadOnlyList<IReadOnlyCollection<string>>> Answers(string query, long through)
        {
            var asked = Query(query);
            var found = new List<IReadOnlyCollection<string>>();
            foreach (var place in places)
                found.Add((await MasterResolver.Resolve(asked, index, through, default))!.Matches(EventTerms.Of(Encoding.UTF8.GetBytes($$$"""
                    {"@context":[],"type":"ObjectEvent","eventTime":"2026-01-01T00:00:00Z","eventTimeZoneOffset":"+00:00","action":"OBSERVE","epcList":[],"readPoint":{"id":"{{{place}}}"}}
                    """), "x", DateTimeOffset.UnixEpoch)) ? [place] : []);
            return found;
        }
        var descendants = $$"""{ "WD_readPoint": ["{{places[0]}}"] }""";
        Assert.Equal([1, 0, 0], (await Answers(descendants, head)).Select(one => one.Count));
        Assert.Equal([1, 1, 0], (await Answers(descendants, head + 1)).Select(one => one.Count));
        Assert.Equal([1, 1, 1], (await Answers(descendants, head + 2)).Select(one => one.Count));
        Assert.Equal([1, 0, 0], (await Answers("""{ "EQATTR_readPoint_urn:x:city": ["Fuling"] }""", head + 2)).Select(one => one.Count));
        Assert.Equal([0, 0, 0], (await Answers("""{ "HASATTR_readPoint": ["urn:x:city"] }""", head)).Select(one => one.Count));
    }
}
