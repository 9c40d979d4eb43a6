using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Lineage;
using TraceGrains.GraphQL.MasterData;
using TraceGrains.GraphQL.Nodes;
using TraceGrains.GraphQL.Recalls;

namespace TraceGrains.GraphQL.Custody;

[Description("One real thing, or party, or place: what stands on record of it.")]
[Implements(typeof(INode))]
public sealed class Entity(EntityView view, IEntityGrain grain, IGrainFactory grains, DateTimeOffset? asOf) : INode
{
    [Id]
    [Description("What 'node' takes to answer it again.")]
    public string NodeId => new Nodes.NodeId(NodeSort.Entity, view.Code, asOf).ToString();

    [Description("Canonical code: the GS1 Digital Link URI on https://id.gs1.org, or the URI itself where it is no GS1 key.")]
    public string Code => view.Code;

    [Description("What it is.")]
    public EntityKind Kind => (EntityKind)view.Kind;

    [Description("The party that has it, or the place, where no event named a party; null when unknown.")]
    public string? Holder => view.State.Holder;

    [Description("The party it is on the way to; null when it is not on the way.")]
    public string? Consignee => view.State.Consignee;

    [Description("Where it is or was last seen; null when unknown.")]
    public string? Location => view.State.Location;

    [Description("Its business state (CBV disposition); null when no event gave one.")]
    public string? Disposition => view.State.Disposition;

    [Description("Persistent dispositions in force, by event time.")]
    public IReadOnlyList<string> PersistentDispositions => view.PersistentDispositions;

    [Description("The innermost container it is in; null when it is in none.")]
    public string? Container => view.State.Containers.FirstOrDefault();

    [Description("The containers it is in, innermost first.")]
    public IReadOnlyList<string> Containers => view.State.Containers;

    [Description("The asset it is attached to; null when it is attached to none.")]
    public string? AttachedTo => view.State.AttachedTo;

    [Description("Whether a recall is in force on it.")]
    public bool Recalled => view.State.Recalls.Length > 0;

    [Complexity(Limits.CallWeight)]
    [Description("The recalls in force on it.")]
    public async Task<IReadOnlyList<Recall>> Recalls(IResolveFieldContext context) =>
        [.. (await context.Reads().Recalls.All(view.State.Recalls)).OfType<RecallView>().Select(recall => new Recall(recall))];

    [Complexity(Limits.CallWeight)]
    [Description("What captured master data says of it, by vocabulary.")]
    public async Task<IReadOnlyList<MasterRecord>> MasterData(IResolveFieldContext context) =>
        [.. (await context.Reads().MasterData[(view.Code, asOf)]).Select(record => new MasterRecord(record))];

    [Description("Of a lot or product class: who holds how much of it. Empty for other things.")]
    public IReadOnlyList<Holding> Holdings => [.. view.State.Holdings.Select(held => new Holding(held))];

    [Complexity(Limits.CallWeight)]
    [Description("Where it directly comes from: inputs, its lot, the container it is or was in, the asset it is or was attached to.")]
    public Task<IReadOnlyList<Neighbour>> Parents(CancellationToken cancellation) => Neighbours(TraceDirection.Backward, Limits.ItemsMax, cancellation);

    [Complexity(Limits.CallWeight)]
    [Description("What directly came of it: outputs, units of the lot, contents, attached parts.")]
    public Task<IReadOnlyList<Neighbour>> Children([Description("How many at most, 0 to 10,000.")] int first = 100, CancellationToken cancellation = default) =>
        Neighbours(TraceDirection.Forward, Limits.Check(first, 0, Limits.ItemsMax, "first"), cancellation);

    [Complexity(Limits.CallWeight)]
    [Description("Its custody chain: every event that names it, in the order of the ledger, each link hashed over the one before. Always the whole chain as it is now.")]
    public async Task<Chain> Chain([Description("How many links at most, 0 to 1,000.")] int first = 100, [Description("Links after this position; 0 from the start.")] int after = 0, CancellationToken cancellation = default) =>
        new(await grain.Chain(Limits.Check(after, 0, int.MaxValue, "after"), Limits.Check(first, 0, Limits.LinksMax, "first"), cancellation).WaitAsync(cancellation));

    [Description("How many links the chain has.")]
    public int ChainLength => view.ChainLength;

    [Description("Hash of the chain's last link, 64 lower-case hexadecimal digits.")]
    public string ChainHead => view.ChainHead;

    [Complexity(Limits.TraceWeight)]
    // May be null, unlike its neighbours: checking a long chain takes long, and when it fails the rest of the entity is still worth showing.
    [Description("Recomputes the whole chain from the stored events; null, with an error beside it, when the check could not be made.")]
    public async Task<ChainVerdict?> Verify(CancellationToken cancellation) => new(await grain.Verify(cancellation).WaitAsync(cancellation));

    [Description("Event time of the earliest event that names it.")]
    public DateTimeOffset? FirstEventTime => view.FirstEventTime;

    [Description("Event time of the latest event that names it.")]
    public DateTimeOffset? LastEventTime => view.LastEventTime;

    async Task<IReadOnlyList<Neighbour>> Neighbours(TraceDirection direction, int first, CancellationToken cancellation)
    {
        var request = new TraceRequest { Code = view.Code, Direction = (Domain.Lineage.TraceDirection)direction, Depth = 1, AsOf = asOf, First = first };
        var steps = await grains.GetGrain<ILineageGrain>(0).Neighbours(request, cancellation).WaitAsync(cancellation);
        return [.. steps.Take(first).Select(step => new Neighbour(step, view.Code))];
    }
}
