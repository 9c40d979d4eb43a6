using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;

namespace TraceGrains.GraphQL.Recalls;

[Description("A recall to be issued.")]
public sealed class IssueRecallInput
{
    [Id]
    [Description("A UUID of the client's own choice. Store it before sending and send the same again after a lost answer: the recall is issued once. Left out, a new one is made.")]
    public string? Id { get; set; }

    [Description("What is recalled.")]
    public RecallScopeInput Scope { get; set; } = new();

    [Description("Why, 1 to 2,000 characters." + FreeText.NoNames)]
    public string Reason { get; set; } = "";

    [Description("How grave.")]
    public RecallClass Class { get; set; }

    internal RecallRequest ToRequest() => new()
    {
        Code = Codes.Canonical(Scope.Code, "input.scope.code"),
        RangeProduct = Codes.Canonical(Scope.SerialRange?.Product, "input.scope.serialRange.product"),
        RangeFrom = Scope.SerialRange?.From,
        RangeTo = Scope.SerialRange?.To,
        EventId = Scope.EventId,
        Reason = Reason,
        Class = (Domain.Recalls.RecallClass)Class,
    };
}

[Description("What a recall names: exactly one of the three.")]
public sealed class RecallScopeInput
{
    [Description("A lot, product class or unit, in any spelling of its code.")]
    public string? Code { get; set; }

    [Description("A run of serial numbers of one product, known and yet to come.")]
    public SerialRangeInput? SerialRange { get; set; }

    [Description("The id of an event whose touched things are all recalled.")]
    public string? EventId { get; set; }
}

[Description("A run of serial numbers of one product.")]
public sealed class SerialRangeInput
{
    [Description("Code of the product, in any spelling.")]
    public string Product { get; set; } = "";

    [Description("First serial, inclusive.")]
    public string From { get; set; } = "";

    [Description("Last serial, inclusive. All-digit serials of equal length compare as numbers, others by code point.")]
    public string To { get; set; } = "";
}
