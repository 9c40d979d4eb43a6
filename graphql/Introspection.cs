using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;

namespace TraceGrains.GraphQL;

/// <summary>Adds what the GraphQL specification has of introspection and GraphQL.NET has not, so that tools which ask for all of it are answered.</summary>
sealed class Introspection : BaseSchemaNodeVisitor
{
    public override void VisitObject(IObjectGraphType type, ISchema schema)
    {
        switch (type.Name)
        {
            case "__Type" when type.Fields.Find("specifiedByURL") is null:
                type.AddField(new FieldType
                {
                    Name = "specifiedByURL", Description = "Where a custom scalar is specified; null when its description says all.", ResolvedType = new StringGraphType(),
                    Resolver = new FuncFieldResolver<string?>(_ => (string?)null),
                });
                break;
            case "__Directive" when type.Fields.Find("args") is { } arguments && arguments.Arguments?.Find("includeDeprecated") is null:
                // No directive has a deprecated argument, so the answer is the same either way.
                (arguments.Arguments ??= []).Add(new QueryArgument(new BooleanGraphType()) { Name = "includeDeprecated", DefaultValue = false });
                break;
        }
    }
}
