using System.Text.Json;
using GraphQL;
using GraphQL.SystemTextJson;
using TraceGrains.GraphQL.Transport.Operations;
using static TraceGrains.GraphQL.Tests.Surface;

namespace TraceGrains.GraphQL.Tests;

/// <summary>Who reads slowly is read for slowly; who does not keep up is told where to go on; nobody else notices.</summary>
public sealed class SlowReaderTests
{
    const string Follow = """subscription { custodyEvents(code: "urn:xx:a", after: "0") { cursor } }""";

    static readonly GraphQLSerializer Serializer = new();

    [Fact]
    public async Task A_source_makes_no_more_than_the_reader_has_room_for()
    {
        var pace = new Pace();
        for (var i = 0; i < Pace.ResultsMax; i++)
            await pace.Room(default);
        var next = pace.Room(default);
        Assert.False(next.IsCompleted);
        pace.Waits(10);
        pace.Sent(10);
        await next;
    }

    [Fact]
    public async Task Long_results_take_more_room()
    {
        var pace = new Pace();
        await pace.Room(default);
        pace.Waits(Pace.LengthMax);
        var next = pace.Room(default);
        Assert.False(next.IsCompleted);
        pace.Sent(Pace.LengthMax);
        await next;
    }

    [Fact]
    public async Task Waiting_for_room_ends_with_the_operation()
    {
        var pace = new Pace();
        for (var i = 0; i < Pace.ResultsMax; i++)
            await pace.Room(default);
        using var end = new CancellationTokenSource();
        var next = pace.Room(end.Token);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task A_ledger_is_read_no_further_ahead_than_its_reader_has_come()
    {
        const int Events = 3_000, Ahead = 1_500;   // a pipe in between holds 64 KB, some hundreds of results
        await using var surface = await Surface.Start();
        for (var i = 1; i <= Events; i++)
            surface.Grains.Events.Add(FakeEvents.Of(i, $"e{i}", "{}"));
        using var slow = await surface.Open(surface.Post(Follow, accept: EventStream));
        for (var i = 1; i <= Events; i++)
        {
            Assert.Equal($"{i}", Reading.DataOf(await slow.NextEvent()).Text("data", "custodyEvents", "cursor"));
            Assert.True(surface.Grains.ChainPages.Max(page => page.After) <= i + Ahead);
            if (i == 1)
            {
                // Another one comes, reads all of it and goes, while the first has read one.
                using var fast = await surface.Open(surface.Post(Follow, accept: EventStream));
                for (var k = 1; k <= Events; k++)
                    await fast.NextEvent();
                surface.Grains.ChainPages.Clear();
                surface.Grains.ChainPages.Enqueue((0, 0));
            }
        }
    }

    [Fact]
    public async Task A_source_that_runs_ahead_ends_with_a_word_where_to_go_on()
    {
        var source = new Source();
        var stream = new ResultStream(Serializer, new Pace()).Of(new ExecutionResult { Executed = true, Streams = new Dictionary<string, IObservable<ExecutionResult>> { ["s"] = source } }, default);
        await using var reader = stream.GetAsyncEnumerator();
        var first = reader.MoveNextAsync();
        for (var i = 0; i < ResultStream.WaitingMax * 2; i++)
            source.Tell(new ExecutionResult { Executed = true });
        Assert.True(await first);
        var results = 1;
        while (reader.Current.Errors is null)
        {
            Assert.True(await reader.MoveNextAsync());
            results++;
        }
        Assert.InRange(results, ResultStream.WaitingMax, ResultStream.WaitingMax + 2);
        var error = JsonDocument.Parse(reader.Current.Errors).RootElement[0];
        Assert.Equal("TOO_SLOW", error.Text("extensions", "code"));
        Assert.Contains("resume from the cursor", error.Text("message"));
        Assert.False(await reader.MoveNextAsync());
        Assert.True(source.IsLeft);
    }

    sealed class Source : IObservable<ExecutionResult>, IDisposable
    {
        IObserver<ExecutionResult>? observer;

        public bool IsLeft { get; private set; }

        public void Tell(ExecutionResult result) => observer!.OnNext(result);

        public IDisposable Subscribe(IObserver<ExecutionResult> told)
        {
            observer = told;
            return this;
        }

        public void Dispose() => IsLeft = true;
    }
}
