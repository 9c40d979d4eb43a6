using System.ComponentModel;

namespace TraceGrains.GraphQL.Holds;

// Values are those of the domain, so that a cast translates; a test compares the lists.

[Description("Why a thing may not be moved.")]
public enum MoveReasonKind
{
    [Description("A recall in force reaches it, or something in it; or an event calls it recalled.")]
    Recalled = 1,
    [Description("It is on hold: by an order, or by a disposition that blocks.")]
    OnHold = 2,
    [Description("Its next inspection was due.")]
    Overdue = 3,
    [Description("Its expiration, best-before or sell-by date is over, or an event calls it expired.")]
    Expired = 4,
    [Description("It was sold or dispensed, and has not come back.")]
    AlreadySold = 5,
    [Description("It was destroyed, scrapped or decommissioned.")]
    Ended = 6,
    [Description("No event has told of it. Nothing is known against it either: whoever also trades in goods that are not traced has to decide what that means.")]
    Unknown = 7,
}

[Description("Of what a reason holds, seen from the thing that is to be moved.")]
public enum MoveRelation
{
    [Description("The thing itself.")]
    Itself = 0,
    [Description("Its lot.")]
    Lot = 1,
    [Description("Something it lies in.")]
    Container = 2,
    [Description("Something in it.")]
    Content = 3,
}

[Description("Which date is over.")]
public enum DateKind
{
    [Description("Use: the expiration date.")]
    Expiration = 1,
    [Description("Sale: the sell-by date.")]
    SellBy = 2,
    [Description("Quality as promised: the best-before date.")]
    BestBefore = 3,
    [Description("Safety as last inspected: the next inspection was due.")]
    NextInspection = 4,
}
