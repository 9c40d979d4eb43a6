using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Domain.Access;

/// <summary>Which recalls an enterprise may run itself: those of its own products, and of what went through its own hands.</summary>
public static class ScopeOwnership
{
    /// <summary>The first code of a scope that is not the enterprise's own; null where all are. An exclusion only makes a scope smaller, so what it excludes may be anybody's.</summary>
    public static string? Foreign(ScopeQuery scope, Registration own) => scope switch
    {
        ScopeQuery.Batch of => NotOwn(of.Code, own),
        ScopeQuery.Product of => NotOwn(of.Code, own),
        ScopeQuery.Serials of => NotOwn(of.Range.Product, own),
        ScopeQuery.Unit of => NotOwn(of.Code, own),
        ScopeQuery.Touched of => NotOwn(of.By, own),
        ScopeQuery.MadeFrom of => NotOwn(of.Code, own),
        ScopeQuery.MadeWith of => NotOwn(of.Code, own),
        ScopeQuery.AnyOf of => of.Scopes.Select(one => Foreign(one, own)).FirstOrDefault(code => code is not null),
        // One own part keeps an intersection within what is own.
        ScopeQuery.AllOf of => of.Scopes.Any(one => Foreign(one, own) is null) ? null : of.Scopes.Select(one => Foreign(one, own)).FirstOrDefault(),
        ScopeQuery.Except of => Foreign(of.Of, own),
        ScopeQuery.OfEvent of => of.EventId,
        _ => scope.ToString(),
    };

    static string? NotOwn(string code, Registration own) => own.Owns(code) ? null : code;
}
