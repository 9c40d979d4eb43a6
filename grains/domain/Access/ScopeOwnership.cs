using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Domain.Access;

/// <summary>Which recalls an enterprise may run itself, and which dry runs it may ask for: those of its own products, and of what went through its own hands.</summary>
public static class ScopeOwnership
{
    /// <summary>
    /// The first part of a recall's scope that reaches beyond what is the enterprise's own; null where none does. An exclusion only makes a scope smaller, so what it excludes may be anybody's, and one own part keeps an intersection
    /// within what is own.
    /// </summary>
    /// <param name="scope">The scope.</param>
    /// <param name="own">What is registered to the enterprise.</param>
    /// <param name="field">What the whole is called.</param>
    public static ForeignPart? Foreign(ScopeQuery scope, Registration own, string field) => Find(scope, own, field, everywhere: false);

    /// <summary>
    /// The first part of a scope that names something which is not the enterprise's own, wherever it stands; null where all is own. For questions: an intersection with what is somebody else's, counted, would tell of theirs.
    /// </summary>
    /// <param name="scope">The scope.</param>
    /// <param name="own">What is registered to the enterprise.</param>
    /// <param name="field">What the whole is called.</param>
    public static ForeignPart? ForeignAnywhere(ScopeQuery scope, Registration own, string field) => Find(scope, own, field, everywhere: true);

    static ForeignPart? Find(ScopeQuery scope, Registration own, string field, bool everywhere)
    {
        ForeignPart? Leaf(string name, string code) => own.Owns(code) ? null : new($"{field}.{name}", code);
        ForeignPart? First(IReadOnlyList<ScopeQuery> parts, string name) => parts.Select((part, i) => Find(part, own, $"{field}.{name}[{i}]", everywhere)).FirstOrDefault(found => found is not null);
        return scope switch
        {
            ScopeQuery.Batch of => Leaf("batch", of.Code),
            ScopeQuery.Product of => Leaf("product.code", of.Code),
            ScopeQuery.Serials of => Leaf("serials.product", of.Range.Product),
            ScopeQuery.Unit of => Leaf("unit", of.Code),
            ScopeQuery.Touched of => Leaf("touchedBy.code", of.By),
            ScopeQuery.MadeFrom of => Leaf("madeFrom", of.Code),
            ScopeQuery.MadeWith of => Leaf("madeWith", of.Code),
            ScopeQuery.AnyOf of => First(of.Scopes, "anyOf"),
            ScopeQuery.AllOf of => !everywhere && of.Scopes.Any(part => Find(part, own, field, everywhere) is null) ? null : First(of.Scopes, "allOf"),
            ScopeQuery.Except of => Find(of.Of, own, $"{field}.except.of", everywhere) ?? (everywhere ? Find(of.Without, own, $"{field}.except.without", everywhere) : null),
            // What an event of others named is theirs; whose event it is, its id does not say.
            ScopeQuery.OfEvent of => new($"{field}.event", of.EventId),
            _ => new(field, scope.ToString()),
        };
    }
}

/// <summary>A part of a scope that is not an enterprise's own.</summary>
/// <param name="Field">Its path, such as <c>scope.anyOf[1].batch</c>.</param>
/// <param name="Found">What stands there.</param>
public sealed record ForeignPart(string Field, string Found);
