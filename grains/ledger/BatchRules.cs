namespace TraceGrains.Ledger;

/// <summary>What a batch must satisfy before any engine writes a row of it. Engines add the rules that need a look at stored rows.</summary>
/// <remarks>
/// Two kinds of no. A value that could never be stored is the caller's bug: <see cref="ArgumentException"/>. A number that does not follow the head
/// may be nobody's bug, just a sequencer that has been overtaken: <see cref="LedgerFencedException"/>.
/// </remarks>
static class BatchRules
{
    /// <summary>The lineage index keeps sequence numbers in 32 bits.</summary>
    public const long MaxSequence = uint.MaxValue;

    /// <summary>Rules that need no storage; checked before the transaction begins.</summary>
    public static void CheckForm(LedgerBatch batch, int shardCount)
    {
        foreach (var recorded in batch.Events)
        {
            CheckText(recorded.EventId, "event id");
            CheckHash(recorded.CbvHash, "CBV hash");
            CheckHash(recorded.EventHash, "event hash");
            if (recorded.RecordTime.Offset != TimeSpan.Zero || recorded.RecordTime.Ticks % TimeSpan.TicksPerMillisecond != 0)
                throw new ArgumentException($"record time {recorded.RecordTime:O} of event {recorded.Sequence} is not UTC in whole milliseconds");
        }

        foreach (var entity in batch.Entities)
            CheckText(entity.Code, "code");
        foreach (var link in batch.Links)
            CheckHash(link.Hash, "link hash");
        foreach (var row in batch.Rows)
            if (row.Shard < ShardRow.EveryShard || row.Shard >= shardCount)
                throw new ArgumentException($"there is no shard {row.Shard}: this ledger has {shardCount}");
    }

    /// <summary>Rules about the order; checked inside the transaction, where the head cannot move.</summary>
    public static void CheckFollows(LedgerBatch batch, LedgerHead head)
    {
        var sequence = head.Sequence;
        var time = head.RecordTime;
        foreach (var recorded in batch.Events)
        {
            if (recorded.Sequence != ++sequence)
                throw new LedgerFencedException($"event {recorded.Sequence} does not follow {sequence - 1}, where the ledger stands");
            if (recorded.RecordTime < time)
                throw new LedgerFencedException($"event {recorded.Sequence} was recorded at {recorded.RecordTime:O}, before its predecessor's {time:O}");
            time = recorded.RecordTime;
        }

        if (sequence > MaxSequence)
            throw new LedgerUnavailableException($"the ledger is full: it holds {head.Sequence} events and the most is {MaxSequence}");

        var number = head.Entity;
        foreach (var entity in batch.Entities)
            if (number == int.MaxValue || entity.Number != ++number)
                throw new LedgerFencedException($"entity {entity.Number} does not follow {number}, the last one named");

        // An append derives rows from its own events only, a projection from events that are there already.
        var first = batch.Events.Count > 0 ? head.Sequence + 1 : 1;
        foreach (var link in batch.Links)
        {
            if (link.Sequence < first || link.Sequence > sequence)
                throw new LedgerFencedException($"a link of entity {link.Entity} names event {link.Sequence}, which is not between {first} and {sequence}");
            if (link.Entity < 1 || link.Entity > number)
                throw new LedgerFencedException($"a link names entity {link.Entity}; the last one is {number}");
        }

        foreach (var row in batch.Rows)
            if (row.Sequence < first || row.Sequence > sequence)
                throw new LedgerFencedException($"a row of shard {row.Shard} names event {row.Sequence}, which is not between {first} and {sequence}");
    }

    /// <summary>Whether a text could be a code or an id at all. Engines answer "not found" for any other, each in its own way otherwise.</summary>
    public static bool IsText(string text) => !text.Contains('\0') && (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 || HasWholePairs(text));

    static bool HasWholePairs(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }

    // Text must survive the trip through UTF-8: engines compare and store it as those bytes, and PostgreSQL has no U+0000 in text.
    static void CheckText(string text, string what)
    {
        if (text.Length == 0 || text.Contains('\0'))
            throw new ArgumentException($"an {what} is neither empty nor contains U+0000");
        if (!IsText(text))
            throw new ArgumentException($"an {what} has half of a surrogate pair");
    }

    static void CheckHash(byte[] hash, string what)
    {
        if (hash.Length != LedgerHash.Size)
            throw new ArgumentException($"a {what} has {LedgerHash.Size} bytes, not {hash.Length}");
    }
}
