using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Lineage;

/// <summary>An accepted event on its way to the ledger, with everything that can be worked out before it has a place in the order.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.EventToRecord")]
public sealed class EventToRecord
{
    /// <summary>Canonical bytes (<see cref="CanonicalEvent.Json"/>).</summary>
    [Id(0)] public byte[] Json { get; set; } = [];
    /// <summary>CBV 2.0 event hash, 32 bytes.</summary>
    [Id(1)] public byte[] CbvHash { get; set; } = [];
    /// <summary>The id it is known by.</summary>
    [Id(2)] public string EventId { get; set; } = "";
    /// <summary>Whether it brought its own id.</summary>
    [Id(3)] public bool HasOwnId { get; set; }
    /// <summary>Whether it is an error declaration.</summary>
    [Id(4)] public bool DeclaresError { get; set; }
    /// <summary>The codes it names.</summary>
    [Id(5)] public string[] Codes { get; set; } = [];
    /// <summary>In which roles, code by code.</summary>
    [Id(6)] public Roles[] Roles { get; set; } = [];
    /// <summary>Its facts, encoded, referring to <see cref="Codes"/> from 1.</summary>
    [Id(7)] public byte[] Facts { get; set; } = [];

    /// <summary>Works out what can be known of an event by itself.</summary>
    public static EventToRecord Of(CanonicalEvent canonical)
    {
        var facts = EventFacts.Of(canonical);
        return new()
        {
            Json = canonical.Json.ToArray(),
            CbvHash = canonical.CbvHash.ToArray(),
            EventId = canonical.Id,
            HasOwnId = canonical.Event.EventId is not null,
            DeclaresError = canonical.Event.ErrorDeclaration is not null,
            Codes = [.. facts.Mentions.Select(mention => mention.Code)],
            Roles = [.. facts.Mentions.Select(mention => mention.Roles)],
            Facts = FactCodec.Encode(facts.EventTime, facts.TieBreak, facts.Facts),
        };
    }
}
