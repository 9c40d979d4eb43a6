using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Access;

/// <summary>What the authority of a district may act upon: looks up what <see cref="Jurisdiction"/> decides by.</summary>
/// <param name="grains">Where to look.</param>
/// <param name="territory">The district, a code of GB/T 2260.</param>
public sealed class DistrictAuthority(IGrainFactory grains, string territory)
{
    /// <summary>The district.</summary>
    public string Territory => territory;

    /// <summary>The authority for which somebody acts where a right goes as far as a district; null for others.</summary>
    public static DistrictAuthority? Of(IGrainFactory grains, Caller caller, Right right) => caller is { District: { } district } && caller.Reach(right) == Reach.District ? new(grains, district) : null;

    /// <summary><see cref="Jurisdiction.OverCase"/>.</summary>
    public async Task<bool> Runs(CaseView of) => Jurisdiction.OverCase(territory, await OriginOf(of));

    /// <summary><see cref="Jurisdiction.OverParty"/>.</summary>
    /// <param name="of">The case.</param>
    /// <param name="party">Canonical code of a party in it.</param>
    public async Task<bool> LooksAfter(CaseView of, string party) => Jurisdiction.OverParty(territory, (await Districts([party]))[0], await OriginOf(of));

    /// <summary><see cref="Jurisdiction.MaySpeakFor"/> of a canonical code.</summary>
    public async Task<bool> MaySpeakFor(string party) => Jurisdiction.MaySpeakFor(territory, (await Districts([party]))[0]);

    /// <summary>The first of some canonical codes that it may not hold (<see cref="Jurisdiction.MayHold"/>); null where it may hold all.</summary>
    public async Task<string?> NotToHold(string[] codes) => codes.Zip(await DistrictsOf(codes)).Where(thing => !Jurisdiction.MayHold(territory, thing.Second)).Select(thing => thing.First).FirstOrDefault();

    /// <summary><see cref="Jurisdiction.MayRelease"/>.</summary>
    public async Task<bool> MayRelease(HoldView hold) => Jurisdiction.MayRelease(territory, hold.District, await DistrictsOf(hold.Codes));

    async Task<CaseOrigin> OriginOf(CaseView of) => new(of.District, of.OpenedBy is { } opener ? (await Districts([opener]))[0] : null);

    async Task<string?[][]> DistrictsOf(string[] things)
    {
        var keepers = await grains.GetGrain<ILineageGrain>(0).Keepers(things);
        string[] all = [.. keepers.SelectMany(found => found).Distinct(StringComparer.Ordinal)];
        var districts = all.Zip(await Districts(all)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return [.. keepers.Select(found => found.Select(keeper => districts[keeper]).ToArray())];
    }

    Task<string?[]> Districts(string[] codes) => grains.GetGrain<IMasterDataGrain>(0).Districts(codes, long.MaxValue);
}
