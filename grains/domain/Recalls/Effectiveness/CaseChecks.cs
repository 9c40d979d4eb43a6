using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Effectiveness;

/// <summary>The effectiveness checks of a case, as its file tells them. A new commitment begins a new round.</summary>
public static class CaseChecks
{
    /// <summary>The commitment that waits for its draw; null when none does.</summary>
    public static CaseEntry.DrawCommitted? Waiting(CaseFile file) =>
        file.Of<CaseEntry.DrawCommitted>().LastOrDefault() is ({ } recorded, var committed) && !file.Of<CaseEntry.Drawn>().Any(drawn => drawn.Recorded.Number > recorded.Number) ? committed : null;

    /// <summary>The draw of a seed among consignees; the problem when there is none.</summary>
    public static (CaseEntry.Drawn? Drawn, CaseProblem? Problem) Draw(CaseFile file, string seed, IReadOnlyCollection<Consignee> consignees)
    {
        if (Waiting(file) is not { } committed) return (null, new(CaseRefusal.StateForbids, "seed: expected a commitment before the draw; none waits for one"));
        return EffectivenessDraw.TryDraw(new(committed.Level, committed.Percent), committed.Commitment, seed, consignees, out var draw, out var problem)
            ? (new(seed, draw.Tiers), null) : (null, new(CaseRefusal.FieldInvalid, problem.ToString()));
    }

    /// <summary>The last draw and the rates of each of its tiers; null before the first draw.</summary>
    public static (EffectivenessDraw Draw, TierRate[] Rates)? Of(CaseFile file)
    {
        if (file.Of<CaseEntry.Drawn>().LastOrDefault() is not ({ } recorded, var drawn)) return null;
        var committed = file.Of<CaseEntry.DrawCommitted>().Last(one => one.Recorded.Number < recorded.Number).Entry;
        var draw = new EffectivenessDraw { Plan = new(committed.Level, committed.Percent), Seed = drawn.Seed, Commitment = committed.Commitment, Tiers = drawn.Tiers };
        return (draw, EffectivenessRates.Of(draw, file.Of<CaseEntry.Checked>().Where(one => one.Recorded.Number > recorded.Number).Select(one => Result(one.Entry, one.Recorded.At)).OfType<CheckResult>()));
    }

    /// <summary>What is wrong with the fields of an entry about checks; null when nothing, or when it is another entry.</summary>
    public static CaseProblem? Fields(CaseEntry entry) => entry switch
    {
        CaseEntry.DrawCommitted e => Of(new EffectivenessPlan(e.Level, e.Percent).Problem()) ?? (DrawSeed.IsHex(e.Commitment) ? null : new(CaseRefusal.FieldInvalid, "commitment: expected a SHA-256, 64 lower-case hexadecimal digits")),
        CaseEntry.Drawn e => DrawSeed.IsHex(e.Seed) ? null : new(CaseRefusal.FieldInvalid, "seed: expected 64 lower-case hexadecimal digits"),
        CaseEntry.Checked e => Enum.IsDefined(e.Method) ? Questionnaire.Standard.Problems(e.Answers) is [var problem, ..] ? Of(problem) : null : new(CaseRefusal.FieldInvalid, "method: expected visit, telephone, letter or system"),
        _ => null,
    };

    /// <summary>Rules about the file.</summary>
    public static CaseProblem? About(CaseFile file, CaseEntry entry) => entry switch
    {
        CaseEntry.DrawCommitted when Waiting(file) is not null => new(CaseRefusal.StateForbids, "commitment: expected no other commitment that waits for its draw; a seed must not be chosen among several"),
        CaseEntry.Checked e when !file.Of<CaseEntry.Drawn>().TakeLast(1).Any(drawn => drawn.Entry.Tiers.Any(tier => tier.Drawn.Contains(e.Party))) =>
            new(CaseRefusal.FieldInvalid, $"party: expected a consignee that was drawn; {e.Party} was not"),
        _ => null,
    };

    static CheckResult? Result(CaseEntry.Checked entry, DateTimeOffset at) => CheckResult.TryRead(Questionnaire.Standard, entry.Party, at, entry.Method, entry.Answers, out var result, out _) ? result : null;

    static CaseProblem? Of(FieldProblem? problem) => problem is null ? null : new(CaseRefusal.FieldInvalid, problem.ToString());
}
