namespace TraceGrains.Ledger.Index;

/// <summary>
/// Where a page of an answer begins. Every page of one answer looks at the ledger through the same last event: what is captured meanwhile is in none of them, what was there is in exactly one.
/// </summary>
/// <param name="ThroughSequence">The last event the answer knows of.</param>
/// <param name="After">The last event that has been looked at; null on the first page.</param>
/// <param name="Skip">For answers ordered by a field of one's own: how many events have been given.</param>
/// <param name="Remaining">For answers with <c>eventCountLimit</c>: how many more events to give; null when there is no limit.</param>
public readonly record struct QueryPlace(long ThroughSequence, IndexEntry? After = null, int Skip = 0, int? Remaining = null);

/// <summary>What a page came to.</summary>
public enum QueryOutcome
{
    /// <summary>Here it is.</summary>
    Page = 0,
    /// <summary>More events satisfy the query than it allows (<c>maxEventCount</c>; the standard's QueryTooLargeException).</summary>
    TooLarge = 1,
    /// <summary>More would have to be looked at than is allowed (the standard's QueryTooComplexException).</summary>
    TooComplex = 2,
}

/// <summary>One page of an answer.</summary>
/// <param name="Outcome">What it came to.</param>
/// <param name="Events">The events, in the order asked for.</param>
/// <param name="Next">Where the next page begins; null after the last. A page may hold fewer events than asked for, even none, and still have a next one.</param>
public sealed record QueryResult(QueryOutcome Outcome, IReadOnlyList<LedgerEvent> Events, QueryPlace? Next);
