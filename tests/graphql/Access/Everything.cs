using GraphQL.Types;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Nodes;

namespace TraceGrains.GraphQL.Tests.Access;

/// <summary>Writes, for each root field of the schema, an operation that asks for everything below it that a caller has a right to.</summary>
sealed class Everything(Caller caller)
{
    /// <summary>Whoever may ask for more asks less deep, or the query would be too dear.</summary>
    int Depth => caller.District is null ? 5 : 4;

    const string Id = "0192d3a4-7a7e-7cc1-9c3e-000251b871f1";

    /// <summary>One operation; of an interface's types one each, asked for by a node of that type.</summary>
    public IEnumerable<string> Of(IObjectGraphType root, FieldType field, string operation)
    {
        if (!May(root, field)) yield break;
        if (Named(field.ResolvedType!) is not IInterfaceGraphType many)
            yield return $"{operation} {{ {Field(field, Depth, [root.Name])} }}";
        else
            foreach (var only in many.PossibleTypes.Select(one => one.Name))
                yield return $"{operation} {{ {Field(field, Depth, [root.Name, .. many.PossibleTypes.Select(one => one.Name).Where(name => name != only)])} }}"
                    .Replace(Id, new NodeId(only switch { "Entity" => NodeSort.Entity, "Event" => NodeSort.Event, "Recall" => NodeSort.Recall, _ => NodeSort.RecallCase }, only == "Event" ? "1" : only == "Entity" ? "urn:mine:thing" : Id).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whether a caller may ask for a field at all.</summary>
    bool May(IObjectGraphType type, FieldType field) => FieldAccess.Of(type.Name, field.Name) is var rule && caller.Reach(rule.Right) >= rule.Least;

    string Field(FieldType field, int depth, HashSet<string> above)
    {
        var arguments = field.Arguments is { Count: > 0 } all ? string.Join(", ", all.Where(one => one.ResolvedType is NonNullGraphType && one.DefaultValue is null || one.Name == "sequence").Select(one => $"{one.Name}: {Value(one.ResolvedType!)}")) : "";
        return field.Name + (arguments.Length > 0 ? $"({arguments})" : "") + Below(field.ResolvedType!, depth, above);
    }

    string Below(IGraphType type, int depth, HashSet<string> above)
    {
        var named = Named(type);
        IEnumerable<IObjectGraphType> objects = named switch
        {
            IObjectGraphType one => [one],
            IInterfaceGraphType many => many.PossibleTypes,
            _ => [],
        };
        if (!objects.Any()) return "";
        var parts = objects.Where(one => !above.Contains(one.Name))
            .Select(one => $"... on {one.Name} {{ __typename {string.Join(' ', one.Fields.Where(inner => May(one, inner) && (depth > 0 || Named(inner.ResolvedType!) is not (IObjectGraphType or IInterfaceGraphType))).Select(inner => Field(inner, depth - 1, [.. above, one.Name])))} }}");
        return $" {{ __typename {string.Join(' ', parts)} }}";
    }

    static IGraphType Named(IGraphType type) => type is IProvideResolvedType wrapped ? Named(wrapped.ResolvedType!) : type;

    static string Value(IGraphType type)
    {
        switch (type)
        {
            case NonNullGraphType required:
                return Value(required.ResolvedType!);
            case ListGraphType list:
                return $"[{Value(list.ResolvedType!)}]";
            case EnumerationGraphType words:
                return words.Values.First().Name;
            case IInputObjectGraphType input:
                return $"{{ {string.Join(", ", input.Fields.Where(field => field.ResolvedType is NonNullGraphType && field.DefaultValue is null).Select(field => $"{field.Name}: {Value(field.ResolvedType!)}"))}{(input.Name == "RecallScopeQueryInput" ? "batch: \"urn:mine:lot\"" : "")} }}";
        }
        return type.Name switch
        {
            "Int" or "Long" => "1",
            "Decimal" or "Float" => "1",
            "Boolean" => "true",
            "DateTimeOffset" => "\"2026-01-01T00:00:00Z\"",
            "ID" => $"\"{Id}\"",
            "Step" => "\"shipping\"",
            _ => "\"urn:mine:thing\"",
        };
    }
}
