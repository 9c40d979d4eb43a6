namespace TraceGrains.Ledger;

/// <summary>
/// The durable, append-only order of all events, and the rows derived from it in the same transaction. One suite of tests, <c>LedgerConformance</c>,
/// says what every engine must do. The format is specified in <c>FORMAT.md</c>.
/// </summary>
/// <remarks>
/// All methods may be called from any thread at any time; appends are serialised by the engine. A sequence number, entity number or chain position is
/// used once: an append that would use one again fails whole with <see cref="LedgerFencedException"/>, which is what keeps two writers from forking the order.
/// </remarks>
public interface ILedger : IAsyncDisposable
{
    /// <summary>Facts fixed when this ledger was first opened, and the projection version it has now.</summary>
    LedgerConstants Constants { get; }

    /// <summary>The last sequence number, entity number and record time; zeros for an empty ledger.</summary>
    ValueTask<LedgerHead> ReadHead(CancellationToken stop = default);

    /// <summary>Appends one batch in one durable transaction: when this returns, the batch survives a power cut. All or nothing.</summary>
    /// <exception cref="LedgerFencedException">The batch does not follow the head: somebody else has appended.</exception>
    Task Append(LedgerBatch batch, CancellationToken stop = default);

    /// <summary>Numbers of the given codes, in the order asked; 0 for a code no event has named.</summary>
    ValueTask<int[]> FindEntities(IReadOnlyList<string> codes, CancellationToken stop = default);

    /// <summary>Codes of the given entity numbers, in the order asked. An unknown number throws <see cref="KeyNotFoundException"/>.</summary>
    ValueTask<string[]> ReadCodes(IReadOnlyList<int> entities, CancellationToken stop = default);

    /// <summary>Entities whose code starts with <paramref name="prefix"/>, in ordinal order of code, after <paramref name="afterCode"/> (exclusive; null from the start).</summary>
    ValueTask<IReadOnlyList<NewEntity>> FindByPrefix(string prefix, string? afterCode, int max, CancellationToken stop = default);

    /// <summary>The last link of each entity's chain, in the order asked; <see cref="ChainHead.None"/> where there is none.</summary>
    ValueTask<ChainHead[]> ReadChainHeads(IReadOnlyList<int> entities, CancellationToken stop = default);

    /// <summary>An entity's chain after a position, oldest first, each link with its event.</summary>
    ValueTask<IReadOnlyList<ChainEntry>> ReadChain(int entity, int afterPosition, int max, CancellationToken stop = default);

    /// <summary>Of each entity's chain the sequences of its events, oldest first, in the order asked; at most <paramref name="max"/> of each. For questions about many things that need no event's bytes.</summary>
    ValueTask<long[][]> ReadChainSequences(IReadOnlyList<int> entities, int max, CancellationToken stop = default);

    /// <summary>One event by its sequence number; null when there is none.</summary>
    ValueTask<LedgerEvent?> ReadEvent(long sequence, CancellationToken stop = default);

    /// <summary>Events after a sequence number, in order.</summary>
    ValueTask<IReadOnlyList<LedgerEvent>> ReadEvents(long afterSequence, int max, CancellationToken stop = default);

    /// <summary>The events with these sequence numbers, in ledger order, each once; what there is none of is left out.</summary>
    ValueTask<IReadOnlyList<LedgerEvent>> ReadEventsAt(IReadOnlyList<long> sequences, CancellationToken stop = default);

    /// <summary>Event hashes after a sequence number, in order, without the events' bytes: what the transparency tree hashes and what a copy is compared by.</summary>
    ValueTask<IReadOnlyList<EventDigest>> ReadEventHashes(long afterSequence, int max, CancellationToken stop = default);

    /// <summary>Every event recorded under one of the ids (an original and its error declarations share one), in ledger order, without their bytes.</summary>
    ValueTask<IReadOnlyList<EventKey>> FindByEventIds(IReadOnlyList<string> eventIds, CancellationToken stop = default);

    /// <summary>Every event with one of the CBV hashes, in ledger order, without their bytes.</summary>
    ValueTask<IReadOnlyList<EventKey>> FindByCbvHashes(IReadOnlyList<byte[]> hashes, CancellationToken stop = default);

    /// <summary>The last sequence number recorded at or before a time; 0 when there was none. Record times never decrease along the order.</summary>
    ValueTask<long> SequenceAt(DateTimeOffset recordTime, CancellationToken stop = default);

    /// <summary>
    /// Rows of one shard together with the rows for all shards (<see cref="ShardRow.EveryShard"/>), after a sequence number, in ledger order; at most <paramref name="max"/>,
    /// and one more where the page would end between the two rows of one event (one for all, one of the shard): the next page starts after an event, so it would lose the second.
    /// Asking for <see cref="ShardRow.EveryShard"/> itself answers only the rows for all.
    /// </summary>
    ValueTask<IReadOnlyList<ShardRow>> ReadShardRows(int shard, long afterSequence, int max, CancellationToken stop = default);

    /// <summary>For each shard the sequence of its last own row (not counting rows for all); 0 where there is none. Length: the shard count.</summary>
    ValueTask<long[]> ReadLastShardSequences(CancellationToken stop = default);

    /// <summary>Deletes everything derived from events: entities, chains, shard rows. Used to rebuild them (<see cref="AppendProjection"/>).</summary>
    /// <remarks>
    /// The stored projection version becomes 0 in the same transaction and stays so until <see cref="SetProjectionVersion"/>: a rebuild that was interrupted is seen at the next start.
    /// </remarks>
    Task DropProjections(CancellationToken stop = default);

    /// <summary>Writes derived rows of events that are already recorded. <see cref="LedgerBatch.Events"/> must be empty.</summary>
    Task AppendProjection(LedgerBatch batch, CancellationToken stop = default);

    /// <summary>Says which version of the rules derived the projections that are stored now: the last step of a rebuild.</summary>
    Task SetProjectionVersion(int version, CancellationToken stop = default);
}

/// <summary>Facts fixed when a ledger was first opened.</summary>
/// <param name="ShardCount">How many lineage shards entities are spread over: entity n belongs to shard n mod count.</param>
/// <param name="ProjectionVersion">Version of the rules that derived the stored projections; they are rebuilt when the program's rules are newer.</param>
public sealed record LedgerConstants(int ShardCount, int ProjectionVersion);

/// <summary>Where the order stands.</summary>
/// <param name="Sequence">Last sequence number, dense from 1.</param>
/// <param name="Entity">Last entity number, dense from 1.</param>
/// <param name="RecordTime">Record time of the last event.</param>
public readonly record struct LedgerHead(long Sequence, int Entity, DateTimeOffset RecordTime);

/// <summary>One durable step of the order.</summary>
public sealed record LedgerBatch
{
    /// <summary>Events, sequence numbers dense and following the head.</summary>
    public required IReadOnlyList<LedgerEvent> Events { get; init; }
    /// <summary>Codes named for the first time, numbers dense and following the head.</summary>
    public required IReadOnlyList<NewEntity> Entities { get; init; }
    /// <summary>Links that lengthen the chains of the entities the events name.</summary>
    public required IReadOnlyList<ChainLink> Links { get; init; }
    /// <summary>What the lineage shards need of the events.</summary>
    public required IReadOnlyList<ShardRow> Rows { get; init; }
}

/// <summary>A recorded event.</summary>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="RecordTime">When it was recorded, UTC, whole milliseconds.</param>
/// <param name="EventId">Its own id, or its CBV hash id where it had none.</param>
/// <param name="DeclaresError">Whether it is an error declaration (which shares the id of the event it withdraws).</param>
/// <param name="CbvHash">CBV 2.0 event hash, 32 bytes.</param>
/// <param name="EventHash">SHA-256 over record time and bytes, 32 bytes: what the chains link (FORMAT.md).</param>
/// <param name="Json">The canonical bytes.</param>
public sealed record LedgerEvent(long Sequence, DateTimeOffset RecordTime, string EventId, bool DeclaresError, byte[] CbvHash, byte[] EventHash, byte[] Json);

/// <summary>The hash that stands for a recorded event.</summary>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="EventHash">Event hash as stored, 32 bytes.</param>
public readonly record struct EventDigest(long Sequence, byte[] EventHash);

/// <summary>What identifies a recorded event.</summary>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="EventId">The id it is known by.</param>
/// <param name="DeclaresError">Whether it is an error declaration.</param>
/// <param name="CbvHash">CBV 2.0 event hash, 32 bytes.</param>
public sealed record EventKey(long Sequence, string EventId, bool DeclaresError, byte[] CbvHash);

/// <summary>A code and its number, given in the order of first mention.</summary>
/// <param name="Number">From 1, dense.</param>
/// <param name="Code">Canonical code.</param>
public readonly record struct NewEntity(int Number, string Code);

/// <summary>One link of an entity's chain.</summary>
/// <param name="Entity">Whose chain.</param>
/// <param name="Position">From 1, dense.</param>
/// <param name="Sequence">The event.</param>
/// <param name="Hash">SHA-256 over the previous link's hash (32 zero bytes before the first) and the event hash.</param>
public readonly record struct ChainLink(int Entity, int Position, long Sequence, byte[] Hash);

/// <summary>The end of a chain.</summary>
/// <param name="Position">Length of the chain.</param>
/// <param name="Hash">Hash of its last link; 32 zero bytes for an empty chain.</param>
/// <param name="Sequence">The event of its last link; 0 for an empty chain.</param>
public readonly record struct ChainHead(int Position, byte[] Hash, long Sequence)
{
    /// <summary>The empty chain.</summary>
    public static ChainHead None => new(0, new byte[32], 0);
}

/// <summary>A link with the event it stands for.</summary>
/// <param name="Link">The link as stored.</param>
/// <param name="Event">The event as stored; null when the event's row is missing, which is damage.</param>
public sealed record ChainEntry(ChainLink Link, LedgerEvent? Event);

/// <summary>What one shard needs of one event; the bytes are those of <see cref="TraceGrains.Domain.Lineage"/>'s fact codec.</summary>
/// <param name="Shard">Which shard, from 0; <see cref="EveryShard"/> for all.</param>
/// <param name="Sequence">The event.</param>
/// <param name="Facts">Encoded facts.</param>
public readonly record struct ShardRow(int Shard, long Sequence, byte[] Facts)
{
    /// <summary>A row that every shard reads.</summary>
    public const int EveryShard = -1;
}

/// <summary>An append did not follow the head: another writer has won. Nothing of the batch was recorded.</summary>
[Orleans.GenerateSerializer]
[Orleans.Alias("tg.LedgerFenced")]
public sealed class LedgerFencedException(string message, Exception? inner = null) : Exception(message, inner);
