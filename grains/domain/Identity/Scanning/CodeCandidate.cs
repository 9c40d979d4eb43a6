namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>One reading of a scanned text: as a code of one scheme, right or wrong.</summary>
public sealed record CodeCandidate
{
    /// <summary>The scheme, a stable word such as <c>gs1:gtin-13</c>, <c>cn:drug</c> or <c>uri</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>What people call the scheme, in English and, for Chinese schemes, in Chinese.</summary>
    public required string Title { get; init; }

    /// <summary>What sort of thing such a code names.</summary>
    public required CodeKind Kind { get; init; }

    /// <summary>The canonical identity, which <see cref="Identifier"/> takes and gives back unchanged; null where the reading has a problem.</summary>
    public string? Code { get; init; }

    /// <summary>For an item whose spelling also carried its lot: the canonical code of that lot.</summary>
    public string? LotCode { get; init; }

    /// <summary>What the code is made of, in the order in which it is written.</summary>
    public IReadOnlyList<CodePart> Parts { get; init; } = [];

    /// <summary>How strongly the text speaks for this scheme: of so many random texts of its length about one would pass the scheme's rules. 1 says nothing; <see cref="Declared"/> where the text names its scheme.</summary>
    public required int OneIn { get; init; }

    /// <summary>How many times commoner the scheme is than others of its length, where people scan: a judgement, kept apart from <see cref="OneIn"/>, which is arithmetic.</summary>
    internal int Commonness { get; init; } = 1;

    internal long Rank => (long)OneIn * Commonness;

    /// <summary>Why it has the rank it has.</summary>
    public required string Why { get; init; }

    /// <summary>Where the rules were read: standard and clause, or the page.</summary>
    public required string Source { get; init; }

    /// <summary>What could not be verified at the source, and is therefore not enforced; null where nothing is open.</summary>
    public string? Unverified { get; init; }

    /// <summary>What is wrong; null for a right code.</summary>
    public CodeProblem? Problem { get; init; }

    /// <summary>Whether the text is a right code of the scheme, as far as its rules are known.</summary>
    public bool IsValid => Problem is null;

    /// <summary>The <see cref="OneIn"/> of a text that says itself what it is: a URI, an element string, a text with labels.</summary>
    public const int Declared = int.MaxValue;
}
