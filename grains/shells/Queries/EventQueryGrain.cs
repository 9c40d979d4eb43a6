using System.Text.Json;
using Orleans.Concurrency;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Queries;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;

namespace TraceGrains.Grains.Queries;

/// <summary>Reads the question, waits until the index has what was on record when it was asked, and answers a page.</summary>
[StatelessWorker]
[Reentrant]
sealed class EventQueryGrain(ILedger ledger, IEventIndex index, IMasterDataIndex masters, TimeProvider clock) : Grain, IEventQueryGrain
{
    static readonly TimeSpan TokenLife = TimeSpan.FromHours(24);

    readonly QueryRunner runner = new(ledger, index, masters);

    public async Task<QueryAnswer> Poll(QueryAsk ask, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var read = Read(ask.Query);
        if (read.Query is not { } query)
            return Refused(read.Problems);
        if (ask.PageSize is < 1 or > QueryAsk.PageSizeMax)
            return Refused([new("perPage", $"1 to {QueryAsk.PageSizeMax}", $"{ask.PageSize}")]);
        var head = (await ledger.ReadHead(stop)).Sequence;
        var place = new QueryPlace(head);
        if (ask.PageToken is { } text)
        {
            if (PageToken.Read(text, ask.Query) is not { } token || token.ThroughSequence < 0 || token.ThroughSequence > head)
                return Refused([new("nextPageToken", "the token of an earlier page of this query, as its Link header gave it", text)]);
            if (token.Expires <= clock.GetUtcNow() || await GrainFactory.GetGrain<IPageTokensGrain>(0).IsReleased(text))
                return Refused([new("nextPageToken", "a token that is still good; ask for the first page again", text)]);
            place = new(token.ThroughSequence, token.AfterSequence == 0 ? null : new(token.AfterTime, token.AfterSequence), token.Skip, token.Remaining);
        }
        await Wait(head);
        var seenBy = await SeenBy.Of(GrainFactory, ask.For, ask.SeenAs);
        var result = await Task.Run(() => runner.Run(query, seenBy.View, place, ask.PageSize, stop), stop);
        if (result.Outcome != QueryOutcome.Page)
            return new() { Status = result.Outcome == QueryOutcome.TooLarge ? QueryStatus.TooLarge : QueryStatus.TooComplex };
        var shown = await seenBy.Shown(result.Events, "events by query", clock.GetUtcNow());
        var answer = new QueryAnswer
        {
            ThroughSequence = place.ThroughSequence,
            Events = [.. shown.Select(recorded => new QueriedEvent { Sequence = recorded.Sequence, RecordTime = recorded.RecordTime, EventId = recorded.EventId, Json = recorded.Json })],
        };
        if (result.Next is { } next)
        {
            var expires = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + TokenLife).ToUnixTimeSeconds());
            answer.TokenExpires = expires;
            answer.NextPageToken = new PageToken(expires, next.ThroughSequence, next.After?.EventTime ?? 0, next.After?.Sequence ?? 0, next.Skip, next.Remaining).Write(ask.Query);
        }
        return answer;
    }

    public Task<QueryRefusal[]> Check(byte[] query) => Task.FromResult(Refusals(Read(query).Problems));

    public async Task<string[]> Words(QueriedWord kind, string? after, int first)
    {
        await Wait((await ledger.ReadHead()).Sequence);
        return [.. await index.ReadWords((IndexedWord)kind, after, first)];
    }

    public async Task<bool> KnowsWord(QueriedWord kind, string word)
    {
        await Wait((await ledger.ReadHead()).Sequence);
        return await index.Count(EventIndexing.KeyOf((IndexedWord)kind, word), IndexRange.Through(long.MaxValue), 1) > 0;
    }

    public async Task<string[]> Epcs(string? after, int first)
    {
        await Wait((await ledger.ReadHead()).Sequence);
        // The ledger has every code that events name; parties and places among them are no EPCs unless some event says so.
        var found = new List<string>();
        while (found.Count < first)
        {
            var some = await ledger.FindByPrefix("", after, 200);
            foreach (var entity in some)
            {
                after = entity.Code;
                if (await IsEpc(entity.Code)) found.Add(entity.Code);
                if (found.Count == first) break;
            }
            if (some.Count < 200) break;
        }
        return [.. found];
    }

    public async Task<bool> KnowsEpc(string code)
    {
        await Wait((await ledger.ReadHead()).Sequence);
        return await IsEpc(code);
    }

    async Task<bool> IsEpc(string code)
    {
        var everything = IndexRange.Through(long.MaxValue);
        return await index.Count(IndexKeys.OfInstance(code), everything, 1) > 0 || await index.Count(IndexKeys.OfClass(code), everything, 1) > 0;
    }

    async ValueTask Wait(long through)
    {
        // One indexed read decides; the feeding grain is asked only when it is behind.
        if ((await index.ReadCursor()).Sequence < through)
            await GrainFactory.GetGrain<IEventIndexGrain>(0).CatchUp(through);
    }

    static ReadQuery Read(byte[] query)
    {
        try
        {
            using var json = JsonDocument.Parse(query);
            return QueryJson.Read(json.RootElement);
        }
        catch (JsonException malformed)
        {
            return new(null, [new("query", "a JSON object of query parameters", malformed.Message)]);
        }
    }

    static QueryAnswer Refused(IReadOnlyList<QueryProblem> problems) => new() { Status = QueryStatus.Refused, Refusals = Refusals(problems) };

    static QueryRefusal[] Refusals(IReadOnlyList<QueryProblem> problems) =>
        [.. problems.Select(problem => new QueryRefusal { Parameter = problem.Parameter, Expected = problem.Expected, Found = problem.Found })];
}
