using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>The regimes that are known, and how what is overdue goes up. Data, checked when it is read.</summary>
public sealed partial class RegimeCatalog
{
    sealed record File(Escalation Escalation, RecallRegime[] Regimes);

    readonly FrozenDictionary<string, RecallRegime> byId;

    RegimeCatalog(File file)
    {
        (Escalation, Regimes) = (file.Escalation, file.Regimes);
        byId = file.Regimes.ToFrozenDictionary(regime => regime.Id);
    }

    /// <summary>The committed regimes.</summary>
    public static RegimeCatalog Standard { get; } =
        TryRead(RecallData.Resource("recall-regimes.json"), out var catalog, out var problem) ? catalog : throw new InvalidDataException($"recall-regimes.json: {problem}");

    /// <summary>All regimes, in the order of the file.</summary>
    public IReadOnlyList<RecallRegime> Regimes { get; }

    /// <summary>How what is overdue goes up.</summary>
    public Escalation Escalation { get; }

    /// <summary>A regime by its id; null when there is none.</summary>
    public RecallRegime? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The first of some ids that is no regime's; null when all are.</summary>
    public FieldProblem? Check(IReadOnlyList<string> ids)
    {
        for (var i = 0; i < ids.Count; i++)
            if (Find(ids[i]) is null) return new($"regimes[{i}]", $"expected one of {string.Join(", ", Regimes.Select(regime => regime.Id))}; found {ids[i]}");
        return null;
    }

    /// <summary>Why a report or attestation belongs to no clock; null when it does.</summary>
    public FieldProblem? Check(string regime, string clock)
    {
        if (Find(regime) is not { } found) return new("regime", $"expected one of {string.Join(", ", Regimes.Select(one => one.Id))}; found {regime}");
        return found.Clocks.Any(one => one.Id == clock) ? null : new("report", $"expected one of {string.Join(", ", found.Clocks.Select(one => one.Id))} under {regime}; found {clock}");
    }

    /// <summary>The catalog of a text; the first problem when it is none.</summary>
    public static bool TryRead(string json, [NotNullWhen(true)] out RegimeCatalog? catalog, [NotNullWhen(false)] out FieldProblem? problem)
    {
        catalog = null;
        if (!RecallData.TryRead<File>(json, out var file, out problem)) return false;
        if ((problem = Check(file.Escalation)) is not null) return false;
        for (var i = 0; i < file.Regimes.Length; i++)
            if ((problem = Check(file.Regimes, i)) is not null) return false;
        catalog = new(file);
        return true;
    }

    static FieldProblem? Check(Escalation rule)
    {
        if (rule.DueSoonShare is not (> 0 and < 1)) return new("escalation.dueSoonShare", $"expected a number above 0 and below 1; found {rule.DueSoonShare}");
        if (rule.AtOnce.Unit != PeriodUnit.Hours) return new("escalation.atOnce", $"expected hours; found {rule.AtOnce}");
        if (rule.DueSoonMax.Unit != PeriodUnit.Hours) return new("escalation.dueSoonMax", $"expected hours; found {rule.DueSoonMax}");
        for (var i = 0; i < rule.Steps.Count; i++)
        {
            var path = $"escalation.steps[{i}]";
            if (rule.Steps[i].After.All.Any(after => after.Unit != PeriodUnit.Hours)) return new($"{path}.after", "expected hours");
            if (i == 0) continue;
            var (before, step) = (rule.Steps[i - 1], rule.Steps[i]);
            if (step.Level <= before.Level) return new($"{path}.level", $"expected a level above {before.Level}; found {step.Level}");
            if (step.After.All.Zip(before.After.All).Any(pair => pair.First.Count < pair.Second.Count)) return new($"{path}.after", $"expected no shorter time than that of {before.Level}");
        }
        return null;
    }

    static FieldProblem? Check(RecallRegime[] regimes, int index)
    {
        var (regime, path) = (regimes[index], $"regimes[{index}]");
        if (!Name().IsMatch(regime.Id)) return new($"{path}.id", $"expected lower-case letters, digits and hyphens; found {regime.Id}");
        if (regimes.Take(index).Any(other => other.Id == regime.Id)) return new($"{path}.id", $"expected each id once; {regime.Id} comes again");
        if (string.IsNullOrWhiteSpace(regime.Instrument)) return new($"{path}.instrument", "expected number, issuer and date; found nothing");
        if (regime.Replaced is { } by && (by == regime.Id || regimes.All(other => other.Id != by))) return new($"{path}.replaced", $"expected the id of another regime; found {by}");
        var classes = regime.Classes.Select(one => one.Class).ToArray();
        if (classes is not ([] or [RecallClass.I, RecallClass.II, RecallClass.III])) return new($"{path}.classes", $"expected none, or i, ii and iii in order; found {string.Join(", ", classes)}");
        if (regime.Clocks.Count == 0) return new($"{path}.clocks", "expected at least one clock; found none");
        for (var i = 0; i < regime.Clocks.Count; i++)
            if (Check(regime, i, $"{path}.clocks[{i}]") is { } problem) return problem;
        return null;
    }

    static FieldProblem? Check(RecallRegime regime, int index, string path)
    {
        var clock = regime.Clocks[index];
        if (!Name().IsMatch(clock.Id)) return new($"{path}.id", $"expected lower-case letters, digits and hyphens; found {clock.Id}");
        if (regime.Clocks.Take(index).Any(other => other.Id == clock.Id)) return new($"{path}.id", $"expected each id once; {clock.Id} comes again");
        if (string.IsNullOrWhiteSpace(clock.Clause)) return new($"{path}.clause", "expected article and section; found nothing");
        if (string.IsNullOrWhiteSpace(clock.Source)) return new($"{path}.source", "expected where it was read, or what is assumed; found nothing");
        if (clock.Form is { } form && clock.Kind != KindOf(form)) return new($"{path}.form", $"expected the form of a {clock.Kind}, or none; found {form}");
        if (clock.From is CaseMoment.Notified or CaseMoment.Widened) return new($"{path}.from", $"expected known, decided, issued, announced, completed or terminated; found {clock.From}");
        if (clock.Within is not null)
        {
            if (clock.Every is not null || clock.Series is not null || clock.Until is not null) return new(path, "expected either within, or series and until with every; found both");
            return (clock.Within.DependsOnClass && regime.Classes.Count == 0) ? new($"{path}.within", "expected one time for all classes, since the regime has none")
                : clock.Trust == SourceTrust.Verified && clock.Within.All.Any(within => within.Unit == PeriodUnit.AtOnce) ? new($"{path}.trust", "expected ownRule or notVerified: of \"at once\" the number is ours") : null;
        }
        if (clock.Series is null || clock.Until is not (CaseMoment.Completed or CaseMoment.Terminated)) return new(path, "expected within, or series and until (completed or terminated)");
        if (clock.DoneBy is not null || clock.OnWidening) return new(path, "expected neither doneBy nor onWidening of a report that comes again");
        return clock.Every?.All.Any(every => every.Count == 0) == true ? new($"{path}.every", "expected at least 1 hour or day") : null;
    }

    static ObligationKind KindOf(ReportForm form) => form switch { ReportForm.Plan => ObligationKind.SubmitPlan, ReportForm.Summary => ObligationKind.SummaryReport, _ => ObligationKind.ProgressReport };

    [GeneratedRegex("^[a-z][a-z0-9-]{0,49}$")]
    private static partial Regex Name();
}
