using System.ComponentModel;
using TraceGrains.Contracts.Holds;
using TraceGrains.Domain.Holds;

namespace TraceGrains.GraphQL.Holds;

[Description("Whether a step may be taken with a thing.")]
public sealed class MoveVerdict(MoveAnswer answer)
{
    [Description("Canonical code of the thing.")]
    public string Code => answer.Code;

    [Description("Whether the step may be taken.")]
    public bool Allowed => answer.Allowed;

    [Description("Why not; empty when it may.")]
    public IReadOnlyList<MoveReason> Reasons => [.. answer.Reasons.Select(reason => new MoveReason(reason))];

    [Description("What stands against the thing, but does not refuse this step: recalled goods may be taken in and stored.")]
    public IReadOnlyList<MoveReason> Cautions => [.. answer.Cautions.Select(reason => new MoveReason(reason))];

    [Description("The moment for which this holds.")]
    public DateTimeOffset At => answer.At;
}

[Description("One reason against moving a thing. Of many contents with the same reason some are named and the rest is counted.")]
public sealed class MoveReason(ToldReason reason)
{
    [Description("Which.")]
    public MoveReasonKind Kind => (MoveReasonKind)reason.Kind;

    [Description("Of what it holds.")]
    public MoveRelation Relation => (MoveRelation)reason.Relation;

    [Description("The thing of which it holds; null in a violation, where it holds of all its things themselves.")]
    public string? Code => reason.Code.Length == 0 ? null : reason.Code;

    [Description("Of how many things.")]
    public int Count => reason.Count;

    [Description("Id of the recall; null when there is no case.")]
    public string? RecallId => reason.Recall;

    [Description("The disposition that says so: a CBV word, or the URN of a hold; null when none does.")]
    public string? Disposition => reason.Disposition;

    [Description("Which date is over; null when none.")]
    public DateKind? Date => (DateKind?)reason.Date;

    [Description("Since when; null when unknown.")]
    public DateTimeOffset? Since => reason.Since;

    [Description("Ledger sequence of the event that says so; null when none is known.")]
    public long? EventSequence => reason.Sequence;
}
