using TraceGrains.Demo;

namespace TraceGrains.Silo.Links;

/// <summary>What the public may know of a party, place or product: its name, and where it is at the level of a district.</summary>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
/// <param name="DistrictZh">District or county, in Chinese; null for products, or where it is not known.</param>
/// <param name="DistrictEn">The same in English.</param>
sealed record PublicName(string Zh, string En, string? DistrictZh = null, string? DistrictEn = null)
{
    public string In(bool chinese) => chinese ? Zh : En;

    public string? DistrictIn(bool chinese) => chinese ? DistrictZh : DistrictEn;
}

/// <summary>Names of codes, as far as they are public.</summary>
interface IPublicDirectory
{
    /// <summary>The name of a canonical code; null when there is none.</summary>
    ValueTask<PublicName?> Find(string code);
}

/// <summary>The names of the demonstration, where it is loaded; nothing otherwise: pages then show codes.</summary>
sealed class DemoDirectory(bool isLoaded) : IPublicDirectory
{
    readonly Lazy<Dictionary<string, PublicName>> names = new(() => isLoaded ? Read(DemoChain.Cast()) : []);

    public ValueTask<PublicName?> Find(string code) => ValueTask.FromResult(names.Value.GetValueOrDefault(code));

    static Dictionary<string, PublicName> Read(DemoCast cast)
    {
        var read = new Dictionary<string, PublicName>(StringComparer.Ordinal);
        foreach (var product in cast.Products) read[product.Code] = new(product.Zh, product.En);
        foreach (var party in cast.Parties) read[party.Code] = new(party.Zh, party.En, party.District.Zh, party.District.En);
        var parties = cast.Parties.ToDictionary(party => party.Code);
        // A place shows as its enterprise: which hall of it is nobody's business.
        foreach (var place in cast.Places)
            if (parties.TryGetValue(place.Party, out var owner)) read[place.Code] = new(owner.Zh, owner.En, place.District.Zh, place.District.En);
        return read;
    }
}
