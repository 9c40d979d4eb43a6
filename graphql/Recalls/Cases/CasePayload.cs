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
