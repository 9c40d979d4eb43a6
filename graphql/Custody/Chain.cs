using System.ComponentModel;
using TraceGrains.Contracts.Custody;
using TraceGrains.GraphQL.Events;

namespace TraceGrains.GraphQL.Custody;

[Description("Some links of a custody chain.")]
public sealed class Chain(ChainPage page)
{
    [Description("Length of the whole chain.")]
    public int Total => page.Total;

    [Description("Whether there are links after these.")]
    public bool HasMore => page.HasMore;

    [Description("The links, oldest first.")]
    public IReadOnlyList<ChainLink> Links => [.. page.Links.Select(link => new ChainLink(link))];
}

[Description("One link of a custody chain: an event that names the thing, hashed over the link before.")]
public sealed class ChainLink(ChainLinkView link)
{
    [Description("Place in the chain, from 1; what 'after' takes.")]
    public int Position => link.Position;

    [Description("SHA-256 over the hash of the link before and the event's hash, hexadecimal.")]
    public string Hash => link.Hash;

    [Description("The event.")]
    public Event Event => new(link.Event);
}
