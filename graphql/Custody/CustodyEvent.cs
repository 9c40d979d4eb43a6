using System.ComponentModel;
using System.Globalization;
using TraceGrains.Contracts.Custody;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Events;

namespace TraceGrains.GraphQL.Custody;

[Description("An event that names a thing, party or place, and where to go on behind it.")]
public sealed class CustodyEvent(ChainLinkView link)
{
    [Description("What 'after' takes to go on behind this event. Good for ever: places in a chain never change.")]
    public string Cursor => ChainCursor.Write(link.Position);

    [Description("The link of the thing's custody chain.")]
    public ChainLink Link => new(link);

    [Description("The event.")]
    public Event Event => new(link.Event);
}

/// <summary>A place in a chain as text; 0 is before its first link.</summary>
static class ChainCursor
{
    public static string Write(int position) => position.ToString(CultureInfo.InvariantCulture);

    public static int Read(string cursor, string field) => int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        ? position
        : throw new BadInput(field, $"expected the cursor of an event of the same code, or \"0\" for the beginning, found '{cursor}'");
}
