using System.ComponentModel;
using DomainEdgeKind = TraceGrains.Domain.Lineage.EdgeKind;

namespace TraceGrains.GraphQL.Lineage;

// The domain's own enumeration has sets among its values; a schema has a list for that.
[Description("What ties two things together.")]
public enum EdgeKind
{
    [Description("Input to output of a transformation.")]
    MadeOf = 1,
    [Description("Lot to unit of the lot.")]
    MemberOf = 2,
    [Description("Container to content, from a time to a time.")]
    ContainedIn = 4,
    [Description("Asset to attached part or sensor, from a time to a time.")]
    AttachedTo = 8,
}

[Description("Which way a trace walks.")]
public enum TraceDirection
{
    [Description("Towards what came of it: outputs, units, contents, parts.")]
    Forward = 1,
    [Description("Towards where it came from: inputs, lots, containers, assets.")]
    Backward = 2,
}

static class Ties
{
    public static DomainEdgeKind All(IReadOnlyList<EdgeKind>? follow) => follow switch
    {
        null => DomainEdgeKind.All,
        [] => throw new Errors.BadInput("follow", "expected at least one kind, found none; leave it out to follow all"),
        _ => follow.Aggregate(DomainEdgeKind.None, (set, kind) => set | (DomainEdgeKind)kind),
    };
}
