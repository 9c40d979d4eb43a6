using System.Globalization;
using System.Text.Json;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Holds;

/// <summary>That a step was asked for and refused.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.RefusedMove")]
public sealed record RefusedMove
{
    /// <summary>Canonical code of the thing.</summary>
    [Id(0)] public string Code { get; set; } = "";
    /// <summary>Whether it is a lot or product.</summary>
    [Id(1)] public bool IsAmount { get; set; }
    /// <summary>The business step.</summary>
    [Id(2)] public string Step { get; set; } = "";
    /// <summary>The disposition that it was to have; null when none was told.</summary>
    [Id(3)] public string? Disposition { get; set; }
    /// <summary>Canonical code of the gate or till; null when none was told.</summary>
    [Id(4)] public string? Location { get; set; }
    /// <summary>When it was asked.</summary>
    [Id(5)] public DateTimeOffset Time { get; set; }
    /// <summary>Why it was refused.</summary>
    [Id(6)] public ToldReason[] Reasons { get; set; } = [];

    /// <summary>Within this time the same refusal of the same thing at the same place is one: a till that asks three times has been refused once.</summary>
    public static readonly TimeSpan RepeatTime = TimeSpan.FromSeconds(10);

    /// <summary>What is the same when it is refused again.</summary>
    public string Key => OwnText.Digest([Code, Step, Disposition ?? "", Location ?? "", .. Reasons.Select(reason => $"{reason.Kind} {reason.Relation} {reason.Code} {reason.Recall} {reason.Disposition} {reason.Date}")]);
}

/// <summary>
/// A refusal as an event of TraceGrains' own in the ledger. It names the thing, so that it stands in its chain, unless nothing is known of the thing: asking about a code must not make it known.
/// </summary>
public static class RefusalEvent
{
    /// <summary>The event's type.</summary>
    public const string Type = "urn:tracegrains:voc:RefusalEvent";

    /// <summary>Writes a refusal.</summary>
    /// <param name="refused">What was refused.</param>
    /// <param name="unrecorded">Refusals before it that could not be recorded.</param>
    public static CanonicalEvent Build(RefusedMove refused, long unrecorded)
    {
        // The same refusal in another silo within the same ten seconds has the same id, and is recorded once.
        var span = (refused.Time.UtcTicks / RefusedMove.RepeatTime.Ticks).ToString(CultureInfo.InvariantCulture);
        return OwnEvent.Write(Type, $"urn:tracegrains:refusal:{OwnText.Digest(refused.Key, span)}", refused.Time, json =>
        {
            json.WriteString("bizStep", refused.Step);
            if (refused.Disposition is not null) json.WriteString("disposition", refused.Disposition);
            OwnText.WritePlace(json, "readPoint", refused.Location);
            OwnText.WriteThings(json, refused.Reasons.Any(reason => reason.Kind == MoveReasonKind.Unknown) ? [] : [(refused.Code, refused.IsAmount)]);
            OwnText.WriteKinds(json, refused.Reasons);
            json.WriteStartObject("tg:refusal");
            json.WriteString("code", refused.Code);
            if (unrecorded > 0) json.WriteNumber("unrecorded", unrecorded);
            json.WriteStartArray("reasons");
            foreach (var reason in refused.Reasons) reason.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>Reads a recorded refusal; null when it is an event of another kind.</summary>
    public static (RefusedMove Refused, long Unrecorded)? TryRead(ReadOnlyMemory<byte> stored)
    {
        using var document = OwnText.Open(stored, Type);
        if (document is null) return null;
        var root = document.RootElement;
        var said = root.GetProperty("tg:refusal"u8);
        var place = root.TryGetProperty("readPoint"u8, out var point) ? OwnText.Text(point, "id") : null;
        return (new()
        {
            Code = said.GetProperty("code"u8).GetString()!, IsAmount = root.TryGetProperty("quantityList"u8, out _), Step = root.GetProperty("bizStep"u8).GetString()!,
            Disposition = OwnText.Text(root, "disposition"), Location = place, Time = root.GetProperty("eventTime"u8).GetDateTimeOffset(),
            Reasons = [.. said.GetProperty("reasons"u8).EnumerateArray().Select(ToldReason.Read)],
        }, said.TryGetProperty("unrecorded"u8, out var unrecorded) ? unrecorded.GetInt64() : 0);
    }
}
