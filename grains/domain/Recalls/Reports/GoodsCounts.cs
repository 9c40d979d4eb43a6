using System.Runtime.InteropServices;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Previews;

namespace TraceGrains.Domain.Recalls.Reports;

/// <summary>How much of something: things one by one, and amounts of lots by unit of measure.</summary>
public sealed class GoodsAmount
{
    readonly SortedDictionary<string, (decimal Sum, bool IsKnown)> amounts = new(StringComparer.Ordinal);

    /// <summary>Things.</summary>
    public int Things { get; private set; }
    /// <summary>Amounts of lots by base unit of measure (empty counts pieces); null where some event did not say how much.</summary>
    public IEnumerable<KeyValuePair<string, decimal?>> Amounts => amounts.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.IsKnown ? pair.Value.Sum : (decimal?)null));
    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Things == 0 && amounts.Count == 0;

    /// <summary>All of some.</summary>
    public static GoodsAmount Sum(IEnumerable<GoodsAmount> parts)
    {
        var sum = new GoodsAmount();
        foreach (var part in parts)
        {
            sum.Things += part.Things;
            foreach (var (uom, quantity) in part.Amounts) sum.Add(quantity, uom);
        }
        return sum;
    }

    internal void Add(int things) => Things += things;

    internal void Add(decimal? quantity, string? uom)
    {
        var (sum, isKnown) = amounts.GetValueOrDefault(uom ?? "", (0, true));
        amounts[uom ?? ""] = (sum + (quantity ?? 0), isKnown && quantity is not null);
    }
}

/// <summary>Counts of a sheet. Made of its very lines, so that a report and the sheet beside it cannot differ.</summary>
public sealed class GoodsCounts
{
    readonly SortedDictionary<Fate, GoodsAmount> fates = [];
    readonly Dictionary<string, Dictionary<Fate, GoodsAmount>> products = new(StringComparer.Ordinal);
    readonly SortedDictionary<AnswerOutcome, GoodsAmount> answered = [];
    readonly Dictionary<int, GoodsAmount> holders = [];
    readonly HashSet<int> lots = [];

    /// <summary>Everything reached.</summary>
    public GoodsAmount All { get; } = new();
    /// <summary>What has become of it.</summary>
    public IReadOnlyDictionary<Fate, GoodsAmount> ByFate => fates;
    /// <summary>By canonical code of the product (empty where the code does not tell), and what has become of it.</summary>
    public IReadOnlyDictionary<string, Dictionary<Fate, GoodsAmount>> ByProduct => products;
    /// <summary>What was answered: of things the last word, of lots the sum of what was said, in the units in which it was said.</summary>
    public IReadOnlyDictionary<AnswerOutcome, GoodsAmount> ByOutcome => answered;
    /// <summary>Who has it, by entity number; 0 for nobody known. Goods that are on hand or on the way.</summary>
    public IReadOnlyDictionary<int, GoodsAmount> ByHolder => holders;
    /// <summary>Lots that are reached, or of which a unit is: entity numbers.</summary>
    public IReadOnlyCollection<int> Lots => lots;
    /// <summary>Things passed on to somebody else, as the last word of them.</summary>
    public int PassedOn { get; private set; }
    /// <summary>Lines counted.</summary>
    public long Lines { get; private set; }

    /// <summary>Counts a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="code">Canonical code of its thing.</param>
    public void Add(in GoodsLine line, string code)
    {
        Lines++;
        if (line.Lot != 0) lots.Add(line.Lot);
        if (line.Kind is GoodsKind.LotOfUnits or GoodsKind.Lot) return;
        Count(All, line);
        Count(fates.TryGetValue(line.Fate, out var fate) ? fate : fates[line.Fate] = new(), line);
        var product = CollectionsMarshal.GetValueRefOrAddDefault(products, ProductCode.Of(code) ?? "", out _) ??= [];
        Count(CollectionsMarshal.GetValueRefOrAddDefault(product, line.Fate, out _) ??= new(), line);
        if (line.Fate is Fate.OnHand or Fate.InTransit) Count(CollectionsMarshal.GetValueRefOrAddDefault(holders, line.Standing.Holder, out _) ??= new(), line);
        if (line is { Kind: GoodsKind.Thing, Answer: { } answer })
            if (answer.Outcome is { } outcome) Of(outcome).Add(1);
            else PassedOn++;
    }

    /// <summary>Counts what was answered of parts of lots.</summary>
    public void Add(AnswerBook answers)
    {
        foreach (var (_, _, part) in answers.Parts)
            if (part.Note.Outcome is { } outcome) Of(outcome).Add(part.Quantity, part.Uom);
    }

    GoodsAmount Of(AnswerOutcome outcome) => answered.TryGetValue(outcome, out var amount) ? amount : answered[outcome] = new();

    static void Count(GoodsAmount amount, in GoodsLine line)
    {
        if (line.Kind == GoodsKind.Thing) amount.Add(1);
        else amount.Add(line.Quantity, line.Uom);
    }
}
