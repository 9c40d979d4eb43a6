using System.Text.Json;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Holds;

/// <summary>A hold as its notices tell it.</summary>
/// <param name="Id">Its URN, below <see cref="Blocks.HoldStart"/>; also the persistent disposition that it sets.</param>
/// <param name="Codes">What is held: units, lots, containers, devices; canonical.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who placed it: what stands for a name (<see cref="Access.PersonCommitment"/>; before names were kept apart the name), or a party's code.</param>
/// <param name="District">The district whose authority placed it (GB/T 2260); null where no district's did.</param>
public sealed record Hold(string Id, IReadOnlyList<string> Codes, string Reason, string By, string? District = null);

/// <summary>
/// Placing and releasing a hold as EPCIS events: the persistent disposition that they set and unset is the hold's own URN, so that of two holds on one thing each ends by itself. What is
/// TraceGrains' own stands in the member <c>tg:hold</c>.
/// </summary>
public static class HoldEvent
{
    const string Member = "tg:hold";

    /// <summary>The id of the notice that places a hold.</summary>
    public static string PlacedId(string hold) => $"{hold}:placed";

    /// <summary>The id of the notice that releases it.</summary>
    public static string ReleasedId(string hold) => $"{hold}:released";

    /// <summary>Writes the notice that places a hold.</summary>
    public static CanonicalEvent Placed(Hold hold, DateTimeOffset time, Func<string, bool> isAmount) => Build(hold, hold.Reason, hold.By, time, PlacedId(hold.Id), "set", "holding", isAmount);

    /// <summary>Writes the notice that releases it.</summary>
    public static CanonicalEvent Released(Hold hold, string reason, string by, DateTimeOffset time, Func<string, bool> isAmount) =>
        Build(hold, reason, by, time, ReleasedId(hold.Id), "unset", "other", isAmount);

    static CanonicalEvent Build(Hold hold, string reason, string by, DateTimeOffset time, string id, string side, string step, Func<string, bool> isAmount)
    {
        var written = OwnEvent.Write("ObjectEvent", id, time, json =>
        {
            json.WriteString("action", "OBSERVE");
            json.WriteString("bizStep", step);
            json.WriteStartObject("persistentDisposition");
            json.WriteStartArray(side);
            json.WriteStringValue(hold.Id);
            json.WriteEndArray();
            json.WriteEndObject();
            OwnText.WriteThings(json, hold.Codes.Select(code => (code, isAmount(code))));
            json.WriteStartObject(Member);
            json.WriteString("id", hold.Id);
            json.WriteString("reason", reason);
            json.WriteString("by", by);
            if (hold.District is not null) json.WriteString("district", hold.District);
            json.WriteEndObject();
        });
        return Read(written)?.Reason == reason ? written : throw new FormatException("A hold has to read back as it was written: some part of it is no text.");
    }

    /// <summary>Reads a recorded notice: the hold, with the reason and author of the notice; null when it is an event of another kind.</summary>
    public static Hold? Read(CanonicalEvent notice)
    {
        using var document = JsonDocument.Parse(notice.Json, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
        if (!document.RootElement.TryGetProperty(Member, out var said)) return null;
        return new(OwnText.Text(said, "id")!, [.. notice.Event.Epcs, .. notice.Event.Quantities.Select(amount => amount.Code)], OwnText.Text(said, "reason")!, OwnText.Text(said, "by")!, OwnText.Text(said, "district"));
    }
}
