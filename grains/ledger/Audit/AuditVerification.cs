using TraceGrains.Domain.Access.Audit;

namespace TraceGrains.Ledger.Audit;

/// <summary>What came of hashing an audit log again.</summary>
/// <param name="Last">The last entry that holds; 0 for none.</param>
/// <param name="Head">Its hash.</param>
/// <param name="BrokenAt">The first entry that does not hold, or is gone; null when all is there and holds.</param>
public sealed record AuditFinding(long Last, byte[] Head, long? BrokenAt);

/// <summary>Hashes an audit log again from its first entry.</summary>
public static class AuditVerification
{
    const int PageSize = 5_000;

    /// <summary>Looks at every entry.</summary>
    /// <param name="log">The log.</param>
    /// <param name="known">An entry known from elsewhere, with its hash: a log that was cut short or written anew as a whole holds in itself, but does not come to it. Null for none.</param>
    /// <param name="stop">Nobody waits for it any longer.</param>
    public static async Task<AuditFinding> Run(IAuditLog log, (long Number, byte[] Hash)? known = null, CancellationToken stop = default)
    {
        var (number, hash) = (0L, AuditEntry.Start);
        while (true)
        {
            var page = await log.Read(number, PageSize, AuditFilter.Any, stop);
            var broken = AuditChain.FirstBroken(number, hash, page);
            if (known is { Number: > 0 } kept && kept.Number > number && kept.Number <= number + page.Count && !(broken <= kept.Number) && !page[(int)(kept.Number - number) - 1].Hash.AsSpan().SequenceEqual(kept.Hash)) broken = kept.Number;
            var good = broken is { } first ? (int)(first - number) - 1 : page.Count;
            if (good > 0) (number, hash) = (number + good, page[good - 1].Hash);
            if (broken is not null) return new(number, hash, broken);
            if (page.Count == PageSize) continue;
            return new(number, hash, known?.Number > number ? number + 1 : null);
        }
    }
}
