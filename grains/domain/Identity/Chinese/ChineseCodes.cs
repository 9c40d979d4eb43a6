using System.Diagnostics.CodeAnalysis;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>All Chinese schemes, and the URNs that make their codes identities.</summary>
public static class ChineseCodes
{
    /// <summary>How every such URN begins.</summary>
    public const string Start = "urn:tracegrains:cn:";

    /// <summary>Between a product and a lot of it: <c>urn:tracegrains:cn:drug:8123456:lot:A1</c>.</summary>
    public const string LotWord = ":lot:";

    internal const string UrnSource = "TraceGrains, glossary: URNs of Chinese codes";

    /// <summary>Those that leave less room for chance come first, which only matters where two rank alike.</summary>
    static readonly ChineseScheme[] Schemes =
    [
        new SocialCreditCode(), new EquipmentRegistrationCode(), new VeterinaryDrugCode(), new EquipmentCode(), new DetonatorCode(), new PesticideCode(), new CylinderCode(), new DrugCode(), new SeedCode(),
    ];

    static readonly Dictionary<string, ChineseScheme>.AlternateLookup<ReadOnlySpan<char>> ByWord =
        Schemes.ToDictionary(scheme => scheme.Word, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every scheme whose shape a bare text has, right or wrong.</summary>
    internal static IEnumerable<CodeCandidate> Read(string text) => Schemes.Select(scheme => scheme.Read(text)).OfType<CodeCandidate>();

    /// <summary>What a URN under <see cref="Start"/> names. One that claims to be such a code must be right.</summary>
    internal static bool TryIdentify(string urn, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error)
    {
        identified = null;
        var rest = urn.AsSpan(Start.Length);
        var colon = rest.IndexOf(':');
        if (colon < 1 || !ByWord.TryGetValue(rest[..colon], out var scheme))
            error = $"{LinkPath.Shorten(urn)}: expected {Start} and then {string.Join(", ", Schemes.Select(known => known.Word))}, a colon and a code";
        else if (scheme.TryName(rest[(colon + 1)..].ToString(), out identified, out error))
            return true;
        else
            error = $"{LinkPath.Shorten(urn)}: {error}";
        return false;
    }

    /// <summary>A canonical URN in words; null for any other code.</summary>
    public static CodeCandidate? Describe(string code)
    {
        if (!code.StartsWith(Start, StringComparison.Ordinal) || !TryIdentify(code, out var identified, out _))
            return null;
        var rest = code.AsSpan(Start.Length);
        var colon = rest.IndexOf(':');
        ByWord.TryGetValue(rest[..colon], out var scheme);
        return scheme!.Describe(identified, rest[(colon + 1)..].ToString());
    }

    /// <summary>The product that a unit's code names (<c>urn:tracegrains:cn:drug:{7 digits}</c>); null where it names none.</summary>
    public static string? ProductOf(string unit)
    {
        if (!unit.StartsWith(Start, StringComparison.Ordinal))
            return null;
        var rest = unit.AsSpan(Start.Length);
        var colon = rest.IndexOf(':');
        return colon > 0 && ByWord.TryGetValue(rest[..colon], out var scheme) && scheme.ProductLength > 0 && scheme.HasShape(rest[(colon + 1)..].ToString())
            ? unit[..(Start.Length + colon + 1 + scheme.ProductLength)]
            : null;
    }

    /// <summary>
    /// Codes at the end of a web address, as labels print them: a run of digits that fills a path segment or a query value. Only schemes whose rules can fail
    /// are looked for: twenty digits in an address may be anything, so a drug code there is offered behind the address itself.
    /// </summary>
    internal static IEnumerable<CodeCandidate> InAddress(string address) => address
        .Split(['/', '?', '&', '=', '#', ':', ','], StringSplitOptions.RemoveEmptyEntries)
        .Where(segment => segment.Length is 20 or 24 or 32 && segment.All(char.IsAsciiDigit))
        .TakeLast(4)
        .SelectMany(Read)
        .Where(candidate => candidate.IsValid)
        .Select(candidate => candidate with
        {
            OneIn = candidate.OneIn == 1 ? 1 : candidate.OneIn * AddressWeight,
            Why = $"stands in the address; {candidate.Why}",
        });

    /// <summary>That a maker puts his own number of exactly this length into an address is seldom.</summary>
    const int AddressWeight = 10;
}
