using TraceGrains.Domain.Access;
using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Domain.Recalls.Cases;

/// <summary>Where entries of a case name persons. Besides these and who did it, an entry has texts in which people write what they like; those are no fields for names.</summary>
public static class CaseNames
{
    /// <summary>The entry with other texts in place of its names.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="other">The other text, by field and name.</param>
    public static CaseEntry Replace(CaseEntry entry, Func<string, string, string> other) => entry switch
    {
        CaseEntry.Answered e => e with { Lines = [.. e.Lines.Select((line, i) => line.Witness is { Length: > 0 } witness ? line with { Witness = other($"lines[{i}].witness", witness) } : line)] },
        CaseEntry.PassedOn e => e with { To = [.. e.To.Select((to, i) => string.IsNullOrEmpty(to.Name) ? to : to with { Name = other($"to[{i}].name", to.Name) })] },
        CaseEntry.Checked e => e with { Answers = e.Answers.ToDictionary(answer => answer.Key, answer => Questionnaire.Standard.NamesPerson(answer.Key) && answer.Value.Length > 0 ? other($"answers.{answer.Key}", answer.Value) : answer.Value) },
        _ => entry,
    };

    /// <summary>The names that an entry has, in the order of its fields.</summary>
    public static IReadOnlyList<string> In(CaseEntry entry)
    {
        var names = new List<string>();
        Replace(entry, (_, name) =>
        {
            names.Add(name);
            return name;
        });
        return names;
    }

    /// <summary>The first name that cannot be one; null when all can.</summary>
    public static CaseProblem? Problem(CaseActor by, CaseEntry entry)
    {
        var problem = PersonName.Problem(by.Name) is { } wrongActor ? $"by.name: {wrongActor}" : null;
        Replace(entry, (field, name) =>
        {
            if (PersonName.Problem(name) is { } wrong) problem ??= $"{field}: {wrong}";
            return name;
        });
        return problem is null ? null : new(CaseRefusal.FieldInvalid, problem);
    }

    /// <summary>Whether an entry that was sent can be the one that is shown: the same, but for names that were erased since.</summary>
    public static bool MayBe(CaseEntry shown, CaseEntry sent)
    {
        var (names, at) = (In(shown), 0);
        var likened = Replace(sent, (_, name) => at < names.Count && PersonName.MayBe(names[at++], name) ? names[at - 1] : name);
        return CaseJson.Print(shown) == CaseJson.Print(likened);
    }
}
