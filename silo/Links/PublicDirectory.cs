using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Districts;

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

/// <summary>
/// Names from captured master data: of products their regulated, functional or short description, of parties and places their name (CBV 2.0, 9.2), with the district. Names in several languages are several
/// attributes, each with a JSON-LD value that says its language: <c>{"@value": "Wuyou Zhacai Works", "@language": "en"}</c>.
/// </summary>
sealed class PublicDirectory(IGrainFactory grains) : IPublicDirectory, IDisposable
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
        var name = await Read(code);
        cache.Set(code, name, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = kept });
        return name;
    }

    async Task<PublicName?> Read(string code)
    {
        var names = new List<(int Rank, string Language, string Text)>();
        District? district = null;
        foreach (var record in await grains.GetGrain<IMasterDataGrain>(0).Of(code, null))
            foreach (var (id, value) in record.AttributeIds.Zip(record.AttributeValues))
            {
                if (id == District.AttributeId) district ??= District.Find(value);
                var rank = Array.IndexOf(nameAttributes, id[(id.LastIndexOfAny([':', '/', '#']) + 1)..]);
                if (rank >= 0 && TextOf(value) is var (text, language)) names.Add((rank, language, text));
            }
        if (names.Count == 0) return null;
        return new(In("zh"), In("en"), district?.Name ?? district?.Province, district?.English ?? district?.Province);

        // A name in the reader's language before one that names no language, and that before one in another.
        string In(string language) => names.OrderBy(name => name.Language == language ? 0 : name.Language.Length == 0 ? 1 : 2).ThenBy(name => name.Rank).First().Text;
    }

    /// <summary>A text and the primary part of its language tag, empty where it names none; null where the value is no text.</summary>
    static (string Text, string Language)? TextOf(string value)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        // Master data keeps structured values as their JSON.
        if (value[0] != '{') return (value, "");
        try
        {
            using var json = JsonDocument.Parse(value);
            if (!json.RootElement.TryGetProperty("@value", out var text) || text.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(text.GetString())) return null;
            var language = json.RootElement.TryGetProperty("@language", out var tag) && tag.ValueKind == JsonValueKind.String ? tag.GetString()! : "";
            return (text.GetString()!, language.Split('-')[0].ToLowerInvariant());
        }
        catch (JsonException)
        {
            // A text that happens to begin with a brace.
            return (value, "");
        }
    }

    public void Dispose() => cache.Dispose();
}
