using System.ComponentModel;
using System.Globalization;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Lineage;

namespace TraceGrains.GraphQL.Recalls;

[Description("A recall case.")]
public sealed class Recall(RecallView view)
{
    [Id]
    [Description("Its URN, urn:tracegrains:recall:{uuid}.")]
    public string Id => view.Id;

    [Description("Where it stands.")]
    public RecallStatus Status => (RecallStatus)view.Status;

    [Description("How grave.")]
    public RecallClass Class => (RecallClass)view.Class;

    [Description("Why.")]
    public string Reason => view.Reason;

    [Description("What is recalled, as it was asked for.")]
    public RecallScope? Scope => view.Scope is { } scope ? new RecallScope(scope) : null;

    [Description("When it was issued.")]
    public DateTimeOffset IssuedAt => view.IssuedAt;

    [Description("Ledger sequence of the issuing notice.")]
    public long IssuedSequence => view.IssuedSequence;

    [Description("When everything reachable was first marked; null until then.")]
    public DateTimeOffset? EffectiveAt => view.EffectiveAt;

    [Description("When it was taken back; null while it stands.")]
    public DateTimeOffset? WithdrawnAt => view.WithdrawnAt;

    [Description("Why it was taken back; null while it stands.")]
    public string? WithdrawnReason => view.WithdrawnReason;

    [Description("How many things are marked.")]
    public int Reached => view.Reached;

    [Description("How many things show it in their own chain.")]
    public int OnRecord => view.OnRecord;

    [Description("Waves run through the shards so far, in the present working-out.")]
    public int Waves => view.Waves;

    [Description("Milliseconds from the issuing notice on record to everything marked; null until then.")]
    public double? WaveMilliseconds => view.WaveMilliseconds;

    [Description("Who has the reached things, most first; empty while the wave is on its way.")]
    public IReadOnlyList<HolderGroup> Holders => [.. view.Holders.Select(group => new HolderGroup(group))];

    [Complexity(Limits.CallWeight)]
    [Description("A page of the reached things.")]
    public async Task<ItemPage> Items(
        [FromServices] IGrainFactory grains,
        [Description("How many at most, 0 to 10,000.")] int first = 100,
        [Description("Things after this cursor (pageInfo.endCursor of the page before); from the start, when left out.")] string? after = null)
    {
        var start = 0;
        if (after is not null && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            throw new BadInput("after", $"expected pageInfo.endCursor of the page before, found '{after}'");
        var page = await grains.GetGrain<IRecallGrain>(view.Id).Items(start, Limits.Check(first, 0, Limits.ItemsMax, "first"));
        return new ItemPage(page.Items, page.Next?.ToString(CultureInfo.InvariantCulture));
    }
}

[Description("What a recall names: exactly one of a code, a run of serial numbers, and an event.")]
public sealed class RecallScope(RecallRequest scope)
{
    [Description("A lot, product class or unit.")]
    public string? Code => scope.Code;

    [Description("A run of serial numbers of one product, known and yet to come.")]
    public SerialRange? SerialRange => scope is { RangeProduct: { } product, RangeFrom: { } from, RangeTo: { } to } ? new SerialRange(product, from, to) : null;

    [Description("The event whose touched things are all recalled.")]
    public string? EventId => scope.EventId;
}

[Description("A run of serial numbers of one product.")]
public sealed class SerialRange(string product, string from, string to)
{
    [Description("Canonical code of the product.")]
    public string Product => product;

    [Description("First serial, inclusive.")]
    public string From => from;

    [Description("Last serial, inclusive. All-digit serials of equal length compare as numbers, others by code point.")]
    public string To => to;
}
