namespace TraceGrains.Domain.Recalls.Effectiveness;

/// <summary>How many consignees are checked (21 CFR 7.42(b)(3)). A and B verified in the FDA's Investigations Operations Manual, 7.3.2.2; C, D and E not verified at the source.</summary>
public enum EffectivenessLevel
{
    /// <summary>All of them.</summary>
    A = 1,
    /// <summary>More than 10 % and fewer than all, decided case by case.</summary>
    B = 2,
    /// <summary>10 %.</summary>
    C = 3,
    /// <summary>2 %.</summary>
    D = 4,
    /// <summary>None.</summary>
    E = 5,
}

/// <summary>How many consignees are checked.</summary>
/// <param name="Level">The level.</param>
/// <param name="Percent">Of level B: how many of a hundred, above 10 and below 100, at most two decimals. Null otherwise.</param>
public sealed record EffectivenessPlan(EffectivenessLevel Level, decimal? Percent = null)
{
    /// <summary>What is wrong with it; null when it may be used.</summary>
    public FieldProblem? Problem()
    {
        if (!Enum.IsDefined(Level)) return new("level", $"expected A, B, C, D or E; found {(int)Level}");
        if (Level != EffectivenessLevel.B) return Percent is null ? null : new("percent", $"expected none, since level {Level} says how many; found {Percent}");
        return Percent is > 10 and < 100 && decimal.Round(Percent.Value, 2) == Percent ? null
            : new("percent", $"expected a number above 10 and below 100 with at most two decimals, as level B wants; found {Percent?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}");
    }

    /// <summary>How many of so many are checked: the share, rounded up.</summary>
    public int SampleSize(int consignees) => (int)decimal.Ceiling(consignees * Share / 100);

    decimal Share => Level switch
    {
        EffectivenessLevel.A => 100,
        EffectivenessLevel.B => Percent ?? throw new InvalidOperationException("level B has no percentage"),
        EffectivenessLevel.C => 10,
        EffectivenessLevel.D => 2,
        _ => 0,
    };
}
