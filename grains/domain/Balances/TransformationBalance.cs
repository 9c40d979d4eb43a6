using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Recalls;

namespace TraceGrains.Domain.Balances;

/// <summary>What went into a process and what came out, of one product in one unit of measure.</summary>
/// <param name="Product">Canonical code; of what names no product, its own code.</param>
/// <param name="Uom">Base unit of measure; empty counts pieces.</param>
/// <param name="Quantity">How much; null where some event did not say.</param>
public sealed record ProcessAmount(string Product, string Uom, decimal? Quantity);

/// <summary>
/// Inputs against outputs of a transformation: of one event, or of all events that share a <c>transformationID</c> (EPCIS 2.0, 7.4.6). The yield is told where everything on both sides was weighed; pieces, litres and
/// metres have no mass that events would tell.
/// </summary>
public sealed record TransformationBalance
{
    /// <summary>The unit of mass to which all others are converted.</summary>
    public const string Mass = "KGM";

    /// <summary>What went in, by product and unit.</summary>
    public IReadOnlyList<ProcessAmount> Inputs { get; init; } = [];
    /// <summary>What came out, by product and unit.</summary>
    public IReadOnlyList<ProcessAmount> Outputs { get; init; } = [];
    /// <summary>Kilograms that went in, as far as they were weighed.</summary>
    public decimal InputMass { get; init; }
    /// <summary>Kilograms that came out, as far as they were weighed.</summary>
    public decimal OutputMass { get; init; }
    /// <summary>Whether everything on both sides was weighed.</summary>
    public bool IsWeighed { get; init; }
    /// <summary>Share of the mass that came out; null where it is not known.</summary>
    public decimal? Yield => IsWeighed && InputMass > 0 ? OutputMass / InputMass : null;
    /// <summary>
    /// Whether more came out than went in, beyond a share of it: what nobody told was added, or a figure is wrong. A loss is the nature of most processes. False where it is not known.
    /// </summary>
    public bool Gains(decimal tolerance) => IsWeighed && OutputMass > InputMass * (1 + tolerance);

    /// <summary>The balance of the events of one process.</summary>
    public static TransformationBalance Of(IReadOnlyCollection<EpcisEvent> events)
    {
        var (inputs, outputs) = (Sum(events.SelectMany(e => Told(e.InputEpcs, e.InputQuantities))), Sum(events.SelectMany(e => Told(e.OutputEpcs, e.OutputQuantities))));
        return new()
        {
            Inputs = inputs, Outputs = outputs, InputMass = MassOf(inputs), OutputMass = MassOf(outputs),
            IsWeighed = inputs.Count > 0 && outputs.Count > 0 && inputs.Concat(outputs).All(amount => amount is { Uom: Mass, Quantity: not null }),
        };
    }

    /// <summary>As many pieces of a product as there are units of it are those units, told twice; anything else in the lists is something else.</summary>
    static IEnumerable<ProcessAmount> Told(IReadOnlyList<string> units, IReadOnlyList<Amount> amounts)
    {
        foreach (var amount in amounts)
        {
            var (quantity, uom) = Measure.ToBase(amount.Quantity, amount.Uom);
            yield return new(ProductCode.Of(amount.Code) ?? amount.Code, uom, quantity);
        }
        var told = amounts.Where(amount => amount.Uom is null).Select(amount => (ProductCode.Of(amount.Code), amount.Quantity)).ToHashSet();
        foreach (var group in units.GroupBy(unit => ProductCode.Of(unit) ?? unit, StringComparer.Ordinal))
            if (!told.Contains((group.Key, group.Count()))) yield return new(group.Key, "", group.Count());
    }

    static List<ProcessAmount> Sum(IEnumerable<ProcessAmount> amounts) =>
        [.. amounts.GroupBy(amount => (amount.Product, amount.Uom)).Select(group => new ProcessAmount(group.Key.Product, group.Key.Uom, group.Any(amount => amount.Quantity is null) ? null : group.Sum(amount => amount.Quantity)))
            .OrderBy(amount => amount.Product, StringComparer.Ordinal).ThenBy(amount => amount.Uom, StringComparer.Ordinal)];

    static decimal MassOf(List<ProcessAmount> amounts) => amounts.Where(amount => amount.Uom == Mass).Sum(amount => amount.Quantity ?? 0);
}
