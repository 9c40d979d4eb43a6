using GraphQL;
using TraceGrains.Contracts.Transparency;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Transparency;

/// <summary>A refusal of the transparency log as an error of the request.</summary>
static class Refused
{
    public static ExecutionError Error(TransparencyRefusal refusal, string message)
    {
        // The message begins with the argument it is about, except for the one that is about the ledger.
        if (refusal == TransparencyRefusal.LedgerChanged) return new ExecutionError(message) { Code = "LEDGER_CHANGED" };
        var colon = message.IndexOf(": ", StringComparison.Ordinal);
        return new BadInput(message[..colon], message[(colon + 2)..]);
    }
}
