using System.ComponentModel;

namespace TraceGrains.GraphQL.Lineage;

[Description("Things of one holder that stand alike: same consignee, location and disposition.")]
public sealed class StandingGroup(Contracts.Lineage.StandingGroup group)
{
    [Description("The party they are on the way to; null when they are not on the way.")]
    public string? Consignee => group.Consignee;

    [Description("Where they are or were last seen; null when unknown.")]
    public string? Location => group.Location;

    [Description("Their disposition; null when no event gave one.")]
    public string? Disposition => group.Disposition;

    [Description("How many.")]
    public int Count => group.Count;
}
