using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>Keeps operations to the transports they may use. Checked with the document, before anything runs.</summary>
/// <param name="isGet">GET must be harmless: caches and link checkers repeat it, and any page can make a browser send it.</param>
/// <param name="takesEvents">A subscription has no single answer.</param>
sealed class TransportRule(bool isGet, bool takesEvents) : ValidationRuleBase
{
    /// <summary>A socket, or a stream that was reserved: everything may come over it.</summary>
    public static readonly TransportRule Anything = new(isGet: false, takesEvents: true);

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        switch (context.Operation.Operation)
        {
            case OperationType.Mutation when isGet:
                context.ReportError(new TransportError(StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", "a mutation: expected POST, found GET", context.Operation));
                break;
            case OperationType.Subscription when !takesEvents:
                context.ReportError(new TransportError(StatusCodes.Status406NotAcceptable, "NOT_ACCEPTABLE",
                    $"a subscription: expected 'Accept: {Http.MediaTypes.EventStream}' or a WebSocket, found another", context.Operation));
                break;
        }
        return default;
    }
}

/// <summary>An operation on the wrong transport, and the HTTP status that says so.</summary>
sealed class TransportError : ValidationError
{
    public TransportError(int status, string code, string message, ASTNode operation) : base(default, null, message, operation)
    {
        Status = status;
        Code = code;
    }

    public int Status { get; }
}
