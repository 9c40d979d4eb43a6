using System.Text.Json;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Queries;

/// <summary>
/// Everything a recorded event says that <c>SimpleEventQuery</c> can ask for. A pure function of the recorded event: the index is built from it and every
/// query is decided by it, so that the index can narrow a search but never change its outcome.
/// </summary>
public sealed class EventTerms
{
    readonly List<EventTerm> all;
    Dictionary<string, List<EventTerm>>? byField;

    EventTerms(List<EventTerm> all, DateTimeOffset eventTime) => (this.all, EventTime) = (all, eventTime);

    /// <summary>Version of these rules. An index made by older rules is made anew.</summary>
    public const int RulesVersion = 3;

    /// <summary>Event time, UTC, to the millisecond.</summary>
    public DateTimeOffset EventTime { get; }

    /// <summary>Every term.</summary>
    public IReadOnlyList<EventTerm> All => all;

    /// <summary>The terms of one field.</summary>
    public IReadOnlyList<EventTerm> Of(string field)
    {
        byField ??= all.GroupBy(term => term.Field, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        return byField.GetValueOrDefault(field) ?? [];
    }

    /// <summary>Reads the terms out of a recorded event.</summary>
    /// <param name="json">Its stored bytes (<see cref="CanonicalEvent.Json"/>).</param>
    /// <param name="eventId">The id it is known by.</param>
    /// <param name="recordTime">When it was recorded.</param>
    public static EventTerms Of(ReadOnlyMemory<byte> json, string eventId, DateTimeOffset recordTime)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
        var root = document.RootElement;
        var content = new EventContent(JsonLdContext.Read(root.GetProperty("@context"u8)), new IdentityCache());
        var reader = new TermReader();
        reader.Read(content.Of(root, []));
        if (content.Declaration(root) is { } declaration)
            reader.ReadDeclaration(declaration);
        reader.Add(TermFields.EventId, eventId);
        reader.AddTime(TermFields.RecordTime, recordTime);
        var eventTime = reader.Terms.Find(term => term.Field == TermFields.EventTime).Time ?? throw new FormatException("a stored event without eventTime");
        return new EventTerms(reader.Terms, eventTime);
    }
}
