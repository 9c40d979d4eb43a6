using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>Which things an event brought into being: those of an object event that adds, and what a transformation put out, with the lots they belong to.</summary>
public static class Origin
{
    /// <summary>Their codes; none for any other event.</summary>
    public static IEnumerable<string> CreatedBy(CanonicalEvent canonical)
    {
        var e = canonical.Event;
        if (e.Type == EventType.ObjectEvent ? e.Action != EventAction.Add : e.Type != EventType.TransformationEvent) return [];
        var inputs = e.InputEpcs.Concat(e.InputQuantities.Select(amount => amount.Code)).ToHashSet(StringComparer.Ordinal);
        inputs.ExceptWith(e.OutputEpcs.Concat(e.OutputQuantities.Select(amount => amount.Code)));
        return EventFacts.Of(canonical).Mentions.Where(mention => (mention.Roles & (Roles.Instance | Roles.Class)) != 0 && !inputs.Contains(mention.Code)).Select(mention => mention.Code);
    }
}
