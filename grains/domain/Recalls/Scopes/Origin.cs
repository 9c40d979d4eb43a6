using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>Which things an event brought into being: those of an object event that adds, and what a transformation put out, with the lots they belong to.</summary>
public static class Origin
{
    /// <summary>Their codes; none for any other event.</summary>
    public static IReadOnlyCollection<string> CreatedBy(CanonicalEvent canonical)
    {
        var e = canonical.Event;
        var (units, amounts) = e switch
        {
            { Type: EventType.ObjectEvent, Action: EventAction.Add } => (e.Epcs, e.Quantities),
            { Type: EventType.TransformationEvent } => (e.OutputEpcs, e.OutputQuantities),
            _ => ([], []),
        };
        var created = units.Concat(amounts.Select(amount => amount.Code)).ToHashSet(StringComparer.Ordinal);
        if (created.Count == 0) return created;
        var facts = EventFacts.Of(canonical);
        string Code(int mention) => facts.Mentions[mention - 1].Code;
        created.UnionWith(facts.Facts.OfType<Fact.Tie>().Where(tie => tie is { Kind: EdgeKind.MemberOf, Forward: true } && created.Contains(Code(tie.Other))).Select(tie => Code(tie.Node)).ToList());
        return created;
    }
}
