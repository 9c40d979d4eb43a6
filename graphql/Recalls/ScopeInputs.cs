using System.ComponentModel;
using System.Globalization;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Recalls;

[Description("What a recall is to name: exactly one member is given. Up to 200 scopes within one another, 8 deep, 1,000,000 things and 200,000 events to read. A code or event that nothing on record names is an error, not an empty set.")]
public sealed class RecallScopeQueryInput
{
    [Description("A batch, in any spelling of its code.")]
    public string? Batch { get; set; }

    [Description("A product with its lots and units, or those of it that were made in some days.")]
    public ProductScopeInput? Product { get; set; }

    [Description("The units of a product in a run of serial numbers, as far as events have named them.")]
    public SerialRangeInput? Serials { get; set; }

    [Description("A serialised thing: unit, logistic unit or asset.")]
    public string? Unit { get; set; }

    [Description("Everything named by events that also name a party, place or device. What lay inside a named container is not named.")]
    public TouchedScopeInput? TouchedBy { get; set; }

    [Description("Code of a thing; everything it became, itself left out.")]
    public string? MadeFrom { get; set; }

    [Description("Code of a thing; everything made of it, and of whatever went into one process with it.")]
    public string? MadeWith { get; set; }

    [Description("Id of an event; everything it named.")]
    public string? Event { get; set; }

    [Description("Union: what any of these names.")]
    public List<RecallScopeQueryInput>? AnyOf { get; set; }

    [Description("Intersection: what all of these name.")]
    public List<RecallScopeQueryInput>? AllOf { get; set; }

    [Description("Exclusion: what one scope names and another does not. What is made of the rest is reached all the same.")]
    public ExceptScopeInput? Except { get; set; }

    /// <summary>The saved form of the scope; the first thing wrong with it is an error at its own field.</summary>
    internal string Save(string field) =>
        ScopeReader.TryRead(Draft(this)!, field, out var scope, out var problem) ? ScopeJson.Print(scope) : throw new BadInput(problem.Field, problem.Message);

    static ScopeDraft? Draft(RecallScopeQueryInput? input) => input is null ? null : new()
    {
        Batch = input.Batch,
        Product = input.Product is { } product ? new(product.Code, product.ProducedFrom, product.ProducedUntil) : null,
        Serials = input.Serials is { } run ? new(run.Product, run.From, run.To) : null,
        Unit = input.Unit,
        TouchedBy = input.TouchedBy is { } touched ? new(touched.Code, Time(touched.From), Time(touched.Until)) : null,
        MadeFrom = input.MadeFrom,
        MadeWith = input.MadeWith,
        Event = input.Event,
        AnyOf = input.AnyOf?.ConvertAll(Draft),
        AllOf = input.AllOf?.ConvertAll(Draft),
        Except = input.Except is { } except ? new(Draft(except.Of), Draft(except.Without)) : null,
    };

    static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}

[Description("A product, and when it was made. The date is the ILMD's cbvmda:productionDate, or else the date of the event that brought a thing into being, where it happened.")]
public sealed class ProductScopeInput
{
    [Description("Code of the product, in any spelling.")]
    public string Code { get; set; } = "";

    [Description("First date of production, inclusive, as 2026-03-04; any, when left out.")]
    public string? ProducedFrom { get; set; }

    [Description("Last date of production, inclusive; any, when left out.")]
    public string? ProducedUntil { get; set; }
}

[Description("A party, place or device, and between which event times it touched things.")]
public sealed class TouchedScopeInput
{
    [Description("Its code, in any spelling.")]
    public string Code { get; set; } = "";

    [Description("First event time, inclusive.")]
    public DateTimeOffset From { get; set; }

    [Description("The first event time that is not included any more.")]
    public DateTimeOffset Until { get; set; }
}

[Description("One scope without another.")]
public sealed class ExceptScopeInput
{
    [Description("What is named.")]
    public RecallScopeQueryInput Of { get; set; } = new();

    [Description("What is taken out of it.")]
    public RecallScopeQueryInput Without { get; set; } = new();
}
