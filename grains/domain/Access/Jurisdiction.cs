namespace TraceGrains.Domain.Access;

/// <summary>Where a recall case comes from, as far as it decides which district's authority runs it.</summary>
/// <param name="Authority">The district whose authority opened it or issued it on the spot; null where no district's did.</param>
/// <param name="Opener">The district in which the enterprise or authority lies that opened it; null where master data tells none, or it was not said who.</param>
public readonly record struct CaseOrigin(string? Authority, string? Opener);

/// <summary>
/// Where the authority of a district acts. It supervises who lies in the district: it runs the cases that come from there, looks after the parties that lie there whoever runs the case, and holds what is there. The city's authorities, who
/// coordinate, act everywhere and are not asked about here. Territories and districts are codes of GB/T 2260 (<see cref="Territory"/>).
/// </summary>
public static class Jurisdiction
{
    /// <summary>Whether it acts upon a case as a whole: its scope, class, phases, reports, signatures, draws.</summary>
    public static bool OverCase(string territory, CaseOrigin origin) => Territory.Contains(territory, origin.Authority) || Territory.Contains(territory, origin.Opener);

    /// <summary>Whether it acts about one party of a case: checks it, answers for it, makes its link. Whoever runs the case looks after parties of which nobody knows where they lie.</summary>
    public static bool OverParty(string territory, string? district, CaseOrigin origin) => district is null ? OverCase(territory, origin) : Territory.Contains(territory, district);

    /// <summary>Whether it may act in the name of a party: not of one that lies elsewhere.</summary>
    public static bool MaySpeakFor(string territory, string? district) => district is null || Territory.Contains(territory, district);

    /// <summary>Whether it may hold a thing: some of it is in the district.</summary>
    /// <param name="territory">Its territory.</param>
    /// <param name="districts">Of a thing, the districts of those who have it and of where it is; of a lot, of everybody who has some. Null for one of which master data tells none.</param>
    public static bool MayHold(string territory, IReadOnlyCollection<string?> districts) => districts.Any(district => Territory.Contains(territory, district));

    /// <summary>Whether it may release a hold: one that it placed, or one on things that are in the district and are not known to be anywhere else. To stop goods takes some of them, to let them go all.</summary>
    /// <param name="territory">Its territory.</param>
    /// <param name="placedBy">The district whose authority placed the hold; null where no district's did.</param>
    /// <param name="things">Of each thing, districts as for <see cref="MayHold"/>.</param>
    public static bool MayRelease(string territory, string? placedBy, IEnumerable<IReadOnlyCollection<string?>> things) =>
        Territory.Contains(territory, placedBy) || things.All(districts => MayHold(territory, districts) && districts.All(district => MaySpeakFor(territory, district)));
}
