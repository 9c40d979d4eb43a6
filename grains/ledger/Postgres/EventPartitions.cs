using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>
/// Partitions of the event table, each a range of sequence numbers: <c>event_from_1</c>, <c>event_from_10000001</c>, …. A whole empty one is kept ahead of the one that is
/// being written, so that an append does not wait for it.
/// </summary>
/// <remarks>
/// It is there long before its first event for another reason too: a statement that was planned before a partition was attached does not look into it, though it may see other rows of the
/// same append.
/// </remarks>
sealed class EventPartitions(NpgsqlDataSource source, long size)
{
    /// <summary>Events in one partition of a new ledger: some 15 GB, a convenient piece to archive.</summary>
    public const long DefaultSize = 10_000_000;

    long covered;

    /// <summary>Sees to it that there is room for an event and a whole partition beyond it.</summary>
    public async Task MakeRoom(long sequence)
    {
        var needed = ((Math.Max(sequence, 1) - 1) / size + 2) * size;
        if (covered >= needed) return;
        try
        {
            await Create(needed);
            covered = needed;
        }
        catch (NpgsqlException) when (sequence <= covered)
        {
            // There is room for this one; the next tries again.
        }
    }

    async Task Create(long through)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, LedgerSchema.Versions.LockStatement);
        await Attach(connection, size, await LastCovered(connection), through);
        await transaction.CommitAsync();
    }

    /// <summary>The first partitions of a new ledger, in the transaction that makes it.</summary>
    public static Task MakeFirst(NpgsqlConnection connection, long size) => Attach(connection, size, 0, 2 * size);

    static async Task Attach(NpgsqlConnection connection, long size, long last, long through)
    {
        // Made beside the table and attached: CREATE … PARTITION OF would shut out readers.
        for (var first = last + 1; first <= through; first += size)
            await Execute(connection, $"CREATE TABLE event_from_{first} (LIKE event INCLUDING ALL); ALTER TABLE event ATTACH PARTITION event_from_{first} FOR VALUES FROM ({first}) TO ({first + size})");
    }

    /// <summary>The end of the last range, from the names; archived partitions are gone from the beginning, never from the end.</summary>
    static async Task<long> LastCovered(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(max(substr(relname, 12)::bigint), 1 - size.value) + size.value - 1
            FROM (SELECT value FROM constant WHERE name = 'partition_size') size LEFT JOIN
                (pg_inherits JOIN pg_class ON pg_class.oid = inhrelid) ON inhparent = 'event'::regclass GROUP BY size.value
            """, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
