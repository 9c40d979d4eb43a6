using System.Globalization;
using GraphQL;
using GraphQLParser.AST;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;

namespace TraceGrains.GraphQL.Access;

/// <summary>Says of an operation what it was about: its root fields, and of their arguments those that name something. What people wrote into the others is nobody's business here.</summary>
static class OperationText
{
    /// <summary>Arguments, and fields of their objects, whose values are codes and ids. A test sees to it that every text of the schema is here or in <see cref="Content"/>.</summary>
    internal static readonly IReadOnlySet<string> Naming = new HashSet<string>
    {
        "actId", "batch", "case", "code", "codes", "district", "event", "eventId", "from", "holder", "id", "ids", "keys", "location", "lot", "madeFrom", "madeWith", "openedBy", "party", "place", "product", "products", "regime", "regimes",
        "sequence", "step", "subject", "to", "unit",
    };

    /// <summary>What people write, and what says nothing of what an operation was about.</summary>
    internal static readonly IReadOnlySet<string> Content = new HashSet<string>
    {
        "action", "after", "answer", "by", "commitment", "disposition", "entryHash", "evidence", "hazard", "instructions", "lessons", "mediaType", "name", "note", "producedFrom", "producedUntil", "question",
        "reason", "report", "seed", "sha256", "source", "statement", "strategy", "text", "title", "unanswered", "uom", "vocabulary", "where", "witness",
    };

    /// <summary>What an operation asks.</summary>
    /// <param name="document">The document it stands in, for its fragments.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="variables">Values of its variables.</param>
    /// <param name="usedGrants">Ids of the grants without which the caller would have been told less.</param>
    public static OperationNote Of(GraphQLDocument? document, GraphQLOperationDefinition operation, Inputs? variables, IEnumerable<string> usedGrants)
    {
        var arguments = new Arguments(operation, variables);
        var fields = RootFields(document, operation.SelectionSet, [])
            .SelectMany(field => AuditText.Field(field.Name.StringValue, (field.Arguments?.Items ?? []).SelectMany(argument => arguments.Named(argument.Name.StringValue, argument.Value))));
        var kind = operation.Operation switch { OperationType.Mutation => "mutation", OperationType.Subscription => "subscription", _ => "query" };
        return new(kind, operation.Name?.StringValue ?? "", AuditText.Targets(fields.Concat(usedGrants.Select(grant => $"by grant {grant}"))));
    }

    /// <summary>Fields of the root, wherever they are written: in fragments too, each of which is looked at once.</summary>
    static IEnumerable<GraphQLField> RootFields(GraphQLDocument? document, GraphQLSelectionSet selections, HashSet<string> seen)
    {
        foreach (var selection in selections.Selections)
            foreach (var field in selection switch
            {
                GraphQLField one => [one],
                GraphQLInlineFragment inline => RootFields(document, inline.SelectionSet, seen),
                GraphQLFragmentSpread spread when seen.Add(spread.FragmentName.Name.StringValue)
                    && document?.Definitions.OfType<GraphQLFragmentDefinition>().FirstOrDefault(fragment => fragment.FragmentName.Name == spread.FragmentName.Name) is { } fragment
                    => RootFields(document, fragment.SelectionSet, seen),
                _ => [],
            })
                yield return field;
    }

    /// <summary>Values of arguments, as literals or as variables.</summary>
    readonly record struct Arguments(GraphQLOperationDefinition Operation, Inputs? Variables)
    {
        public IEnumerable<string> Named(string name, GraphQLValue? value)
        {
            var self = this;
            switch (value)
            {
                case GraphQLVariable variable:
                    var called = variable.Name.StringValue;
                    return Variables is not null && Variables.TryGetValue(called, out var given)
                        ? Given(name, given)
                        : Named(name, Operation.Variables?.Items.FirstOrDefault(one => one.Variable.Name.StringValue == called)?.DefaultValue);
                case GraphQLObjectValue fields:
                    return (fields.Fields ?? []).SelectMany(field => self.Named(field.Name.StringValue, field.Value));
                case GraphQLListValue list:
                    return (list.Values ?? []).SelectMany(one => self.Named(name, one));
                case GraphQLStringValue text:
                    return Text(name, (string)text.Value);
                case GraphQLIntValue number:
                    return Text(name, (string)number.Value);
                default:
                    return [];
            }
        }

        static IEnumerable<string> Given(string name, object? value) => value switch
        {
            string text => Text(name, text),
            IDictionary<string, object?> fields => fields.SelectMany(field => Given(field.Key, field.Value)),
            IEnumerable<object?> list => list.SelectMany(one => Given(name, one)),
            int or long or System.Numerics.BigInteger => Text(name, ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
            _ => [],
        };

        /// <summary>A role is named where it is one of ours, as of a key that is made; what people call themselves is not.</summary>
        static IEnumerable<string> Text(string name, string value) => Naming.Contains(name) || (name == "role" && RoleNames.Find(value) is not null) ? [AuditText.Named(name, value)] : [];
    }
}
