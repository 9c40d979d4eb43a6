using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Holds;
using TraceGrains.GraphQL.Events;
using TraceGrains.GraphQL.Lineage;

namespace TraceGrains.GraphQL.Holds;

[Description("That an event moved goods which were not to be moved. The event is recorded all the same.")]
public sealed class Violation(QueriedEvent recorded)
{
    readonly Domain.Holds.Violation violation = ViolationEvent.TryRead(recorded.Json)!;

    [Id]
    [Description("Its id; the violation is an event of the ledger itself.")]
    public string Id => recorded.EventId;

    [Description("Its place in the ledger's order.")]
    public long Sequence => recorded.Sequence;

    [Description("When it was put on record.")]
    public DateTimeOffset RecordTime => recorded.RecordTime;

    [Description("When the goods were moved.")]
    public DateTimeOffset EventTime => violation.EventTime;

    [Description("The business step by which they were moved; urn:tracegrains:voc:consume for inputs of a transformation.")]
    public string Step => violation.Step;

    [Description("Who had them afterwards: the party, or the place where no party is known; null when unknown.")]
    public string? Holder => violation.Holder;

    [Description("Id of the event that moved them.")]
    public string OffendingEventId => violation.EventId;

    [Complexity(Limits.CallWeight)]
    [Description("The event that moved them.")]
    public Task<Event?> OffendingEvent(IResolveFieldContext context) => Event.At(context, violation.Sequence);

    [Description("What was moved, and what stood against it.")]
    public IReadOnlyList<ViolationFinding> Findings => [.. violation.Findings.Select(finding => new ViolationFinding(finding))];
}

[Description("Things that were moved, and the reasons against it that they have in common.")]
public sealed class ViolationFinding(Domain.Holds.ViolationFinding finding)
{
    [Description("How many things.")]
    public int Count => finding.Things.Length;

    [Description("Their codes.")]
    public IReadOnlyList<string> Things([Description("How many at most, 0 to 10,000.")] int first = 100) => [.. finding.Things.Take(Limits.Check(first, 0, Limits.ItemsMax, "first"))];

    [Description("What stood against it.")]
    public IReadOnlyList<MoveReason> Reasons => [.. finding.Reasons.Select(reason => new MoveReason(reason))];
}

[Description("A page of violations, newest first.")]
public sealed class ViolationPage(IReadOnlyList<Violation> violations, string? next)
{
    [Description("The violations.")]
    public IReadOnlyList<Violation> Nodes => violations;

    [Description("Where the next page starts.")]
    public PageInfo PageInfo => new(next);
}
