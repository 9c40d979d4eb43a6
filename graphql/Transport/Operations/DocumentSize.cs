using GraphQLParser.AST;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>
/// How much a document asks for, its fragments written out. Each fragment is counted once, so that counting takes no longer than reading, however often fragments use one another. A fragment within
/// itself counts for nothing here: that is an error of its own.
/// </summary>
sealed class DocumentSize
{
    /// <summary>Fields of the schema's own types that list others of them.</summary>
    internal static readonly string[] IntrospectionLists = ["fields", "interfaces", "possibleTypes", "inputFields"];

    readonly GraphQLDocument document;
    readonly Dictionary<string, GraphQLFragmentDefinition> fragments = [];
    readonly Dictionary<string, Size> known = [];

    /// <param name="Selections">Fields and uses of fragments.</param>
    /// <param name="Aliases">Those under names of their own.</param>
    /// <param name="Lists">Lists of the schema within one another, at the deepest.</param>
    readonly record struct Size(long Selections, long Aliases, int Lists)
    {
        const long Enough = int.MaxValue;

        public static Size operator +(Size one, Size other) =>
            new(Math.Min(Enough, one.Selections + other.Selections), Math.Min(Enough, one.Aliases + other.Aliases), Math.Max(one.Lists, other.Lists));
    }

    public DocumentSize(GraphQLDocument document)
    {
        this.document = document;
        foreach (var fragment in document.Definitions.OfType<GraphQLFragmentDefinition>())
            fragments.TryAdd(fragment.FragmentName.Name.StringValue, fragment);
    }

    /// <summary>What is too much; null when nothing is.</summary>
    public DocumentError? Problem()
    {
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            var size = Of(operation.SelectionSet);
            if (size.Selections > Limits.SelectionsMax)
                return new("TOO_MANY_FIELDS", $"expected at most {Limits.SelectionsMax:N0} fields, with fragments written out", operation);
            if (size.Aliases > Limits.AliasesMax)
                return new("TOO_MANY_ALIASES", $"expected at most {Limits.AliasesMax} aliases, with fragments written out", operation);
            if (size.Lists > Limits.IntrospectionListsMax)
                return new("INTROSPECTION_TOO_DEEP", $"expected introspection with at most {Limits.IntrospectionListsMax} of fields, interfaces, possibleTypes and inputFields within one another", operation);
        }
        return null;
    }

    Size Of(GraphQLSelectionSet? selections)
    {
        var size = default(Size);
        foreach (var selection in selections?.Selections ?? [])
            size += selection switch
            {
                GraphQLField field => Of(field),
                GraphQLInlineFragment inline => Of(inline.SelectionSet),
                GraphQLFragmentSpread spread => Of(spread.FragmentName.Name.StringValue) + new Size(1, 0, 0),
                _ => default,
            };
        return size;
    }

    Size Of(GraphQLField field)
    {
        var within = Of(field.SelectionSet);
        // No type of ours has a field of these names with fields within; a test keeps it so.
        var lists = IsList(field) ? within.Lists + 1 : within.Lists;
        return new Size(1, field.Alias is null ? 0 : 1, 0) + within with { Lists = lists };
    }

    Size Of(string fragment)
    {
        if (known.TryGetValue(fragment, out var size))
            return size;
        known[fragment] = default;
        return known[fragment] = Of(fragments.GetValueOrDefault(fragment)?.SelectionSet);
    }

    static bool IsList(GraphQLField field) => field.SelectionSet is not null && IntrospectionLists.Contains(field.Name.StringValue);
}
