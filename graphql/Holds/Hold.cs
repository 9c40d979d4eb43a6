using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Holds;

namespace TraceGrains.GraphQL.Holds;

[Description("An order that things are not moved on, until it is released. It holds the things it names, the units of a lot it names, and what lies in a container it names; not what is made of them, which is what a recall is for.")]
public sealed class Hold(HoldView view)
{
    [Id]
    [Description("Its URN; also the persistent disposition that its notices set and unset.")]
    public string Id => view.Id;

    [Description("What it holds; canonical codes.")]
    public IReadOnlyList<string> Codes => view.Codes;

    [Description("Why.")]
    public string Reason => view.Reason;

    [Description("Who placed it.")]
    public string By => view.By;

    [Description("When it was placed.")]
    public DateTimeOffset PlacedAt => view.PlacedAt;

    [Description("When it was released; null while it holds.")]
    public DateTimeOffset? ReleasedAt => view.ReleasedAt;

    [Description("Why it was released; null while it holds.")]
    public string? ReleasedReason => view.ReleasedReason;

    [Description("Who released it; null while it holds.")]
    public string? ReleasedBy => view.ReleasedBy;
}

[Description("The hold, or why the request was refused.")]
public sealed class HoldPayload(HoldAnswer answer)
{
    [Description("The hold as it stands; null when the request was refused.")]
    public Hold? Hold => answer.Hold is { } view ? new Hold(view) : null;

    [Description("Why the request was refused; null when it was done.")]
    public Refusal? Refusal => Refusals.Of(answer);
}

[Description("A hold to be placed.")]
public sealed class PlaceHoldInput
{
    [Id]
    [Description("A UUID of the client's own choice. Store it before sending and send the same again after a lost answer: the hold is placed once. Left out, a new one is made.")]
    public string? Id { get; set; }

    [Description("1 to 10,000 units, lots, containers or devices that events have named, in any spelling.")]
    public List<string> Codes { get; set; } = [];

    [Description("Why, 1 to 2,000 characters." + FreeText.NoNames)]
    public string Reason { get; set; } = "";

    [Description("Who places it: a name or a party's code, 1 to 200 characters." + FreeText.KeptApart)]
    public string By { get; set; } = "";
}
