using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Domain.Recalls;

/// <summary>Whether the public is warned (21 CFR 7.42(b)(2)).</summary>
public enum PublicWarning
{
    /// <summary>Nobody but the consignees is told.</summary>
    None = 1,
    /// <summary>Through specialised media: professionals, an area, a trade.</summary>
    Specialised = 2,
    /// <summary>Through general media.</summary>
    General = 3,
}

/// <summary>How a recall is run (21 CFR 7.42).</summary>
/// <param name="Depth">How far down the chain.</param>
/// <param name="Warning">Whether the public is warned.</param>
/// <param name="Checks">How many consignees are checked.</param>
/// <param name="Means">How consignees are told, such as telephone or letter; 1 to 10, each up to 200 characters.</param>
/// <param name="Instructions">What they are to do with the goods, 1 to 2,000 characters.</param>
public sealed record RecallStrategy(RecallDepth Depth, PublicWarning Warning, EffectivenessPlan Checks, IReadOnlyList<string> Means, string Instructions)
{
    /// <summary>Ways of telling consignees.</summary>
    public const int MeansMax = 10;
    /// <summary>Characters of one of them.</summary>
    public const int MeansTextMax = 200;
    /// <summary>Characters of the instructions.</summary>
    public const int InstructionsMax = 2_000;

    /// <summary>All that is wrong with it; nothing when it may be used.</summary>
    /// <param name="gravity">The class of the recall.</param>
    public IReadOnlyList<FieldProblem> Problems(RecallClass gravity)
    {
        var problems = new List<FieldProblem>();
        void Add(string field, string message) => problems.Add(new($"strategy.{field}", message));
        if (!Enum.IsDefined(Depth)) Add("depth", $"expected WHOLESALE, RETAIL or CONSUMER; found {(int)Depth}");
        if (!Enum.IsDefined(Warning)) Add("warning", $"expected NONE, SPECIALISED or GENERAL; found {(int)Warning}");
        if (Checks.Problem() is { } plan) Add($"checks.{plan.Field}", plan.Message);
        // Goods that can kill, already with consumers: to tell and check nobody is no strategy.
        if (gravity == RecallClass.I && Checks.Level == EffectivenessLevel.E) Add("checks.level", "expected A, B, C or D for a recall of class I; found E");
        if (gravity == RecallClass.I && Depth == RecallDepth.Consumer && Warning == PublicWarning.None) Add("warning", "expected SPECIALISED or GENERAL for a recall of class I to the depth of consumers; found NONE");
        if (Means.Count is 0 or > MeansMax) Add("means", $"expected 1 to {MeansMax} ways of telling consignees; found {Means.Count}");
        for (var i = 0; i < Math.Min(Means.Count, MeansMax); i++)
            if (string.IsNullOrWhiteSpace(Means[i]) || Means[i].Length > MeansTextMax) Add($"means[{i}]", $"expected 1 to {MeansTextMax} characters; found {Means[i]?.Length ?? 0}");
        if (string.IsNullOrWhiteSpace(Instructions) || Instructions.Length > InstructionsMax) Add("instructions", $"expected 1 to {InstructionsMax} characters; found {Instructions?.Length ?? 0}");
        return problems;
    }
}
