using System.Text.Json;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Domain.Holds;

/// <summary>Things that an event moved for the same reasons against it.</summary>
/// <param name="Things">Their codes.</param>
/// <param name="Reasons">The reasons that would have refused the step.</param>
public sealed record ViolationFinding(string[] Things, ToldReason[] Reasons);

/// <summary>That an event moved goods which were not to be moved. The event is recorded all the same (I7).</summary>
/// <param name="EventId">The offending event's id.</param>
/// <param name="Sequence">Its place in the ledger.</param>
/// <param name="EventTime">When it happened.</param>
/// <param name="Step">The business step by which it moved them.</param>
/// <param name="Holder">Who had them afterwards, the party or else the place; null when unknown.</param>
/// <param name="Findings">What was moved and what stood against it.</param>
public sealed record Violation(
    string EventId, long Sequence, DateTimeOffset EventTime, string Step, string? Holder,
    ViolationFinding[] Findings);

/// <summary>
/// A violation as an event of TraceGrains' own in the ledger. It names the things, so that it stands in their chains, and states nothing about them. Its id follows from the offending event's, so
/// that of each there is one, however often it is looked for.
/// </summary>
public static class ViolationEvent
{
    /// <summary>The event's type.</summary>
    public const string Type = "urn:tracegrains:voc:ViolationEvent";

    const string HolderMember = "tg:holder";

    /// <summary>The field of an event's terms that has the holder.</summary>
    public static readonly string HolderField = TermFields.Own("", inner: false, TermFields.Qualified(JsonLdContext.ReservedVocabulary, "holder"));

    /// <summary>The id of the violation that an event is.</summary>
    public static string IdOf(string eventId) => $"urn:tracegrains:violation:{OwnText.Digest(eventId)}";

    /// <summary>Writes a violation.</summary>
    /// <param name="violation">What was done.</param>
    /// <param name="isAmount">Whether a code of it names a lot or product.</param>
    public static CanonicalEvent Build(Violation violation, Func<string, bool> isAmount) => OwnEvent.Write(Type, IdOf(violation.EventId), violation.EventTime, json =>
    {
        json.WriteString("bizStep", violation.Step);
        OwnText.WriteThings(json, violation.Findings.SelectMany(finding => finding.Things).Select(code => (code, isAmount(code))));
        OwnText.WriteKinds(json, violation.Findings.SelectMany(finding => finding.Reasons));
        if (violation.Holder is not null) json.WriteString(HolderMember, violation.Holder);
        json.WriteStartObject("tg:violation");
        json.WriteString("event", violation.EventId);
        json.WriteNumber("sequence", violation.Sequence);
        json.WriteStartArray("findings");
        foreach (var finding in violation.Findings)
        {
            json.WriteStartObject();
            json.WriteStartArray("things");
            foreach (var code in finding.Things) json.WriteStringValue(code);
            json.WriteEndArray();
            json.WriteStartArray("reasons");
            foreach (var reason in finding.Reasons) reason.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Reads a recorded violation; null when it is an event of another kind.</summary>
    public static Violation? TryRead(ReadOnlyMemory<byte> stored)
    {
        using var document = OwnText.Open(stored, Type);
        if (document is null) return null;
        var root = document.RootElement;
        var said = root.GetProperty("tg:violation"u8);
        return new(
            said.GetProperty("event"u8).GetString()!, said.GetProperty("sequence"u8).GetInt64(), root.GetProperty("eventTime"u8).GetDateTimeOffset(), root.GetProperty("bizStep"u8).GetString()!,
            OwnText.Text(root, HolderMember), [.. said.GetProperty("findings"u8).EnumerateArray().Select(finding => new ViolationFinding(
                [.. finding.GetProperty("things"u8).EnumerateArray().Select(code => code.GetString()!)],
                [.. finding.GetProperty("reasons"u8).EnumerateArray().Select(ToldReason.Read)]))]);
    }
}
