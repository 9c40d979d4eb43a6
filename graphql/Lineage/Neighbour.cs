using System.ComponentModel;
using GraphQL;
using TraceGrains.GraphQL.Events;

namespace TraceGrains.GraphQL.Lineage;

[Description("A thing directly tied to another, and by what.")]
public sealed class Neighbour(Contracts.Lineage.PathStep step, string of)
{
    [Description("Canonical code of the tied thing.")]
    public string Code => step.From == of ? step.To : step.From;

    [Description("What ties them.")]
    public EdgeKind Kind => (EdgeKind)step.Kind;

    [Description("For a placement: since when.")]
    public DateTimeOffset? Since => step.Since;

    [Description("For a placement: until when; null while it lasts.")]
    public DateTimeOffset? Until => step.Until;

    [Complexity(Limits.CallWeight)]
    [Description("The event that says so.")]
    public Task<Event?> Event(IResolveFieldContext context) => Events.Event.At(context, step.Sequence);
}

[Description("One step between two things of a trace.")]
public sealed class PathStep(Contracts.Lineage.PathStep step)
{
    [Description("Canonical code of the thing it starts from.")]
    public string From => step.From;

    [Description("Canonical code of the thing it leads to.")]
    public string To => step.To;

    [Description("Along what.")]
    public EdgeKind Kind => (EdgeKind)step.Kind;

    [Description("For a placement: since when.")]
    public DateTimeOffset? Since => step.Since;

    [Description("For a placement: until when; null while it lasts.")]
    public DateTimeOffset? Until => step.Until;

    [Complexity(Limits.CallWeight)]
    [Description("The event that says so.")]
    public Task<Event?> Event(IResolveFieldContext context) => Events.Event.At(context, step.Sequence);
}
