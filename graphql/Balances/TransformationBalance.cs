using System.ComponentModel;
using TraceGrains.Contracts.Balances;

namespace TraceGrains.GraphQL.Balances;

[Description("Inputs against outputs of a transformation.")]
public sealed class TransformationBalance(TransformationView view)
{
    [Description("What went in, by product and unit of measure.")]
    public IReadOnlyList<ProcessAmount> Inputs => [.. view.Inputs.Select(amount => new ProcessAmount(amount))];

    [Description("What came out, by product and unit of measure.")]
    public IReadOnlyList<ProcessAmount> Outputs => [.. view.Outputs.Select(amount => new ProcessAmount(amount))];

    [Description("Kilograms that went in, as far as they were weighed.")]
    public decimal InputMass => view.InputMass;

    [Description("Kilograms that came out, as far as they were weighed.")]
    public decimal OutputMass => view.OutputMass;

    [Description("Whether everything on both sides was weighed. Pieces, litres and metres have no mass that events would tell.")]
    public bool IsWeighed => view.IsWeighed;

    [Description("Share of the mass that came out, 0 and up; null where not everything was weighed.")]
    public decimal? Yield => view.Yield;

    [Description("Whether more came out than went in, beyond the tolerance of the outputs: something was added that no event names, or a figure is wrong. A loss is the nature of most processes.")]
    public bool Gains => view.Gains;

    [Description("Its events, by their places in the ledger.")]
    public IReadOnlyList<long> Sequences => view.Sequences;

    [Description("Whether it has more than 10,000 events; those beyond are left out.")]
    public bool IsCut => view.IsCut;

    [Description("The ledger sequence up to which the answer holds.")]
    public long AsOfSequence => view.AsOfSequence;
}

[Description("So much of a product in one unit of measure.")]
public sealed class ProcessAmount(ProcessAmountView view)
{
    [Description("Canonical code of the product; of what names no product, its own.")]
    public string Product => view.Product;

    [Description("Unit of measure (UN/CEFACT common code); null counts pieces.")]
    public string? Uom => view.Uom;

    [Description("How much; null where some event did not say.")]
    public decimal? Quantity => view.Quantity;
}
