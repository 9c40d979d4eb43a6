using System.Text.Json.Serialization;
using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Domain.Recalls.Cases;

[JsonDerivedType(typeof(DrawCommitted), "drawCommitted")]
[JsonDerivedType(typeof(Drawn), "drawn")]
[JsonDerivedType(typeof(Checked), "checked")]
public abstract partial record CaseEntry
{
    /// <summary>Effectiveness checks are planned: how many, and the commitment to the seed by which consignees will be drawn.</summary>
    /// <param name="Level">A to E.</param>
    /// <param name="Commitment">SHA-256 of the seed (<see cref="DrawSeed"/>).</param>
    /// <param name="Percent">Of level B.</param>
    public sealed record DrawCommitted(EffectivenessLevel Level, string Commitment, decimal? Percent = null) : CaseEntry;

    /// <summary>The seed is made public, and with it who is checked. Whoever draws gives the seed; the tiers are worked out.</summary>
    /// <param name="Seed">64 lower-case hexadecimal digits.</param>
    /// <param name="Tiers">Who was drawn, tier by tier.</param>
    public sealed record Drawn(string Seed, TierDraw[] Tiers) : CaseEntry;

    /// <summary>A consignee was checked.</summary>
    /// <param name="Party">Canonical code of the consignee.</param>
    /// <param name="Method">How.</param>
    /// <param name="Answers">Answers by question (<see cref="Questionnaire.Standard"/>).</param>
    public sealed record Checked(string Party, CheckMethod Method, Dictionary<string, string> Answers) : CaseEntry;
}
