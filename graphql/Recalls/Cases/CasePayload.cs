using System.ComponentModel;
using TraceGrains.Contracts.Recalls;

namespace TraceGrains.GraphQL.Recalls.Cases;

[Description("The case after an act, or why the act was refused.")]
public sealed class RecallCasePayload(CaseAnswer answer)
{
    [Description("The case as it stands; null when the act was refused.")]
    public RecallCase? Case => answer.Case is { } view ? new RecallCase(view) : null;

    [Description("Number of the entry that the act became; null when it was refused.")]
    public int? Entry => answer.Entry;

    [Description("Why the act was refused; null when it was done.")]
    public Refusal? Refusal => Refusals.Of(answer);
}

[Description("A link by which a party can answer without an account, or why none was made.")]
public sealed class AnswerLinkPayload(AnswerLink link)
{
    [Description("The link's path; told once and kept nowhere.")]
    public string? Path => link.Token is { } token ? $"/recall-answer/{token}" : null;

    [Description("When it ends to be good.")]
    public DateTimeOffset? Expires => link.Expires;

    [Description("The case as it stands; null when none was made.")]
    public RecallCase? Case => link.Answer.Case is { } view ? new RecallCase(view) : null;

    [Description("Why none was made; null when one was.")]
    public Refusal? Refusal => Refusals.Of(link.Answer);
}
