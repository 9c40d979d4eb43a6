using TraceGrains.Domain.Access.Audit;

namespace TraceGrains.Ledger.Audit;

/// <summary>Where the audit log is kept: append-only, each number once. One suite of tests, <c>AuditLogConformance</c>, says what every engine must do.</summary>
public interface IAuditLog : IAsyncDisposable
{
    /// <summary>The last entry; null for an empty log.</summary>
    ValueTask<AuditRecord?> ReadLast(CancellationToken stop = default);

    /// <summary>Appends entries in one durable transaction, all or none.</summary>
    /// <exception cref="LedgerFencedException">They do not follow the last entry: somebody else has appended.</exception>
    Task Append(IReadOnlyList<AuditRecord> records, CancellationToken stop = default);

    /// <summary>Entries after a number, in order, of those that fit.</summary>
    ValueTask<IReadOnlyList<AuditRecord>> Read(long after, int first, AuditFilter filter, CancellationToken stop = default);
}

/// <summary>Which entries are wanted; null for any.</summary>
/// <param name="Subject">Of this account or key.</param>
/// <param name="Party">For this enterprise.</param>
/// <param name="Action">Of an action that begins so.</param>
/// <param name="From">Not before.</param>
/// <param name="Until">Before.</param>
public sealed record AuditFilter(string? Subject = null, string? Party = null, string? Action = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    /// <summary>All of them.</summary>
    public static AuditFilter Any { get; } = new();
}
