using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Domain.Tests.Lineage;

namespace TraceGrains.Domain.Tests.Recalls;

/// <summary>What a scope names, worked out from the events in the plainest way. Null where a code or event is unknown and the scope therefore refused.</summary>
sealed class ScopeModel
{
    readonly Reference reference;
    readonly Dictionary<string, CanonicalEvent> byId = [];
    readonly HashSet<string> mentioned;

    public ScopeModel(CanonicalEvent[] events)
    {
        reference = new(events);
        foreach (var canonical in events.Where(canonical => canonical.Event.ErrorDeclaration is null)) byId.TryAdd(canonical.Id, canonical);
        mentioned = [.. events.SelectMany(canonical => EventFacts.Of(canonical).Mentions).Where(mention => (mention.Roles & Roles.Chained) != 0).Select(mention => mention.Code)];
    }

    public HashSet<string>? Of(ScopeQuery scope) => scope switch
    {
        ScopeQuery.Batch s => Known(s.Code, () => [s.Code]),
        ScopeQuery.Unit s => Known(s.Code, () => [s.Code]),
        ScopeQuery.Product s => mentioned.Where(code => code == s.Code || code.StartsWith(s.Code + "/", StringComparison.Ordinal)).ToHashSet() is { Count: > 0 } found ? found : null,
        ScopeQuery.Serials s => [.. mentioned.Where(s.Range.Contains)],
        ScopeQuery.Touched s => Known(s.By, () => Touched(s)),
        ScopeQuery.MadeFrom s => Known(s.Code, () => [.. reference.Trace(s.Code, true, EdgeKind.Derivation).Keys]),
        ScopeQuery.MadeWith s => Known(s.Code, () => MadeWith(s.Code)),
        ScopeQuery.OfEvent s => byId.TryGetValue(s.EventId, out var e) && Things(e.Event) is { Count: > 0 } things ? things : null,
        ScopeQuery.AnyOf s => Combine(s.Scopes, (all, part) => all.UnionWith(part)),
        ScopeQuery.AllOf s => Combine(s.Scopes, (all, part) => all.IntersectWith(part)),
        ScopeQuery.Except s => Combine([s.Of, s.Without], (all, part) => all.ExceptWith(part)),
        _ => throw new ArgumentException(scope.ToString()),
    };

    public HashSet<string> Recalled(IEnumerable<string> scope) => reference.Recalled(scope);

    HashSet<string>? Known(string code, Func<HashSet<string>> things) => mentioned.Contains(code) ? things() : null;

    HashSet<string>? Combine(IReadOnlyList<ScopeQuery> parts, Action<HashSet<string>, HashSet<string>> combine)
    {
        var sets = parts.Select(Of).ToList();
        if (sets.Contains(null)) return null;
        foreach (var part in sets.Skip(1)) combine(sets[0]!, part!);
        return sets[0];
    }

    static HashSet<string> Things(EpcisEvent e) =>
        [.. new[] { e.ParentId }.OfType<string>(), .. e.Epcs, .. e.InputEpcs, .. e.OutputEpcs, .. e.Quantities.Concat(e.InputQuantities).Concat(e.OutputQuantities).Select(amount => amount.Code)];

    HashSet<string> Touched(ScopeQuery.Touched scope) =>
        [.. reference.Live.Where(c => c.Event.EventTime >= scope.From && c.Event.EventTime < scope.Until && EventFacts.Of(c).Mentions.Any(mention => mention.Code == scope.By))
            .SelectMany(c => Things(c.Event)).Where(thing => thing != scope.By)];

    HashSet<string> MadeWith(string code)
    {
        var inputs = reference.Live.Where(c => c.Event.Type == EventType.TransformationEvent).GroupBy(c => c.Event.TransformationId ?? c.Id)
            .Select(process => process.SelectMany(c => c.Event.InputEpcs.Concat(c.Event.InputQuantities.Select(amount => amount.Code))).ToHashSet())
            .Where(inputs => inputs.Contains(code)).SelectMany(inputs => inputs).Append(code).ToHashSet();
        var first = inputs.SelectMany(reference.Became).ToHashSet();
        return [.. first, .. first.SelectMany(thing => reference.Trace(thing, true, EdgeKind.Derivation).Keys)];
    }
}
