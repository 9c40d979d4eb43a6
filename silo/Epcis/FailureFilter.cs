using TraceGrains.Grains;
using TraceGrains.Ledger;

namespace TraceGrains.Silo.Epcis;

/// <summary>What fails behind an endpoint becomes a problem document like any other refusal: an ERP must be able to tell "later" from "never".</summary>
sealed partial class FailureFilter(ILogger<FailureFilter> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            LogFailed(context.HttpContext.GetEndpoint()?.DisplayName ?? "a request", failure.Message);
            return failure switch
            {
                LedgerFullException => Problems.Unavailable(isFull: true),
                // Another sequencer was ahead, or an answer took too long: both pass.
                LedgerUnavailableException or LedgerFencedException or TimeoutException => Problems.Unavailable(isFull: false),
                _ when Again.IsPassing(failure) => Problems.Unavailable(isFull: false),
                _ => Fault(failure),
            };
        }
    }

    IResult Fault(Exception failure)
    {
        LogFault(failure);
        return Problems.Fault();
    }

    [LoggerMessage(LogLevel.Warning, "{Endpoint} failed: {Why}")]
    partial void LogFailed(string endpoint, string why);

    [LoggerMessage(LogLevel.Error, "an EPCIS request failed")]
    partial void LogFault(Exception failure);
}
