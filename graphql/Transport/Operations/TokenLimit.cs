using GraphQLParser;
using GraphQLParser.Exceptions;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>Counts a document's tokens before it is parsed: a parser makes a node of each, and a body has room for half a million.</summary>
static class TokenLimit
{
    public static bool IsExceeded(string document)
    {
        try
        {
            ROM text = document.AsMemory();
            for (int count = 1, at = 0; ; count++)
            {
                if (count > Limits.TokensMax)
                    return true;
                var token = Lexer.Lex(text, at);
                if (token.Kind == TokenKind.EOF)
                    return false;
                at = token.End;
            }
        }
        catch (GraphQLSyntaxErrorException)
        {
            // The parser says it better, and comes no further than this.
            return false;
        }
    }
}
