using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Holds;

namespace TraceGrains.GraphQL.Tests;

public sealed class HoldTests
{
    const string Uuid = "0199d0a4-7c1e-7cc0-8000-000000000001", Urn = $"urn:tracegrains:hold:{Uuid}", Unit = "https://id.gs1.org/01/10614141123459/21/7", UnitUrn = "urn:epc:id:sgtin:0614141.112345.7";
    static readonly DateTimeOffset time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    sealed class FakeGate(Func<MoveQuestion, MoveAnswer[]> answer) : IGateGrain
    {
        public Task<MoveAnswer[]> MayMove(MoveQuestion question) => Task.FromResult(answer(question));
    }

    sealed class FakeHold(string id, ConcurrentQueue<string> said) : IHoldGrain
    {
        public Task<HoldAnswer> Place(HoldRequest request)
        {
            said.Enqueue($"place {id} {string.Join(',', request.Codes)} {request.Reason} {request.By}");
            return Task.FromResult(new HoldAnswer { Hold = new() { Id = id, Codes = request.Codes, Reason = request.Reason, By = request.By, PlacedAt = time } });
        }

        public Task<HoldAnswer> Release(string reason, string by)
        {
            said.Enqueue($"release {id} {reason} {by}");
            return Task.FromResult(new HoldAnswer { Refused = HoldRefusal.HoldUnknown, Message = "id: expected a hold on record" });
        }

        public Task<HoldView?> View() => Task.FromResult<HoldView?>(null);
    }

    sealed class FakeQueries(ConcurrentQueue<string> asked, QueryAnswer answer) : IEventQueryGrain
    {
        public Task<QueryAnswer> Poll(QueryAsk ask, CancellationToken stop)
        {
            asked.Enqueue($"{Encoding.UTF8.GetString(ask.Query)} {ask.PageSize} {ask.PageToken}");
            return Task.FromResult(ask.PageToken == "elsewhere" ? new() { Status = QueryStatus.Refused } : answer);
        }

        public Task<QueryRefusal[]> Check(byte[] query) => throw new NotSupportedException();
        public Task<string[]> Words(QueriedWord kind, string? after, int first) => throw new NotSupportedException();
        public Task<bool> KnowsWord(QueriedWord kind, string word) => throw new NotSupportedException();
        public Task<string[]> Epcs(string? after, int first) => throw new NotSupportedException();
        public Task<bool> KnowsEpc(string code) => throw new NotSupportedException();
    }

    /// <summary>Violations at some places of the ledger, the places told one by one.</summary>
    sealed class FakeWatch(params long[] places) : IViolationWatchGrain, IEventFollowGrain
    {
        int at;

        public Task Tell(long head) => Task.CompletedTask;
        public Task CatchUp(long through) => Task.CompletedTask;

        public async Task<long> Watch(long known)
        {
            if (known < 0) return places[0];
            if (++at < places.Length) return places[at];
            await Task.Delay(Timeout.Infinite);
            return 0;
        }

        public Task<FollowedEvents> Follow(FollowAsk ask) => Task.FromResult(new FollowedEvents { Events = [.. places.Distinct().Where(place => place > ask.After && place <= ask.Through).Select(Violated)], Through = ask.Through });
    }

    static QueriedEvent Violated(long sequence)
    {
        var written = ViolationEvent.Build(new($"urn:ex:e{sequence}", 3, time, "shipping", "urn:ex:shop", [new([Unit, "urn:ex:2", "urn:ex:3"], [new() { Kind = MoveReasonKind.Recalled, Recall = "urn:tracegrains:recall:1" }])]), _ => false);
        return new() { Sequence = sequence, RecordTime = time, EventId = written.Id, Json = written.Json.ToArray() };
    }

    [Fact]
    public async Task A_question_is_asked_in_canonical_words_and_the_answer_told_with_its_reasons()
    {
        await using var surface = await Surface.Start();
        MoveQuestion? asked = null;
        surface.Grains.Others[typeof(IGateGrain)] = _ => new FakeGate(question =>
        {
            asked = question;
            return [.. question.Codes.Select((code, i) => new MoveAnswer
            {
                Code = code, Allowed = i > 0, At = time, Cautions = [new() { Kind = MoveReasonKind.Overdue, Date = DateKind.NextInspection, Code = code }],
                Reasons = i > 0 ? [] : [new() { Kind = MoveReasonKind.OnHold, Relation = MoveRelation.Lot, Code = "urn:ex:lot", Disposition = Urn, Since = time, Sequence = 4 }],
            })];
        });
        var data = await surface.Data($$"""
            { mayMove(code: "{{UnitUrn}}", step: "urn:epcglobal:cbv:bizstep:retail_selling", disposition: "https://ref.gs1.org/cbv/Disp-retail_sold", at: "2026-03-04T05:06:07Z", location: "urn:epc:id:sgln:0614141.00000.0") {
                code allowed at reasons { kind relation code disposition since eventSequence } cautions { kind date } } }
            """);
        Assert.Equal(([Unit], "retail_selling", "retail_sold", time, "https://id.gs1.org/414/0614141000005"), (asked!.Codes, asked.Step, asked.Disposition, asked.At, asked.Location!), Same);
        var answer = data.GetProperty("mayMove");
        Assert.Equal((Unit, "False", "ON_HOLD", "LOT", "urn:ex:lot", Urn, "4"), (answer.Text("code"), answer.Text("allowed"), answer.Text("reasons", 0, "kind"), answer.Text("reasons", 0, "relation"), answer.Text("reasons", 0, "code"),
            answer.Text("reasons", 0, "disposition"), answer.Text("reasons", 0, "eventSequence")));
        Assert.Equal(("OVERDUE", "NEXT_INSPECTION"), (answer.Text("cautions", 0, "kind"), answer.Text("cautions", 0, "date")));

        data = await surface.Data($$"""{ mayMoveAll(codes: ["{{Unit}}", "urn:ex:2"], step: "tg:fill") { code allowed } }""");
        Assert.Equal("""[{"code":"https://id.gs1.org/01/10614141123459/21/7","allowed":false},{"code":"urn:ex:2","allowed":true}]""", data.GetProperty("mayMoveAll").GetRawText());
        Assert.Equal((MoveSteps.Fill, null), (asked.Step, asked.At));

        static bool Same((string[], string, string?, DateTimeOffset?, string) a, (string[], string, string?, DateTimeOffset?, string) b) =>
            a.Item1.SequenceEqual(b.Item1) && (a.Item2, a.Item3, a.Item4, a.Item5) == (b.Item2, b.Item3, b.Item4, b.Item5);
    }

    [Theory]
    [InlineData("""mayMove(code: "x", step: "shipping") { allowed }""", "code")]
    [InlineData("""mayMove(code: "urn:ex:1", step: "vending") { allowed }""", "step")]
    [InlineData("""mayMove(code: "urn:ex:1", step: "shipping", disposition: "lost") { allowed }""", "disposition")]
    [InlineData("""mayMove(code: "urn:ex:1", step: "shipping", location: "x") { allowed }""", "location")]
    [InlineData("""mayMoveAll(codes: [], step: "shipping") { allowed }""", "codes")]
    [InlineData("""mayMoveAll(codes: ["urn:ex:1", "x"], step: "shipping") { allowed }""", "codes.1")]
    [InlineData("""hold(id: "x") { id }""", "id")]
    [InlineData("violations(first: 0) { nodes { id } }", "first")]
    [InlineData("""violations(holder: "x") { nodes { id } }""", "holder")]
    [InlineData("""violations(after: "elsewhere") { nodes { id } }""", "after")]
    public async Task A_wrong_question_is_told_its_field(string question, string field)
    {
        await using var surface = await Surface.Start();
        surface.Grains.Others[typeof(IEventQueryGrain)] = _ => new FakeQueries([], new());
        Assert.Equal(("BAD_USER_INPUT", field), (await surface.Error($"{{ {question} }}")) is var error ? (error.Text("extensions", "code"), error.Text("extensions", "field")) : default);
    }

    [Fact]
    public async Task A_hold_is_placed_under_the_clients_id_and_a_refusal_is_told()
    {
        await using var surface = await Surface.Start();
        var said = new ConcurrentQueue<string>();
        surface.Grains.Others[typeof(IHoldGrain)] = key => new FakeHold((string)key, said);
        var data = await surface.Data($$"""
            mutation {
              placeHold(input: { id: "{{Uuid.ToUpperInvariant()}}", codes: ["{{UnitUrn}}"], reason: "sample failed", by: "office" }) { hold { id codes reason by placedAt releasedAt } refusal { reason } }
              releaseHold(id: "{{Urn}}", reason: "passed", by: "lab") { hold { id } refusal { reason message } }
            }
            """);
        Assert.Equal([$"place {Urn} {Unit} sample failed office", $"release {Urn} passed lab"], said);
        Assert.Equal((Urn, null), (data.Text("placeHold", "hold", "id"), data.Text("placeHold", "refusal")));
        Assert.Equal((null, "HOLD_UNKNOWN"), (data.Text("releaseHold", "hold"), data.Text("releaseHold", "refusal", "reason")));
        Assert.Null((await surface.Data($$"""{ hold(id: "{{Uuid}}") { id } }""")).Text("hold"));
    }

    [Fact]
    public async Task Violations_are_asked_for_as_events_and_told_as_what_they_say()
    {
        await using var surface = await Surface.Start();
        var asked = new ConcurrentQueue<string>();
        surface.Grains.Others[typeof(IEventQueryGrain)] = _ => new FakeQueries(asked, new() { Events = [Violated(9)], NextPageToken = "more" });
        var data = await surface.Data("""
            { violations(first: 5, after: "here", holder: "urn:ex:shop", kind: ALREADY_SOLD) {
                nodes { id sequence recordTime eventTime step holder offendingEventId findings { count things(first: 2) reasons { kind code recallId } } } pageInfo { endCursor hasNextPage } } }
            """);
        Assert.Equal(
            """{"eventType":["urn:tracegrains:voc:ViolationEvent"],"EQ_tg:holder":["urn:ex:shop"],"EQ_tg:reason":["already_sold"],"orderBy":"recordTime","orderDirection":"DESC"} 5 here""", Assert.Single(asked));
        var node = data.At("violations", "nodes", 0);
        Assert.Equal((ViolationEvent.IdOf("urn:ex:e9"), "9", "shipping", "urn:ex:shop", "urn:ex:e9"), (node.Text("id"), node.Text("sequence"), node.Text("step"), node.Text("holder"), node.Text("offendingEventId")));
        Assert.Equal("""[{"count":3,"things":["https://id.gs1.org/01/10614141123459/21/7","urn:ex:2"],"reasons":[{"kind":"RECALLED","code":null,"recallId":"urn:tracegrains:recall:1"}]}]""", node.GetProperty("findings").GetRawText());
        Assert.Equal("more", data.Text("violations", "pageInfo", "endCursor"));
    }

    [Fact]
    public async Task A_subscriber_hears_of_each_violation_once_from_then_on()
    {
        await using var surface = await Surface.Start();
        var watch = new FakeWatch(5, 7, 7, 12);
        surface.Grains.Others[typeof(IViolationWatchGrain)] = surface.Grains.Others[typeof(IEventFollowGrain)] = _ => watch;
        using var stream = await surface.Open(surface.Post("subscription { violations(kind: RECALLED) { sequence } }", accept: Surface.EventStream));
        Assert.Equal("7", Reading.DataOf(await stream.NextEvent()).Text("data", "violations", "sequence"));
        Assert.Equal("12", Reading.DataOf(await stream.NextEvent()).Text("data", "violations", "sequence"));
    }
}
