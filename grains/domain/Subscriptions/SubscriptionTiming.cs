namespace TraceGrains.Domain.Subscriptions;

/// <summary>When a subscriber is told, and of what.</summary>
[GenerateSerializer]
[Alias("tg.SubscriptionTiming")]
public sealed record SubscriptionTiming
{
    /// <summary>When the query is asked; null for a stream: as soon as events are recorded.</summary>
    [Id(0)] public QuerySchedule? Schedule { get; set; }
    /// <summary>Whether a scheduled answer without events is sent too. A stream never has one.</summary>
    [Id(1)] public bool ReportIfEmpty { get; set; }
    /// <summary>Only events recorded at or after this time; null: those recorded after the subscription was made.</summary>
    [Id(2)] public DateTimeOffset? InitialRecordTime { get; set; }
}

/// <summary>What a client subscribed to by webhook asked for.</summary>
[GenerateSerializer]
[Alias("tg.SubscriptionTerms")]
public sealed record SubscriptionTerms
{
    /// <summary>URL that deliveries are posted to (<c>dest</c>).</summary>
    [Id(0)] public string Destination { get; set; } = "";
    /// <summary>The secret that deliveries are signed with; null when they are not.</summary>
    [Id(1)] public string? SignatureToken { get; set; }
    /// <summary>When.</summary>
    [Id(2)] public SubscriptionTiming Timing { get; set; } = new();
    /// <summary>In which spelling identifiers are sent (<c>GS1-EPC-Format</c>).</summary>
    [Id(3)] public string EpcFormat { get; set; } = "";
}
