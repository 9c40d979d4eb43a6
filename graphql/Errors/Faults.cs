using GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TraceGrains.GraphQL.Errors;

/// <summary>What nobody foresaw: the log gets all of it, the caller two words.</summary>
static partial class Faults
{
    public const string Message = "internal error";

    public static void Hide(UnhandledExceptionContext fault)
    {
        var services = fault.ExecutionOptions.RequestServices;
        if (services?.GetService<ILoggerFactory>() is { } loggers)
            Failed(loggers.CreateLogger(typeof(Faults).Namespace!), fault.FieldContext?.FieldDefinition.Name ?? "", fault.OriginalException);
        fault.ErrorMessage = Message;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A GraphQL request failed at field '{Field}'")]
    static partial void Failed(ILogger logger, string field, Exception exception);
}
