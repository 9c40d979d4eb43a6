using System.ComponentModel;
using System.Diagnostics;
using GraphQL;
using TraceGrains.Contracts.Recalls;

namespace TraceGrains.GraphQL;

[Description("A rule that said no: nothing was changed.")]
public sealed class Refusal(RefusalReason reason, string message)
{
    [Description("Which rule, for programs.")]
    public RefusalReason Reason => reason;

    [Description("The same in words, naming the field at fault.")]
    public string Message => message;
}

[Description("Why a request to act was refused. Where several reasons apply, the first of this order is given: SCOPE_INVALID, REASON_INVALID, SCOPE_UNKNOWN, ID_IN_USE, RECALL_UNKNOWN, ALREADY_WITHDRAWN, SCOPE_FIXED, SCOPE_DIRECTION, OVERTAKEN.")]
public enum RefusalReason
{
    [Description("The scope names nothing, or more than one thing, or is malformed.")]
    ScopeInvalid,
    [Description("The reason is empty, or longer than 2,000 characters.")]
    ReasonInvalid,
    [Description("No event has named the code, or no such event is on record.")]
    ScopeUnknown,
    [Description("A recall of that id with another scope, reason or class exists.")]
    IdInUse,
    [Description("There is no such recall.")]
    RecallUnknown,
    [Description("The recall was withdrawn already, for another reason.")]
    AlreadyWithdrawn,
    [Description("The recall was issued for a code, a run of serial numbers or an event; its scope cannot be changed.")]
    ScopeFixed,
    [Description("Something would leave a scope that is to be widened, or enter one that is to be narrowed; or nothing would change.")]
    ScopeDirection,
    [Description("Somebody else acted first; look at the case and ask again.")]
    Overtaken,
}

/// <summary>The one place where what grains refuse gets its name in the schema.</summary>
static class Refusals
{
    public static Refusal? Of(RecallAnswer answer) =>
        answer.Refused is { } reason ? new(Name(reason), answer.Message ?? "") : null;

    public static RefusalReason Name(RecallRefusal reason) => reason switch
    {
        RecallRefusal.ScopeInvalid => RefusalReason.ScopeInvalid,
        RecallRefusal.ReasonInvalid => RefusalReason.ReasonInvalid,
        RecallRefusal.ScopeUnknown => RefusalReason.ScopeUnknown,
        RecallRefusal.IdInUse => RefusalReason.IdInUse,
        RecallRefusal.RecallUnknown => RefusalReason.RecallUnknown,
        RecallRefusal.AlreadyWithdrawn => RefusalReason.AlreadyWithdrawn,
        RecallRefusal.ScopeFixed => RefusalReason.ScopeFixed,
        RecallRefusal.ScopeDirection => RefusalReason.ScopeDirection,
        RecallRefusal.Overtaken => RefusalReason.Overtaken,
        _ => throw new UnreachableException($"refusal {reason} has no name in the schema"),
    };
}
