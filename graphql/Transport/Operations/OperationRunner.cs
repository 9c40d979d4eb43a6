using System.Security.Claims;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Costs;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>The one place where an operation is executed, whichever way it came.</summary>
sealed class OperationRunner(IDocumentExecuter executer, TimeProvider clock, SurfaceOptions options, IMeterHome? home = null)
{
    /// <summary>Executes a request. Of a subscription this starts it; its results are in the answer's streams and live as long as <paramref name="cancellation"/> allows.</summary>
    /// <param name="request">The request.</param>
    /// <param name="transport">What may come this way.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="pace">How fast a subscription may go on.</param>
    /// <param name="cancellation">Nobody waits for it any longer.</param>
    public async Task<ExecutionResult> Run(IncomingRequest request, TransportRule transport, Caller caller, Pace pace, CancellationToken cancellation)
    {
        if (TokenLimit.Problem(request.Query) is { } problem)
            return new ExecutionResult(problem);
        using var tooLate = new CancellationTokenSource(Limits.RequestTime, clock);
        // Not disposed: a subscription that this starts listens to it for as long as it lives.
        var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLate.Token);
        using var meter = OperationMeter.Begin(options.CostMax, home, waiting.Token);
        var stop = meter.Stop;
        var (seen, result, outcome) = (new OperationSeen(meter), (ExecutionResult?)null, "FAILED");
        try
        {
            result = await executer.ExecuteAsync(new ExecutionOptions
            {
                Query = request.Query,
                OperationName = request.OperationName,
                Variables = request.Variables,
                Extensions = request.Extensions,
                RequestServices = caller.Services,
                User = caller.User,
                UserContext = new Dictionary<string, object?>(pace.Context) { [ContextViewer.Key] = caller.Viewer },
                CancellationToken = stop,
                ValidationRules = [DocumentRule.Instance, .. DocumentValidator.CoreRules, transport],
                Listeners = { seen },
            }).WaitAsync(stop);   // A grain that does not hear of it is left to itself.
            if (meter.IsOver) result = new ExecutionResult(new TooCostly(options.CostMax));
            else if (caller.Viewer.SeesAll && request.AsksForCost) (result.Extensions ??= [])["cost"] = new Dictionary<string, object?> { ["ledgerRows"] = meter.Spent.LedgerRows, ["shardMessages"] = meter.Spent.ShardMessages };
            outcome = result.Errors is { Count: > 0 } errors ? errors[0].Code ?? "ERROR" : "ok";
            return result;
        }
        catch (OperationCanceledException) when (meter.IsOver && !cancellation.IsCancellationRequested)
        {
            outcome = TooCostly.Word;
            return new ExecutionResult(new TooCostly(options.CostMax));
        }
        catch (OperationCanceledException) when (tooLate.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            outcome = "TIMEOUT";
            return new ExecutionResult(new TooLate());
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            outcome = "ABORTED";
            throw;
        }
        finally
        {
            // However it ends: who goes away before the answer, or asks for too much, has asked all the same, and a mutation goes on without them.
            var (document, operation) = result?.Operation is { } known ? (result.Document, known) : (seen.Document, seen.Operation);
            if (operation is not null && caller.Services.GetService<IOperationWitness>() is { } witness)
                await witness.Executed(caller.Viewer.Caller, OperationText.Of(document, operation, request.Variables, caller.Viewer.UsedGrants), outcome);
        }
    }

    /// <summary>Keeps hold of an operation that is about to be executed, in case nobody waits for its end. Only questions are cut short when they cost too much.</summary>
    sealed class OperationSeen(OperationMeter meter) : DocumentExecutionListenerBase
    {
        public GraphQLDocument? Document { get; private set; }

        public GraphQLOperationDefinition? Operation { get; private set; }

        public override Task BeforeExecutionAsync(IExecutionContext context)
        {
            (Document, Operation) = (context.Document, context.Operation);
            if (context.Operation.Operation != OperationType.Query) meter.LetFinish();
            return Task.CompletedTask;
        }
    }
}

/// <summary>Who asks, and where resolvers find what they work with; both live as long as the operation.</summary>
readonly record struct Caller(IServiceProvider Services, ClaimsPrincipal? User, Viewer Viewer);

/// <summary>The time for one request is over.</summary>
sealed class TooLate : ExecutionError
{
    public TooLate() : base($"not answered within {Limits.RequestTime.TotalSeconds:0} s; ask for less at once. A mutation may have been done all the same: look before you repeat it") => Code = "TIMEOUT";
}

/// <summary>Answering would read more of the ledger, or ask more of the shards, than one question may.</summary>
sealed class TooCostly : ExecutionError
{
    public const string Word = "COST";

    public TooCostly(OperationCost most) : base($"it takes more than {most.LedgerRows:N0} rows of the ledger or {most.ShardMessages:N0} questions to its shards; ask for less at once: smaller pages, fewer things, a smaller depth") => Code = Word;
}
