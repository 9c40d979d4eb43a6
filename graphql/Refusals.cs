using System.ComponentModel;
using System.Diagnostics;
using GraphQL;
using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.GraphQL;

[Description("A rule that said no: nothing was changed.")]
public sealed class Refusal(RefusalReason reason, string message)
{
    [Description("Which rule, for programs.")]
    public RefusalReason Reason => reason;

    [Description("The same in words, naming the field at fault.")]
    public string Message => message;
}

[Description("Why a request to act was refused. Where several reasons apply, the first of this order is given: SCOPE_INVALID, REASON_INVALID, SCOPE_UNKNOWN, ID_IN_USE, RECALL_UNKNOWN, ALREADY_WITHDRAWN, SCOPE_FIXED, SCOPE_DIRECTION, OVERTAKEN; of an act in a case: FIELD_INVALID, CASE_UNKNOWN, ID_IN_USE, STATE_FORBIDS, SCOPE_UNKNOWN, SCOPE_DIRECTION, SCOPE_FIXED, ENTRY_UNKNOWN, SIGNATURE_MISSING, ANSWERS_MISSING, NOT_YOURS, NOT_RECALLED, LINK_INVALID; of a hold: FIELD_INVALID, ID_IN_USE, THING_UNKNOWN, HOLD_UNKNOWN, ALREADY_RELEASED; of a key of a machine: FIELD_INVALID, TOO_MANY_KEYS, KEY_UNKNOWN, KEY_REVOKED.")]
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
    [Description("A field is missing, too long or malformed.")]
    FieldInvalid,
    [Description("There is no such case.")]
    CaseUnknown,
    [Description("The case does not stand where this can be done.")]
    StateForbids,
    [Description("There is no such entry in the case, or its hash is another.")]
    EntryUnknown,
    [Description("Somebody else than who did it has to sign it first.")]
    SignatureMissing,
    [Description("Not everybody has answered for everything, and no reason was given why the case is completed all the same.")]
    AnswersMissing,
    [Description("Only TraceGrains itself records this.")]
    NotYours,
    [Description("The goods named are not reached by the recall.")]
    NotRecalled,
    [Description("The link is unknown, or its time is over.")]
    LinkInvalid,
    [Description("No event has named one of the things, or it names no goods.")]
    ThingUnknown,
    [Description("There is no such hold.")]
    HoldUnknown,
    [Description("The hold was released already, for another reason or by somebody else.")]
    AlreadyReleased,
    [Description("The enterprise has as many keys as it may.")]
    TooManyKeys,
    [Description("There is no such key.")]
    KeyUnknown,
    [Description("The key was revoked.")]
    KeyRevoked,
    [Description("As many tokens are revoked as may be at a time.")]
    TooManyRevocations,
}

/// <summary>The one place where what grains refuse gets its name in the schema.</summary>
static class Refusals
{
    public static Refusal? Of(RecallAnswer answer) =>
        answer.Refused is { } reason ? new(Name(reason), answer.Message ?? "") : null;

    public static Refusal? Of(CaseAnswer answer) =>
        answer.Refused is { } reason ? new(Name(reason), answer.Message ?? "") : null;

    public static Refusal? Of(HoldAnswer answer) =>
        answer.Refused is { } reason ? new(Name(reason), answer.Message ?? "") : null;

    public static RefusalReason Name(HoldRefusal reason) => reason switch
    {
        HoldRefusal.FieldInvalid => RefusalReason.FieldInvalid,
        HoldRefusal.ThingUnknown => RefusalReason.ThingUnknown,
        HoldRefusal.IdInUse => RefusalReason.IdInUse,
        HoldRefusal.HoldUnknown => RefusalReason.HoldUnknown,
        HoldRefusal.AlreadyReleased => RefusalReason.AlreadyReleased,
        _ => throw new UnreachableException($"refusal {reason} has no name in the schema"),
    };

    public static RefusalReason Name(CaseRefusal reason) => reason switch
    {
        CaseRefusal.FieldInvalid => RefusalReason.FieldInvalid,
        CaseRefusal.CaseUnknown => RefusalReason.CaseUnknown,
        CaseRefusal.IdInUse => RefusalReason.IdInUse,
        CaseRefusal.StateForbids => RefusalReason.StateForbids,
        CaseRefusal.ScopeUnknown => RefusalReason.ScopeUnknown,
        CaseRefusal.ScopeDirection => RefusalReason.ScopeDirection,
        CaseRefusal.ScopeFixed => RefusalReason.ScopeFixed,
        CaseRefusal.EntryUnknown => RefusalReason.EntryUnknown,
        CaseRefusal.SignatureMissing => RefusalReason.SignatureMissing,
        CaseRefusal.AnswersMissing => RefusalReason.AnswersMissing,
        CaseRefusal.NotYours => RefusalReason.NotYours,
        CaseRefusal.NotRecalled => RefusalReason.NotRecalled,
        CaseRefusal.LinkInvalid => RefusalReason.LinkInvalid,
        _ => throw new UnreachableException($"refusal {reason} has no name in the schema"),
    };

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
