namespace TraceGrains.Ledger;

/// <summary>
/// The storage failed: no space, an I/O error, a lock held too long, a damaged file. A write that failed this way was rolled back and the ledger can be used
/// again at once; after a failure while committing, read the head before trying again, as one would after a crash.
/// </summary>
[Orleans.GenerateSerializer]
[Orleans.Alias("tg.LedgerUnavailable")]
public class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The storage has no space left. Nothing of the write was kept; it succeeds again once there is space, without a restart.</summary>
[Orleans.GenerateSerializer]
[Orleans.Alias("tg.LedgerFull")]
public sealed class LedgerFullException(string message, Exception? inner = null) : LedgerUnavailableException(message, inner);

/// <summary>The storage's server is away: it restarts, or hands over to another. It passes by itself; an append that was under way may have happened.</summary>
[Orleans.GenerateSerializer]
[Orleans.Alias("tg.LedgerAway")]
public sealed class LedgerAwayException(string message, Exception? inner = null) : LedgerUnavailableException(message, inner);

/// <summary>What was opened is not a ledger, or is a ledger of a version this program does not know. It was left as it was.</summary>
[Orleans.GenerateSerializer]
[Orleans.Alias("tg.LedgerFormat")]
public sealed class LedgerFormatException(string message, Exception? inner = null) : Exception(message, inner);
