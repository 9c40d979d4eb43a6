using GraphQL;
using GraphQLParser;
using GraphQLParser.Exceptions;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>
/// Counts a document's tokens and how deep its brackets nest, before it is parsed: a parser makes a node of each token, of which a body has room for half a million, and goes down a level with each bracket.
/// </summary>
static class TokenLimit
{
    /// <summary>What is too much; null when nothing is.</summary>
    public static ExecutionError? Problem(string document)
    {
        try
        {
            ROM text = document.AsMemory();
            for (int count = 1, depth = 0, at = 0; ; count++)
            {
                if (count > Limits.TokensMax)
                    return new ExecutionError($"the document: expected at most {Limits.TokensMax:N0} tokens") { Code = "TOO_MANY_TOKENS" };
                var token = Lexer.Lex(text, at);
                switch (token.Kind)
                {
                    case TokenKind.EOF:
                        return null;
                    case TokenKind.BRACE_L or TokenKind.BRACKET_L or TokenKind.PAREN_L when ++depth > Limits.BracketsMax:
                        return new ExecutionError($"the document: expected brackets at most {Limits.BracketsMax} deep") { Code = "TOO_DEEP" };
                    case TokenKind.BRACE_R or TokenKind.BRACKET_R or TokenKind.PAREN_R:
                        depth--;
                        break;
                }
                at = token.End;
            }
        }
        catch (GraphQLSyntaxErrorException)
        {
            // The parser says it better, and comes no further than this.
            return null;
        }
    }
}
