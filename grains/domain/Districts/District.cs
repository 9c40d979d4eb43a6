using System.Collections.Frozen;
using TraceGrains.Domain.Identity.Chinese;

namespace TraceGrains.Domain.Districts;

/// <summary>A county-level division of China, by its code of GB/T 2260: two digits each for province, prefecture, county.</summary>
/// <param name="Code">Six digits.</param>
/// <param name="Province">Name of the province, municipality or region.</param>
/// <param name="Name">Name of the district or county; null outside Chongqing, of whose districts alone there is a list here.</param>
/// <param name="English">The same for readers of English; null where <paramref name="Name"/> is.</param>
public sealed record District(string Code, string Province, string? Name, string? English)
{
    /// <summary>The attribute by which master data says in which district a location or party is.</summary>
    public const string AttributeId = "urn:tracegrains:voc:district";

    /// <summary>What <see cref="Find"/> takes.</summary>
    public const string Expected = "a county-level division code of GB/T 2260, six digits, such as 500102";

    const string Chongqing = "50";

    static readonly FrozenDictionary<string, (string Name, string English)> names = Read();

    /// <summary>The district of a code; null for what is no such code, or none of a district in Chongqing.</summary>
    public static District? Find(string code)
    {
        if (code.Length != 6 || !code.All(char.IsAsciiDigit) || code.EndsWith("00", StringComparison.Ordinal)) return null;
        if (Divisions.NameOf(code) is not { } province || code.StartsWith(Divisions.National, StringComparison.Ordinal)) return null;
        if (names.TryGetValue(code, out var known)) return new(code, province, known.Name, known.English);
        return code.StartsWith(Chongqing, StringComparison.Ordinal) ? null : new(code, province, null, null);
    }

    static FrozenDictionary<string, (string Name, string English)> Read()
    {
        using var lines = new StreamReader(typeof(District).Assembly.GetManifestResourceStream("chongqing-districts.csv")!);
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(',')).ToFrozenDictionary(fields => fields[0], fields => (fields[1], fields[4]));
    }
}
