using System.ComponentModel;
using System.Globalization;
using GraphQL;
using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Balances;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Lineage;
using TraceGrains.GraphQL.Nodes;

namespace TraceGrains.GraphQL.Recalls;

[Description("A recall case.")]
[Implements(typeof(INode))]
public sealed class Recall(RecallView view) : INode
{
    [Id]
    [Description("What 'node' takes to answer it again.")]
    public string NodeId => new Nodes.NodeId(NodeSort.Recall, view.Id).ToString();

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

    [Description("How its scope became what it is, oldest first; empty for a recall that was issued by a code, serial numbers or an event.")]
    public IReadOnlyList<ScopeVersion> Scopes => [.. view.Scopes.Select(version => new ScopeVersion(version))];

    [Description("Why its scope could not be worked out anew, so that it stays as it was; mostly null.")]
    public string? ScopeProblem => view.ScopeProblem;

    [Complexity(Limits.PreviewWeight)]
    [Description("What became of everything it reaches, added up by product.")]
    public async Task<MassBalance> Balance([FromServices] IGrainFactory grains, CancellationToken cancellation) => new(await grains.GetGrain<IMassBalanceGrain>(0).OfRecall(view.Id, cancellation).WaitAsync(cancellation));

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

[Description("One state of a recall's scope.")]
public sealed class ScopeVersion(Contracts.Recalls.ScopeVersion version)
{
    [Description("From 1, the scope the recall was issued with.")]
    public int Version => version.Version;

    [Description("How it differs from the one before.")]
    public ScopeChangeKind Kind => (ScopeChangeKind)version.Kind;

    [Description("When it was recorded.")]
    public DateTimeOffset At => version.At;

    [Description("How many things entered or left; of the first, how many it named.")]
    public int Things => version.Things;

    [Id]
    [Description("The notice: an event whose lists name them, up to 1,000.")]
    public string EventId => version.EventId;

    [Description("The scope in its saved form (JSON); null where it stayed the same, and events recorded later or declared wrong changed what it says.")]
    public string? Query => version.Query;

    [Description("Why.")]
    public string? Reason => version.Reason;
}

[Description("What a recall names: exactly one of a code, a run of serial numbers, an event, and a query.")]
public sealed class RecallScope(RecallRequest scope)
{
    [Description("A lot, product class or unit.")]
    public string? Code => scope.Code;

    [Description("A run of serial numbers of one product, known and yet to come.")]
    public SerialRange? SerialRange => scope is { RangeProduct: { } product, RangeFrom: { } from, RangeTo: { } to } ? new SerialRange(product, from, to) : null;

    [Description("The event whose touched things are all recalled.")]
    public string? EventId => scope.EventId;

    [Description("A scope in its saved form (JSON).")]
    public string? Query => scope.Query;
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
