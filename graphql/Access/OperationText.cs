using System.Globalization;
using System.Text;
using GraphQL;
using GraphQLParser.AST;

namespace TraceGrains.GraphQL.Access;

/// <summary>Says of an operation what it was about: its root fields, and of their arguments those that name something. What people wrote into the others is nobody's business here.</summary>
static class OperationText
{
    const int FieldsMax = 20, ValuesMax = 10;

    static readonly HashSet<string> naming = ["code", "codes", "id", "ids", "party", "holder", "case", "sequence", "eventId", "batch", "unit", "subject"];

    public static string KindOf(GraphQLOperationDefinition operation) => operation.Operation switch { OperationType.Mutation => "mutation", OperationType.Subscription => "subscription", _ => "query" };

    public static string FieldsOf(GraphQLOperationDefinition operation, Inputs? variables)
    {
        var text = new StringBuilder();
        foreach (var field in operation.SelectionSet.Selections.OfType<GraphQLField>().Take(FieldsMax))
        {
            if (text.Length > 0) text.Append("; ");
            text.Append(field.Name.StringValue);
            var named = (field.Arguments?.Items ?? []).SelectMany(argument => Named(argument.Name.StringValue, argument.Value, variables)).Take(ValuesMax).ToList();
            if (named.Count > 0) text.Append('(').AppendJoin(", ", named).Append(')');
        }
        return text.ToString();
    }

    static IEnumerable<string> Named(string name, GraphQLValue value, Inputs? variables)
    {
        switch (value)
        {
            case GraphQLVariable variable:
                return variables is not null && variables.TryGetValue(variable.Name.StringValue, out var given) ? Named(name, given) : [];
            case GraphQLObjectValue fields:
                return (fields.Fields ?? []).SelectMany(field => Named(field.Name.StringValue, field.Value, variables));
            case GraphQLListValue list:
                return (list.Values ?? []).SelectMany(one => Named(name, one, variables));
            case GraphQLStringValue text when naming.Contains(name):
                return [$"{name}: {text.Value}"];
            case GraphQLIntValue number when naming.Contains(name):
                return [$"{name}: {number.Value}"];
            default:
                return [];
        }
    }

    static IEnumerable<string> Named(string name, object? value) => value switch
    {
        string text when naming.Contains(name) => [$"{name}: {text}"],
        long or int when naming.Contains(name) => [string.Create(CultureInfo.InvariantCulture, $"{name}: {value}")],
        IDictionary<string, object?> fields => fields.SelectMany(field => Named(field.Key, field.Value)),
        IEnumerable<object?> list => list.SelectMany(one => Named(name, one)),
        _ => [],
    };
}
