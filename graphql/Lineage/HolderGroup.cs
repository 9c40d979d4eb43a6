using System.ComponentModel;

namespace TraceGrains.GraphQL.Lineage;

[Description("Things that stand alike: same holder, consignee, location and disposition.")]
public sealed class HolderGroup(Contracts.Lineage.HolderGroup group)
{
    [Description("The party that has them, or the place, where no event named a party; null when unknown.")]
    public string? Holder => group.Holder;

    [Description("The party they are on the way to; null when they are not on the way.")]
    public string? Consignee => group.Consignee;

    [Description("Where they are or were last seen; null when unknown.")]
    public string? Location => group.Location;

    [Description("Their disposition; null when no event gave one.")]
    public string? Disposition => group.Disposition;

    [Description("How many.")]
    public int Count => group.Count;
}
