using System.ComponentModel;
using GraphQL;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.GraphQL.Lineage;

[Description("A page of things, in the order in which the ledger first heard of them.")]
public sealed class ItemPage(IReadOnlyList<Contracts.Lineage.TracedItem> items, string? next)
{
    /// <summary>A page with nothing on it, and none behind it.</summary>
    internal static ItemPage Empty { get; } = new([], null);

    /// <summary>Whether a page is asked of a holder of whom the caller may not hear: that holder has nothing, or how much it has would be told by asking for it by name.</summary>
    internal static async ValueTask<bool> IsKeptBack(IResolveFieldContext context, string? holder) => Codes.Canonical(holder, "holder") is { } code && context.Viewer() is { SeesAll: false } viewer && !await viewer.SeesParty(code);

    [Description("The things.")]
    public IReadOnlyList<TracedItem> Nodes => [.. items.Select(item => new TracedItem(item))];

    [Description("Where the next page starts.")]
    public PageInfo PageInfo => new(next);
}

[Description("Where the next page starts.")]
public sealed class PageInfo(string? next)
{
    [Description("What 'after' takes to answer the next page; null at the end.")]
    public string? EndCursor => next;

    [Description("Whether there is a next page.")]
    public bool HasNextPage => next is not null;
}

[Description("One thing that a trace or a recall reached.")]
public sealed class TracedItem(Contracts.Lineage.TracedItem item)
{
    [Description("Canonical code.")]
    public string Code => item.Code;

    [Description("The party that has it, or the place, where no event named a party; null when unknown.")]
    public string? Holder => item.Holder;

    [Description("The party it is on the way to; null when it is not on the way.")]
    public string? Consignee => item.Consignee;

    [Description("Where it is or was last seen; null when unknown.")]
    public string? Location => item.Location;

    [Description("Its disposition; null when no event gave one.")]
    public string? Disposition => item.Disposition;

    [Description("Whether a recall is in force on it.")]
    public bool Recalled => item.Recalls.Length > 0;

    [Description("Ids of the recalls in force on it.")]
    public IReadOnlyList<string> RecallIds => item.Recalls;
}
