using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TraceGrains.Domain.Recalls.Effectiveness;

/// <summary>Who can be drawn.</summary>
/// <param name="Code">Canonical code of the party, or of its place where no party is known; no white space or control characters.</param>
/// <param name="Tier">Where it stands in the chain.</param>
public sealed record Consignee(string Code, RecallDepth Tier);

/// <summary>What was drawn of one tier.</summary>
/// <param name="Tier">Which.</param>
/// <param name="Listed">Consignees on the list.</param>
/// <param name="ListHash">SHA-256 of the list, so that nobody can be said to have been added or left out: codes in the order of their bytes, each followed by a line feed; lower-case hexadecimal digits.</param>
/// <param name="Drawn">Codes of those drawn, in the order of the draw: who stops in the middle has still drawn at random.</param>
public sealed record TierDraw(RecallDepth Tier, int Listed, string ListHash, string[] Drawn);

/// <summary>A draw of consignees for effectiveness checks, tier by tier, that anybody can do again: <c>EFFECTIVENESS.md</c> beside this file says how.</summary>
public sealed record EffectivenessDraw
{
    /// <summary>Consignees that may be on the list.</summary>
    public const int ConsigneesMax = 1_000_000;
    /// <summary>Characters of a code.</summary>
    public const int CodeMax = 2_000;

    /// <summary>What was asked for.</summary>
    public required EffectivenessPlan Plan { get; init; }
    /// <summary>The seed, made public with the draw.</summary>
    public required string Seed { get; init; }
    /// <summary>Its commitment, made public before.</summary>
    public required string Commitment { get; init; }
    /// <summary>The tiers that have consignees, from wholesale down.</summary>
    public required TierDraw[] Tiers { get; init; }

    /// <summary>Draws. False with the first problem.</summary>
    /// <param name="plan">How many.</param>
    /// <param name="commitment">What was made public before.</param>
    /// <param name="seed">The seed that it commits to.</param>
    /// <param name="consignees">The list, in any order.</param>
    /// <param name="draw">The draw.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryDraw(EffectivenessPlan plan, string commitment, string seed, IReadOnlyCollection<Consignee> consignees, [NotNullWhen(true)] out EffectivenessDraw? draw,
        [NotNullWhen(false)] out FieldProblem? problem)
    {
        draw = null;
        if ((problem = Problem(plan, commitment, seed, consignees)) is not null) return false;
        draw = new()
        {
            Plan = plan, Seed = seed, Commitment = commitment,
            Tiers = [.. consignees.GroupBy(consignee => consignee.Tier).OrderBy(tier => tier.Key).Select(tier => Draw(plan, seed, tier.Key, [.. tier.Select(consignee => consignee.Code)]))],
        };
        return true;
    }

    static TierDraw Draw(EffectivenessPlan plan, string seed, RecallDepth tier, string[] codes)
    {
        Array.Sort(codes, ByBytes);
        var ranked = codes.Select(code => (Rank: DrawSeed.Hash($"{seed}\n{code}"), Code: code)).OrderBy(ranked => ranked.Rank, StringComparer.Ordinal).ThenBy(ranked => ranked.Code, Comparer<string>.Create(ByBytes));
        return new(tier, codes.Length, DrawSeed.Hash(string.Concat(codes.Select(code => code + "\n"))), [.. ranked.Take(plan.SampleSize(codes.Length)).Select(drawn => drawn.Code)]);
    }

    /// <summary>As <c>LC_ALL=C sort</c> does; UTF-16 would put characters beyond the basic plane elsewhere.</summary>
    static int ByBytes(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    static FieldProblem? Problem(EffectivenessPlan plan, string commitment, string seed, IReadOnlyCollection<Consignee> consignees)
    {
        if (plan.Problem() is { } wrong) return new($"plan.{wrong.Field}", wrong.Message);
        if (!DrawSeed.IsHex(commitment)) return new("commitment", "expected a SHA-256, 64 lower-case hexadecimal digits");
        if (!DrawSeed.IsHex(seed)) return new("seed", "expected 64 lower-case hexadecimal digits");
        if (DrawSeed.Commit(seed) != commitment) return new("seed", "expected the seed of the commitment; its SHA-256 is another");
        if (consignees.Count > ConsigneesMax) return new("consignees", $"expected at most {ConsigneesMax}; found {consignees.Count}");
        var seen = new HashSet<string>(consignees.Count);
        var i = -1;
        foreach (var (code, tier) in consignees)
        {
            i++;
            if (code.Length is 0 or > CodeMax || !IsPlain(code))
                return new($"consignees[{i}].code", $"expected a code of 1 to {CodeMax} characters without white space or control characters");
            if (!Enum.IsDefined(tier)) return new($"consignees[{i}].tier", $"expected WHOLESALE, RETAIL or CONSUMER; found {(int)tier}");
            if (!seen.Add(code)) return new($"consignees[{i}].code", $"expected each consignee once; {code} comes again");
        }
        return null;
    }

    /// <summary>A code with a line feed could pass for two, and half a surrogate pair has no bytes of its own (its rune is the replacement character).</summary>
    static bool IsPlain(string code) => !code.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || Rune.IsControl(rune) || Rune.IsWhiteSpace(rune));
}
