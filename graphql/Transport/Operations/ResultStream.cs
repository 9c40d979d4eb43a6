using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphQL;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>One result of an operation.</summary>
/// <param name="Json">The result.</param>
/// <param name="Errors">Where the operation ended with it, by a failure and without data: the errors alone, a JSON array; else null.</param>
readonly record struct Outgoing(string Json, string? Errors = null);

/// <summary>
/// The results of one operation in their order, of a query one, of a subscription as many as come. A source that keeps no <see cref="Pace"/> may run ahead of its reader
/// by <see cref="WaitingMax"/> results; then the operation ends with an error that says where to go on.
/// </summary>
sealed class ResultStream(IGraphQLTextSerializer serializer, Pace pace)
{
    /// <summary>Results that may wait for a reader who is too slow.</summary>
    public const int WaitingMax = 256;

    readonly Channel<Outgoing> waiting = Channel.CreateBounded<Outgoing>(new BoundedChannelOptions(WaitingMax + 1) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Answers the results, and ends the subscription when whoever reads them stops.</summary>
    /// <param name="result">What the executer answered.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public async IAsyncEnumerable<Outgoing> Of(ExecutionResult result, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (result.Streams is not { Count: > 0 } streams)
        {
            yield return new(serializer.Serialize(result), result.Executed ? null : ErrorsOf(result));
            yield break;
        }
        // A subscription has one root field (a validation rule), so there is one stream.
        using var subscription = streams.Values.Single().Subscribe(new Sink(this));
        await foreach (var outgoing in waiting.Reader.ReadAllAsync(cancellation))
        {
            yield return outgoing;
            pace.Sent(outgoing.Json.Length);
        }
    }

    void Add(ExecutionResult result)
    {
        var json = serializer.Serialize(result);
        pace.Waits(json.Length);
        // One place is kept for the word that ends it.
        if (waiting.Reader.Count < WaitingMax && waiting.Writer.TryWrite(new(json)))
            return;
        End(new ExecutionError($"you read too slowly: {WaitingMax} results wait. Subscribe again; where results carry a cursor, resume from the cursor of the last one you have")
        {
            Code = ErrorForm.TooSlow,
        });
    }

    void End(ExecutionError? error)
    {
        if (error is not null && new ExecutionResult(error) is var failed)
            waiting.Writer.TryWrite(new(serializer.Serialize(failed), ErrorsOf(failed)));
        waiting.Writer.TryComplete();
    }

    string ErrorsOf(ExecutionResult failed) => serializer.Serialize(failed.Errors?.ToArray() ?? []);

    sealed class Sink(ResultStream results) : IObserver<ExecutionResult>
    {
        public void OnNext(ExecutionResult value) => results.Add(value);

        public void OnError(Exception error) => results.End(error as ExecutionError ?? new ExecutionError(Faults.Message) { Code = ErrorForm.Internal });

        public void OnCompleted() => results.End(null);
    }
}
