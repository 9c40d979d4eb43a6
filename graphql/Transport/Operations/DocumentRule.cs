using GraphQL.Validation;
using GraphQLParser.AST;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>
/// Keeps documents from asking the same thing many times: by aliases, by fragments that use one another, or by introspection that goes round in circles. It comes before all other rules and ends the
/// validation, because some of them walk a document as if its fragments were written out. Depth and weight are checked by <see cref="Weights"/>.
/// </summary>
sealed class DocumentRule : ValidationRuleBase
{
    public static readonly DocumentRule Instance = new();

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        if (new DocumentSize(context.Document).Problem() is { } problem)
            throw problem;
        return default;
    }
}

/// <summary>A document that asks for too much at once, and a code for programs.</summary>
sealed class DocumentError : ValidationError
{
    public DocumentError(string code, string message, ASTNode at) : base(default, null, message, at) => Code = code;
}
