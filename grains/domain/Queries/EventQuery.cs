namespace TraceGrains.Domain.Queries;

/// <summary>By what the events of an answer are ordered.</summary>
public enum EventOrder
{
    /// <summary>By event time; events of one instant by their place in the ledger. Also when the query asks for no order.</summary>
    EventTime = 0,
    /// <summary>By record time, which is the ledger's order.</summary>
    RecordTime = 1,
    /// <summary>By the value of a field of one's own.</summary>
    OwnField = 2,
}

/// <summary>A <c>SimpleEventQuery</c> (EPCIS 2.0, 8.2.7.1), checked and in canonical terms.</summary>
public sealed record EventQuery
{
    internal IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>By what the answer is ordered.</summary>
    public EventOrder Order { get; init; }

    /// <summary>Latest, last or greatest first.</summary>
    public bool Descending { get; init; }

    /// <summary>The field of <see cref="EventOrder.OwnField"/>; null for the other orders.</summary>
    public string? OrderField { get; init; }

    /// <summary>Only the first so many events (<c>eventCountLimit</c>); null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>More events than this are too many to answer (<c>maxEventCount</c>); null when there is no such bound.</summary>
    public int? Max { get; init; }

    /// <summary>Events at or after this time; null when the query does not say.</summary>
    public DateTimeOffset? FromEventTime => Bound(TermFields.EventTime, Comparison.GreaterOrEqual);

    /// <summary>Events before this time; null when the query does not say.</summary>
    public DateTimeOffset? ToEventTime => Bound(TermFields.EventTime, Comparison.Less);

    /// <summary>Events recorded at or after this time; null when the query does not say.</summary>
    public DateTimeOffset? FromRecordTime => Bound(TermFields.RecordTime, Comparison.GreaterOrEqual);

    /// <summary>Events recorded before this time; null when the query does not say.</summary>
    public DateTimeOffset? ToRecordTime => Bound(TermFields.RecordTime, Comparison.Less);

    /// <summary>What has to be asked of master data before the query can be decided; empty for most.</summary>
    public IReadOnlyList<MasterQuestion> Questions => [.. Conditions.OfType<ByMasterData>().Select(condition => condition.Question)];

    /// <summary>Whether an event satisfies every condition.</summary>
    public bool Matches(EventTerms terms)
    {
        foreach (var condition in Conditions)
            if (!condition.Holds(terms))
                return false;
        return true;
    }

    /// <summary>The value by which <see cref="EventOrder.OwnField"/> orders an event: numbers before times before texts; null where the event lacks the field.</summary>
    public EventTerm? OrderValue(EventTerms terms) => OrderField is { } field && terms.Of(field) is [var first, ..] ? first : null;

    /// <summary>The query with the answers to <see cref="Questions"/> put in their place.</summary>
    /// <param name="answers">For each question the canonical codes it found.</param>
    public EventQuery Resolve(IReadOnlyList<IReadOnlyCollection<string>> answers)
    {
        var next = 0;
        return this with
        {
            Conditions = [.. Conditions.Select(condition => condition is ByMasterData asked ? Found(asked.Field, answers[next++]) : condition)],
        };
    }

    // Master data of a product holds for its lots and units.
    static Condition Found(string field, IReadOnlyCollection<string> codes) => TermFields.AnyEpc.Contains(field) || TermFields.AnyEpcClass.Contains(field)
        ? new MatchesCode([field], [.. codes.Select(CodePattern.Of)])
        : new IsOneOf(field, codes.ToHashSet(StringComparer.Ordinal));

    DateTimeOffset? Bound(string field, Comparison how)
    {
        DateTimeOffset? bound = null;
        foreach (var condition in Conditions)
            if (condition is ComparesTime { To: [var time] } compares && compares.Field == field && compares.How == how
                && (bound is null || (how == Comparison.Less ? time < bound : time > bound)))
                bound = time;
        return bound;
    }
}
