using System.Text.Json;
using TraceGrains.Contracts.Custody;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Links;

/// <summary>An event of a thing's story, with what only its stored bytes say.</summary>
/// <param name="Sequence">Its place in the ledger.</param>
/// <param name="Event">What it says.</param>
/// <param name="LocalTime">Event time by the clock of the place where it happened.</param>
/// <param name="Expires">Expiry or best-before day among the instance and lot master data.</param>
sealed record ToldEvent(long Sequence, EpcisEvent Event, DateTimeOffset LocalTime, DateOnly? Expires)
{
    public static ToldEvent Read(EventView view)
    {
        var e = EpcisJson.ReadStored(view.Json).Event;
        using var document = JsonDocument.Parse(view.Json, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
        var root = document.RootElement;
        var offset = root.TryGetProperty("eventTimeZoneOffset", out var zone) && zone.GetString() is [var sign, ..] text && TimeSpan.TryParse(text[1..], out var hours) && hours <= TimeSpan.FromHours(14)
            ? sign == '-' ? -hours : hours
            : e.EventTime.Offset;
        return new(view.Sequence, e, e.EventTime.ToOffset(offset), root.TryGetProperty("ilmd", out var ilmd) ? ExpiryIn(ilmd) : null);
    }

    static DateOnly? ExpiryIn(JsonElement ilmd)
    {
        if (ilmd.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in ilmd.EnumerateObject())
            if (member.Name[(member.Name.LastIndexOfAny([':', '/', '#']) + 1)..] is "itemExpirationDate" or "bestBeforeDate"
                && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { Length: >= 10 } text && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", out var day))
                return day;
        return null;
    }
}
