using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Access;

/// <summary>
/// For what an enterprise may report: what happens at its own places or with itself as a party, and things that are new only under keys registered to it. Observations of others' goods at its own
/// places are its to report.
/// </summary>
public static class CaptureAuthority
{
    /// <summary>Why an event is not the enterprise's to report; null where it is.</summary>
    public static AuthorityProblem? Problem(EpcisEvent e, Registration own)
    {
        if (e.Case is not null || e.Recall is not null) return new("type", "an event of an enterprise; recalls and their files are written by the system", null);
        var place = e.BizLocation ?? e.ReadPoint;
        if (e.ReadPoint is { } point && e.BizLocation is null && !own.Owns(point)) return NotYours("readPoint", point);
        if (place is not null)
        {
            // Goods that arrive or leave are seen at one's own place, whoever's they are; a place of somebody else is theirs to report of.
            if (!own.Owns(place) && (e.ReadPoint is null || !own.Owns(e.ReadPoint))) return NotYours(e.BizLocation is null ? "readPoint" : "bizLocation", place);
        }
        else if (!e.Sources.Concat(e.Destinations).Any(end => own.Owns(end.Code)))
            return new("bizLocation", "a place of your enterprise, or your enterprise among the sources or destinations", null);
        foreach (var (field, code) in Made(e))
            if (!own.Owns(code)) return new(field, $"codes under a key registered to {own.Party} for things that come into being", code);
        return null;
    }

    /// <summary>What comes into being here: things commissioned, outputs of a transformation.</summary>
    static IEnumerable<(string Field, string Code)> Made(EpcisEvent e)
    {
        if (e.Type == EventType.TransformationEvent)
        {
            foreach (var code in e.OutputEpcs) yield return ("outputEPCList", code);
            foreach (var amount in e.OutputQuantities) yield return ("outputQuantityList", amount.Code);
        }
        else if (e.Type == EventType.ObjectEvent && e.Action == EventAction.Add && e.ErrorDeclaration is null)
        {
            foreach (var code in e.Epcs) yield return ("epcList", code);
            foreach (var amount in e.Quantities) yield return ("quantityList", amount.Code);
        }
    }

    static AuthorityProblem NotYours(string field, string found) => new(field, "a place registered to your enterprise, or one under its keys", found);
}

/// <summary>Why an event is not somebody's to report.</summary>
/// <param name="Field">The field at fault.</param>
/// <param name="Expected">What belongs there.</param>
/// <param name="Found">What was there; null where nothing was.</param>
public sealed record AuthorityProblem(string Field, string Expected, string? Found);
