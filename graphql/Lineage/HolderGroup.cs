using System.ComponentModel;

namespace TraceGrains.GraphQL.Lineage;

[Description("Things that one holder has.")]
public sealed class HolderGroup(Contracts.Lineage.HolderGroup group)
{
    [Description("The party that has them, or the place, where no event named a party; null when unknown.")]
    public string? Holder => group.Holder;

    [Description("How many.")]
    public int Count => group.Count;

    [Description("How they stand there, most first.")]
    public IReadOnlyList<StandingGroup> Standings => [.. group.Standings.Select(standing => new StandingGroup(standing))];
}
