using System.ComponentModel;
using GraphQL;
using TraceGrains.Domain.Recalls.Answers;

namespace TraceGrains.GraphQL.Recalls.Cases;

[Description("What became of some of the goods.")]
public sealed class AnswerLineInput
{
    [Description("What became of them.")]
    public AnswerOutcome Outcome { get; set; }

    [Description("Codes of things one by one, each once, in any spelling.")]
    public List<string>? Codes { get; set; }

    [Description("So much of a lot.")]
    public List<AnsweredAmountInput>? Amounts { get; set; }

    [Description("For what was RETURNED: the party it was sent to.")]
    public string? To { get; set; }

    [Description("Code of where it happened.")]
    public string? Place { get; set; }

    [Description("Who saw it, up to 200 characters; required for what was DESTROYED." + FreeText.KeptApart)]
    public string? Witness { get; set; }

    [Description("SHA-256 of documents and pictures, 64 lower-case hexadecimal digits each, at most 50.")]
    public List<string>? Evidence { get; set; }

    [Description("Up to 2,000 characters." + FreeText.NoNames)]
    public string? Note { get; set; }

    internal AnswerLine Read(string field) => new(
        (Domain.Recalls.Answers.AnswerOutcome)Outcome, Goods.Codes(Codes, field), Goods.Amounts(Amounts, field), GraphQL.Codes.Canonical(To, $"{field}.to"), GraphQL.Codes.Canonical(Place, $"{field}.place"),
        Witness, Evidence is null ? null : [.. Evidence], Note);
}

[Description("So much of a lot.")]
public sealed class AnsweredAmountInput
{
    [Description("Code of the lot, in any spelling.")]
    public string Lot { get; set; } = "";

    [Description("How much, more than 0.")]
    public decimal Quantity { get; set; }

    [Description("Unit of measure (UN/CEFACT common code); pieces, when left out.")]
    public string? Uom { get; set; }
}

[Description("Somebody to whom goods were passed on.")]
public sealed class PassedOnInput
{
    [Description("Their name, 1 to 200 characters." + FreeText.KeptApart)]
    public string Name { get; set; } = "";

    [Description("Their code, in any spelling; one is made from the name, when left out.")]
    public string? Party { get; set; }

    [Description("Codes of what they got, one by one, in any spelling.")]
    public List<string>? Codes { get; set; }

    [Description("What they got of lots.")]
    public List<AnsweredAmountInput>? Amounts { get; set; }

    internal PassedOnTo Read(string field) => new(Name, Goods.Codes(Codes, field), Goods.Amounts(Amounts, field), GraphQL.Codes.Canonical(Party, $"{field}.party"));
}

/// <summary>Goods as an answer names them, in canonical codes.</summary>
static class Goods
{
    public static string[] Codes(List<string>? codes, string field) => [.. (codes ?? []).Select((code, i) => GraphQL.Codes.Canonical(code, $"{field}.codes[{i}]"))];

    public static AnsweredAmount[] Amounts(List<AnsweredAmountInput>? amounts, string field) =>
        [.. (amounts ?? []).Select((amount, i) => new AnsweredAmount(GraphQL.Codes.Canonical(amount.Lot, $"{field}.amounts[{i}].lot"), amount.Quantity, amount.Uom))];
}
