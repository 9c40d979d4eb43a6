using Microsoft.Extensions.Caching.Memory;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Districts;

namespace TraceGrains.Silo.Links;

/// <summary>
/// Names from captured master data: of products their regulated, functional or short description, of parties and places their name (CBV 2.0, 9.2), with the district. What master data does not say, the
/// directory behind it may.
/// </summary>
sealed class MasterDirectory(IGrainFactory grains, IPublicDirectory behind) : IPublicDirectory, IDisposable
{
    /// <summary>A page asks for one name many times; master data changes seldom, and may show a little late.</summary>
    static readonly TimeSpan kept = TimeSpan.FromSeconds(5);

    const int NamesKept = 100_000;

    /// <summary>Attributes that are names, the better first, by the last part of their id: the same attribute is spelt as URN, as web URI and with a prefix.</summary>
    static readonly string[] nameAttributes = ["regulatedProductName", "functionalName", "descriptionShort", "name"];

    readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = NamesKept });

    public async ValueTask<PublicName?> Find(string code)
    {
        if (cache.TryGetValue(code, out PublicName? known)) return known;
        var name = await Read(code) ?? await behind.Find(code);
        cache.Set(code, name, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = kept });
        return name;
    }

    async Task<PublicName?> Read(string code)
    {
        string? name = null, district = null;
        var best = nameAttributes.Length;
        foreach (var record in await grains.GetGrain<IMasterDataGrain>(0).Of(code, null))
            foreach (var (id, value) in record.AttributeIds.Zip(record.AttributeValues))
            {
                if (id == District.AttributeId) district ??= value;
                var rank = Array.IndexOf(nameAttributes, id[(id.LastIndexOfAny([':', '/', '#']) + 1)..]);
                if (rank >= 0 && rank < best && !string.IsNullOrWhiteSpace(value)) (name, best) = (value, rank);
            }
        if (name is null) return null;
        var known = district is null ? null : District.Find(district);
        var place = known?.Name ?? known?.Province;
        return new(name, name, place, place);
    }

    public void Dispose() => cache.Dispose();
}
