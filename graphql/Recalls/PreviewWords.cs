using System.ComponentModel;

namespace TraceGrains.GraphQL.Recalls;

// Values are those of the domain, so that a cast translates; a test compares the lists.

[Description("What has become of a thing. The first that fits, in the order DESTROYED, SOLD, UNACCOUNTED by disposition, IN_TRANSIT, UNACCOUNTED by holder, ON_HAND.")]
public enum Fate
{
    [Description("Somebody has it. What a process has used up is counted where it was used.")]
    OnHand = 1,
    [Description("Sent to a party and not taken in since, or of disposition in_transit.")]
    InTransit = 2,
    [Description("A consumer or patient has it: disposition retail_sold or dispensed.")]
    Sold = 3,
    [Description("Disposition destroyed or disposed.")]
    Destroyed = 4,
    [Description("Disposition stolen or unknown; or neither a party nor a place is known.")]
    Unaccounted = 5,
}

[Description("How a chain of custody breaks.")]
public enum GapKind
{
    [Description("Sent off, and no event says that it arrived.")]
    ShippedNotReceived = 1,
    [Description("Handled, and no event says that it came into being.")]
    NeverCommissioned = 2,
    [Description("No event names a party that has it, nor a place where it is.")]
    HolderUnknown = 3,
}
