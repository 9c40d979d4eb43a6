using GraphQL;
using GraphQL.Execution;

namespace TraceGrains.GraphQL.Errors;

/// <summary>How an error is shown: its message, a code that programs can compare, and nothing of our insides.</summary>
sealed class ErrorForm : IErrorInfoProvider
{
    /// <summary>The code of a failure that is ours.</summary>
    public const string Internal = "INTERNAL_SERVER_ERROR";

    /// <summary>The code of a subscription whose reader is too slow.</summary>
    public const string TooSlow = "TOO_SLOW";

    public ErrorInfo GetInfo(ExecutionError executionError)
    {
        var extensions = new Dictionary<string, object?>();
        if (CodeOf(executionError) is { } code)
            extensions["code"] = code;
        // Other errors may carry a wrapped exception's data here; only our own say things meant for the caller.
        if (executionError is BadInput { Extensions: { } said })
            foreach (var (name, value) in said)
                extensions[name] = value;
        return new ErrorInfo { Message = executionError.Message, Extensions = extensions.Count > 0 ? extensions : null };
    }

    // A wrapped exception's type would otherwise become the code.
    static string? CodeOf(ExecutionError error) => error is UnhandledError ? Internal : error.Code;
}
