using System.Buffers;
using System.Text.Json;
using TraceGrains.Contracts.Custody;

namespace TraceGrains.Silo.Epcis;

/// <summary>Reading an event back by its id.</summary>
static class EventEndpoints
{
    const string Events = EpcisEndpoints.Root + "/events/";

    public static void MapEvents(this IEndpointRouteBuilder epcis) =>
        epcis.MapGet("/events/{**eventId}", (HttpContext http, IGrainFactory grains) => Read(RawPath.After(http.Request, Events), grains));

    /// <summary>Where an event stands.</summary>
    public static string PathOf(string eventId) => Events + Uri.EscapeDataString(eventId);

    static async Task<IResult> Read(string eventId, IGrainFactory grains)
    {
        var found = await grains.GetGrain<IEventsGrain>(0).ById(eventId);
        return found.Length == 0
            ? Problems.NoSuchEvent(eventId)
            : Results.Bytes(WithRecordTime(found[0]), "application/ld+json");
    }

    /// <summary>The event as stored, with the record time and the id that this repository gave it.</summary>
    static byte[] WithRecordTime(EventView view)
    {
        using var stored = JsonDocument.Parse(view.Json);
        var buffer = new ArrayBufferWriter<byte>(view.Json.Length + 128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in stored.RootElement.EnumerateObject()) member.WriteTo(json);
            if (!stored.RootElement.TryGetProperty("eventID", out _)) json.WriteString("eventID", view.EventId);
            json.WriteString("recordTime", view.RecordTime.UtcDateTime);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
