using GraphQL;
using TraceGrains.Contracts.Access;

namespace TraceGrains.GraphQL.Access;

/// <summary>Where resolvers find who asks.</summary>
static class ContextViewer
{
    /// <summary>Under what the operation's user context has it.</summary>
    public const string Key = "tracegrains.viewer";

    /// <summary>What the sender of this operation may see.</summary>
    public static Viewer Viewer(this IResolveFieldContext context) => context.UserContext[Key] as Viewer ?? throw new InvalidOperationException("the operation was started without a viewer");
}
