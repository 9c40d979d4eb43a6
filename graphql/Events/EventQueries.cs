using System.ComponentModel;
using GraphQL;
using TraceGrains.Domain.Identity;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Events;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Description("A recorded event, by its id or by its place in the ledger (exactly one of the two); null when there is none.")]
    public static async Task<Event?> Event(
        IResolveFieldContext context,
        [Description("The id it is known by: its eventID, or its CBV hash where it came without one.")] string? id = null,
        [Description("Its place in the ledger's order, from 1.")] long? sequence = null)
    {
        if (id is null == sequence is null)
            throw new BadInput("id", "expected either id or sequence, " + (id is null ? "found neither" : "found both"));
        if (id is { Length: 0 or > Identifier.LengthMax })
            throw new BadInput("id", $"expected the id of an event, 1 to {Identifier.LengthMax} characters, found {id.Length}");
        if (sequence < 1)
            throw new BadInput("sequence", $"expected a number from 1, found {sequence}");

        return sequence is { } place ? await Events.Event.At(context, place) : await context.Reads().EventsOf[id!] is [var found, ..] ? new Event(found) : null;
    }
}
