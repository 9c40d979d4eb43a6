using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Access;

/// <summary>Whom an event concerns.</summary>
/// <param name="Codes">Parties and places it names: sources, destinations, read point, business location; each once.</param>
/// <param name="IsOfCase">Whether it is an entry of a recall's file, which is for those who may read the file.</param>
public sealed record EventParties(IReadOnlyList<string> Codes, bool IsOfCase)
{
    /// <summary>Reads them out of an event.</summary>
    public static EventParties Of(EpcisEvent e) => new(
        [.. new[] { e.ReadPoint, e.BizLocation }.Concat(e.Sources.Select(end => end.Code)).Concat(e.Destinations.Select(end => end.Code)).OfType<string>().Distinct(StringComparer.Ordinal)], e.Case is not null);

    /// <summary>Whether a caller sees the whole event, as against what anybody may know of it.</summary>
    /// <param name="reach">How far the caller's right to read custody goes.</param>
    /// <param name="own">What is registered to the caller's enterprise; null for others.</param>
    /// <param name="territory">The caller's district; null for others.</param>
    /// <param name="districtOf">The district that master data gives a code.</param>
    public bool Sees(Reach reach, Registration? own, string? territory, Func<string, string?> districtOf) => reach switch
    {
        Reach.All => true,
        Reach.District => !IsOfCase && territory is not null && Codes.Any(code => Territory.Contains(territory, districtOf(code))),
        Reach.Own => !IsOfCase && own is not null && Codes.Any(own.Owns),
        _ => false,
    };
}
