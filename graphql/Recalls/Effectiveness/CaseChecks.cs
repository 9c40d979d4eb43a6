using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Recalls.Cases;

namespace TraceGrains.GraphQL.Recalls.Effectiveness;

[Description("A round of effectiveness checks (21 CFR 7.42(b)(3)): consignees drawn by chance that anybody can draw again, and how well the recall did with them.")]
public sealed class CaseChecks(ChecksView view)
{
    [Description("How many are checked.")]
    public EffectivenessLevel Level => (EffectivenessLevel)view.Level;

    [Description("Of level B: how many of a hundred.")]
    public decimal? Percent => view.Percent;

    [Description("SHA-256 of the seed, made public before the draw.")]
    public string Commitment => view.Commitment;

    [Description("The seed; null before the draw.")]
    public string? Seed => view.Seed;

    [Description("Tier by tier; empty before the draw.")]
    public IReadOnlyList<TierChecks> Tiers => [.. view.Tiers.Select(tier => new TierChecks(tier))];
}

[Description("The checks of one tier.")]
public sealed class TierChecks(TierCheckView view)
{
    [Description("Where it stands in the chain, by the master data of the parties (urn:tracegrains:voc:tier); RETAIL, where that says nothing.")]
    public RecallDepth Tier => (RecallDepth)view.Tier;

    [Description("Consignees on the list.")]
    public int Listed => view.Listed;

    [Description("SHA-256 of the list: codes in the order of their bytes, each followed by a line feed.")]
    public string ListHash => view.ListHash;

    [Description("Codes of those drawn, in the order of the draw.")]
    public IReadOnlyList<string> Drawn => view.Drawn;

    [Description("Of them checked so far.")]
    public int Checked => view.Checked;

    [Description("Of those, reached.")]
    public int Reached => view.Reached;

    [Description("Of those, told of the recall.")]
    public int Notified => view.Notified;

    [Description("Of those, who did what they were asked to.")]
    public int Acted => view.Acted;

    [Description("For how many the recall worked.")]
    public int Effective => view.Effective;

    [Description("The share of those checked for whom it worked, 0 to 1; null before the first check.")]
    public double? Rate => view.Checked == 0 ? null : (double)view.Effective / view.Checked;

    [Description("Lower bound of that share among all on the list, with 95 % confidence (Wilson).")]
    public double RateLower => view.Lower;

    [Description("Upper bound.")]
    public double RateUpper => view.Upper;
}

[Description("A question of an effectiveness check.")]
public sealed class CheckQuestion(Domain.Recalls.Effectiveness.CheckQuestion question)
{
    [Id]
    [Description("What answers name.")]
    public string Id => question.Id;

    [Description("The question in English.")]
    public string Text => question.Text.En;

    [Description("The question in Chinese.")]
    public string TextZh => question.Text.Zh;

    [Description("How it is answered: yesNo, quantity, choice, text or time.")]
    public string Kind => char.ToLowerInvariant(question.Kind.ToString()[0]) + question.Kind.ToString()[1..];

    [Description("Whether the answer names a person: it is kept apart from the ledger (erasePerson), as a whole.")]
    public bool NamesPerson => question.NamesPerson;

    [Description("Whether it has to be answered, where it is asked.")]
    public bool Required => question.Required;

    [Description("Id of the question that has to be answered with yes for this one to be asked; null for always.")]
    public string? AskIf => question.AskIf;

    [Description("What may be chosen; empty for other kinds.")]
    public IReadOnlyList<string> Choices => [.. question.Choices?.Keys ?? []];
}

[Description("An answer to a question of a check.")]
public sealed class CheckAnswerInput
{
    [Id]
    [Description("The question.")]
    public string Question { get; set; } = "";

    [Description("The answer: yes or no, a quantity, a choice, words, or a time. Only an answer that namesPerson is kept apart from the ledger; others are not for names of persons.")]
    public string Answer { get; set; } = "";
}

// Values are those of the domain, so that a cast translates; a test compares the lists.

[Description("How many consignees are checked. A and B verified in the FDA's Investigations Operations Manual, 7.3.2.2; C, D and E not verified at the source.")]
public enum EffectivenessLevel
{
    [Description("All of them.")]
    A = 1,
    [Description("More than 10 % and fewer than all.")]
    B = 2,
    [Description("10 %.")]
    C = 3,
    [Description("2 %.")]
    D = 4,
    [Description("None.")]
    E = 5,
}

[Description("How a check was made.")]
public enum CheckMethod
{
    [Description("On the spot.")]
    Visit = 1,
    [Description("By telephone.")]
    Telephone = 2,
    [Description("By letter or e-mail.")]
    Letter = 3,
    [Description("Through this system.")]
    System = 4,
}
