using System.Security.Claims;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.Contracts.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>The one place where an operation is executed, whichever way it came.</summary>
sealed class OperationRunner(IDocumentExecuter executer, TimeProvider clock)
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
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLate.Token);
        try
        {
            var result = await executer.ExecuteAsync(new ExecutionOptions
            {
                Query = request.Query,
                OperationName = request.OperationName,
                Variables = request.Variables,
                Extensions = request.Extensions,
                RequestServices = caller.Services,
                User = caller.User,
                UserContext = new Dictionary<string, object?>(pace.Context) { [ContextViewer.Key] = caller.Viewer },
                CancellationToken = stop.Token,
                ValidationRules = [DocumentRule.Instance, .. DocumentValidator.CoreRules, transport],
            }).WaitAsync(stop.Token);   // A grain that does not hear of it is left to itself.
            if (result.Operation is { } operation && caller.Services.GetService<IOperationWitness>() is { } witness)
                await witness.Executed(caller.Viewer.Caller, OperationText.KindOf(operation), OperationText.FieldsOf(operation, request.Variables) + string.Concat(caller.Viewer.UsedGrants.Select(grant => $"; by grant {grant}")), result.Errors is { Count: > 0 } errors ? errors[0].Code ?? "ERROR" : "ok");
            return result;
        }
        catch (OperationCanceledException) when (tooLate.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new ExecutionResult(new TooLate());
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
