using System.ComponentModel;
using TraceGrains.Contracts.Recalls;

namespace TraceGrains.GraphQL.Recalls;

[Description("The recall, or why the request was refused.")]
public sealed class RecallPayload(RecallAnswer answer)
{
    [Description("The recall as it stands; null when the request was refused.")]
    public Recall? Recall => answer.Recall is { } view ? new Recall(view) : null;

    [Description("Why the request was refused; null when it was done.")]
    public Refusal? Refusal => Refusals.Of(answer);
}
