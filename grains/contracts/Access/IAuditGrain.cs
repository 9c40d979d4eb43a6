using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Access;

/// <summary>Writes and reads the audit log. One per ledger; should a second one exist, the log's unique key lets only one of them append.</summary>
[Alias("tg.IAuditGrain")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Puts notes on record, in their order; when this returns they are durable.</summary>
    [Alias("Record")]
    [ResponseTimeout("00:01:00")]
    Task Record([Immutable] AuditNote[] notes);

    /// <summary>Entries after a number, in order.</summary>
    [Alias("Read")]
    Task<AuditView[]> Read(long after, int first, AuditQuestion question);

    /// <summary>Hashes the whole log again.</summary>
    [Alias("Verify")]
    [ResponseTimeout("00:10:00")]
    Task<AuditVerdict> Verify(CancellationToken stop = default);
}

/// <summary>What somebody read or did, to be put on record.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.AuditNote")]
public sealed class AuditNote
{
    /// <summary>When.</summary>
    [Id(0)] public DateTimeOffset Time { get; set; }
    /// <summary>Who.</summary>
    [Id(1)] public Caller Caller { get; set; } = new();
    /// <summary>See <see cref="Domain.Access.Audit.AuditEntry"/>; cut and made one line when it is written.</summary>
    [Id(2)] public string Action { get; set; } = "";
    /// <summary>What it was about.</summary>
    [Id(3)] public string Target { get; set; } = "";
    /// <summary>How it went.</summary>
    [Id(4)] public string Outcome { get; set; } = "";
    /// <summary>What else is known.</summary>
    [Id(5)] public string Detail { get; set; } = "";
}

/// <summary>Which entries are wanted; null for any.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.AuditQuestion")]
public sealed class AuditQuestion
{
    /// <summary>Of this account or key.</summary>
    [Id(0)] public string? Subject { get; set; }
    /// <summary>For this enterprise.</summary>
    [Id(1)] public string? Party { get; set; }
    /// <summary>Of an action that begins so.</summary>
    [Id(2)] public string? Action { get; set; }
    /// <summary>Not before.</summary>
    [Id(3)] public DateTimeOffset? From { get; set; }
    /// <summary>Before.</summary>
    [Id(4)] public DateTimeOffset? Until { get; set; }
}

/// <summary>An entry of the audit log.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.AuditView")]
public sealed class AuditView
{
    /// <summary>Its place in the log, from 1.</summary>
    [Id(0)] public long Number { get; set; }
    /// <summary>When.</summary>
    [Id(1)] public DateTimeOffset Time { get; set; }
    /// <summary>The account or key.</summary>
    [Id(2)] public string Subject { get; set; } = "";
    /// <summary>As what they asked.</summary>
    [Id(3)] public Role Role { get; set; }
    /// <summary>The enterprise for which they acted; null for others.</summary>
    [Id(4)] public string? Party { get; set; }
    /// <summary>What kind of request.</summary>
    [Id(5)] public string Action { get; set; } = "";
    /// <summary>What it was about.</summary>
    [Id(6)] public string Target { get; set; } = "";
    /// <summary>"ok", or the code of what went wrong.</summary>
    [Id(7)] public string Outcome { get; set; } = "";
    /// <summary>Its hash over the one before, hexadecimal.</summary>
    [Id(8)] public string Hash { get; set; } = "";
    /// <summary>What else is known; empty for nothing.</summary>
    [Id(9)] public string Detail { get; set; } = "";
}

/// <summary>Whether the audit log holds.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.AuditVerdict")]
public sealed class AuditVerdict
{
    /// <summary>How many entries hold, from the first.</summary>
    [Id(0)] public long Checked { get; set; }
    /// <summary>The first that does not follow from the one before, or is gone although it was written; null when all is there and holds.</summary>
    [Id(1)] public long? BrokenAt { get; set; }
    /// <summary>Hash of the last entry that holds, hexadecimal.</summary>
    [Id(2)] public string Head { get; set; } = "";
}
