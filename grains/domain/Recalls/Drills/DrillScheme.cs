using System.Diagnostics.CodeAnalysis;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Recalls.Drills;

/// <summary>What a certification scheme, or an enterprise for itself, wants of a mock recall. A mark that is null is not asked for.</summary>
/// <param name="Id">Its name: lower-case letters, digits and hyphens.</param>
/// <param name="Name">Its title.</param>
/// <param name="Clause">Clause of the scheme.</param>
/// <param name="Trust">How far it may be relied on.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="TraceWithin">Time to trace, forward and backward, and to balance amounts; hours.</param>
/// <param name="NotifiedWithin">Time until everybody has been told; hours.</param>
/// <param name="AcknowledgedWithin2h">Percent of holders who have acknowledged after two hours.</param>
/// <param name="AcknowledgedWithin4h">Percent of holders who have acknowledged after four hours.</param>
/// <param name="ReconciledPercent">Percent of the amount that balances, of every unit of measure.</param>
/// <param name="WantsForward">Whether the way to customers has to be shown.</param>
/// <param name="WantsBackward">Whether the way from suppliers has to be shown.</param>
/// <param name="WantsBalance">Whether amounts have to be balanced.</param>
/// <param name="EveryMonths">How often a drill is wanted, in months.</param>
public sealed record DrillScheme(
    string Id, LocalText Name, string Clause, SourceTrust Trust, string Source, bool WantsForward, bool WantsBackward, bool WantsBalance, int EveryMonths, Period? TraceWithin = null, Period? NotifiedWithin = null,
    double? AcknowledgedWithin2h = null, double? AcknowledgedWithin4h = null, double? ReconciledPercent = null)
{
    sealed record File(DrillScheme[] Schemes);

    /// <summary>The committed schemes.</summary>
    public static IReadOnlyList<DrillScheme> Standard { get; } =
        TryRead(RecallData.Resource("drill-schemes.json"), out var schemes, out var problem) ? schemes : throw new InvalidDataException($"drill-schemes.json: {problem}");

    /// <summary>The schemes of a text; the first problem when they are none.</summary>
    public static bool TryRead(string json, [NotNullWhen(true)] out IReadOnlyList<DrillScheme>? schemes, [NotNullWhen(false)] out FieldProblem? problem)
    {
        schemes = null;
        if (!RecallData.TryRead<File>(json, out var file, out problem)) return false;
        for (var i = 0; i < file.Schemes.Length; i++)
            if ((problem = Check(file.Schemes, i)) is not null) return false;
        schemes = file.Schemes;
        return true;
    }

    static FieldProblem? Check(DrillScheme[] schemes, int index)
    {
        var (scheme, path) = (schemes[index], $"schemes[{index}]");
        if (schemes.Take(index).Any(other => other.Id == scheme.Id)) return new($"{path}.id", $"expected each id once; {scheme.Id} comes again");
        if (string.IsNullOrWhiteSpace(scheme.Clause)) return new($"{path}.clause", "expected a clause; found nothing");
        if (string.IsNullOrWhiteSpace(scheme.Source)) return new($"{path}.source", "expected where it was read; found nothing");
        if (scheme.EveryMonths < 1) return new($"{path}.everyMonths", $"expected at least 1; found {scheme.EveryMonths}");
        foreach (var (field, period) in ((string, Period?)[])[("traceWithin", scheme.TraceWithin), ("notifiedWithin", scheme.NotifiedWithin)])
            if (period is { } given && (given.Unit != PeriodUnit.Hours || given.Count == 0)) return new($"{path}.{field}", $"expected hours, at least 1; found {given}");
        foreach (var (field, percent) in ((string, double?)[])[("acknowledgedWithin2h", scheme.AcknowledgedWithin2h), ("acknowledgedWithin4h", scheme.AcknowledgedWithin4h), ("reconciledPercent", scheme.ReconciledPercent)])
            if (percent is not (null or (> 0 and <= 100))) return new($"{path}.{field}", $"expected a percentage above 0, at most 100; found {percent}");
        return null;
    }
}
