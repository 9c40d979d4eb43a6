using System.Globalization;
using System.Text.Json;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>
/// The date on which an event brought things into being: the production date of its ILMD (<c>cbvmda:productionDate</c>, as it is written on the goods), and where it gives none, the date of
/// the event at the event's own time-zone offset.
/// </summary>
public static class ProductionDate
{
    static readonly string[] namespaces = ["cbvmda:", "urn:epcglobal:cbv:mda:", "urn:epcglobal:cbv:mda#", "https://ref.gs1.org/cbv/", "https://gs1.org/voc/", "gs1:"];

    /// <summary>Reads it out of the stored event.</summary>
    public static DateOnly Of(CanonicalEvent canonical)
    {
        var time = canonical.Event.EventTime;
        var offset = time.Offset;
        using var json = JsonDocument.Parse(canonical.Json);
        if (json.RootElement.ValueKind == JsonValueKind.Object)
        {
            if (json.RootElement.TryGetProperty("ilmd"u8, out var ilmd) && ilmd.ValueKind == JsonValueKind.Object && In(ilmd) is { } date) return date;
            if (json.RootElement.TryGetProperty("eventTimeZoneOffset"u8, out var zone) && zone.ValueKind == JsonValueKind.String && Offset(zone.GetString()!) is { } own) offset = own;
        }
        return DateOnly.FromDateTime(time.ToOffset(offset).DateTime);
    }

    static DateOnly? In(JsonElement ilmd)
    {
        foreach (var member in ilmd.EnumerateObject())
            if (namespaces.Any(start => member.Name.Length == start.Length + "productionDate".Length && member.Name.StartsWith(start, StringComparison.Ordinal)
                    && member.Name.EndsWith("productionDate", StringComparison.Ordinal)) && Date(Text(member.Value)) is { } date)
                return date;
        return null;
    }

    /// <summary>A value, or the value of a typed literal.</summary>
    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object when value.TryGetProperty("@value"u8, out var typed) && typed.ValueKind == JsonValueKind.String => typed.GetString(),
        _ => null,
    };

    /// <summary>The date as it is written, whatever time of day and offset follow.</summary>
    static DateOnly? Date(string? text) =>
        text is { Length: >= 10 } && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    static TimeSpan? Offset(string text) =>
        text is ['+' or '-', _, _, ':', _, _] && TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var size) && size <= TimeSpan.FromHours(14)
            ? text[0] == '-' ? -size : size : null;
}
