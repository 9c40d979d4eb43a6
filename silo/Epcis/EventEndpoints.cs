namespace TraceGrains.Silo.Epcis;

/// <summary>Where events stand.</summary>
static class EventEndpoints
{
    /// <summary>The path of an event.</summary>
    public static string PathOf(string eventId) => $"{EpcisEndpoints.Root}/events/{Uri.EscapeDataString(eventId)}";
}
