using Npgsql;
using TraceGrains.Ledger.Postgres;

namespace TraceGrains.Ledger.Index;

/// <summary>An index in a schema of its own in a PostgreSQL database, for the silos of a cluster. The schema may be dropped at any time no silo runs.</summary>
public sealed class PostgresEventIndex : IEventIndex, IMasterDataIndex
{
    const string Place = "event_time >= $4 AND event_time < $5 AND sequence > $6 AND sequence <= $7";

    const string Masters = "SELECT DISTINCT ON (left(id, 300), id, vocabulary) id, vocabulary, sequence, said FROM master WHERE ";

    readonly NpgsqlDataSource source;
    readonly PostgresIndexWriter writer;
    readonly string where;

    PostgresEventIndex(NpgsqlDataSource source, string where) => (this.source, this.where, writer) = (source, where, new(source));

    /// <summary>Opens the index of a database, made anew where it is missing or of another version.</summary>
    /// <param name="connectionString">Npgsql's form, as for the ledger; its pool size holds for the index alone (16 where it names none).</param>
    /// <exception cref="LedgerFormatException">The schema belongs to another program. It is not changed.</exception>
    public static async Task<PostgresEventIndex> Open(string connectionString)
    {
        var source = PostgresIndexSchema.Source(connectionString);
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        var where = $"event index in database {address.Database} on {address.Host}:{address.Port}";
        try
        {
            await PostgresIndexSchema.Prepare(source, default);
            return new(source, where);
        }
        catch (Exception failure)
        {
            await source.DisposeAsync();
            if (PostgresFailure.Translate(failure, where) is var translated && translated != failure) throw translated;
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IndexCursor> ReadCursor(CancellationToken stop = default) =>
        (await Ask("SELECT rules_version, sequence, event_hash FROM cursor", [], row => new IndexCursor(row.GetInt32(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)), stop))[0];

    /// <inheritdoc/>
    public Task<bool> Add(IndexBatch batch, CancellationToken stop = default) => Guard(() => writer.Add(batch, stop));

    /// <inheritdoc/>
    public Task Clear(int rulesVersion, CancellationToken stop = default) => Guard(async () =>
    {
        await writer.Clear(rulesVersion, stop);
        return true;
    });

    /// <inheritdoc/>
    public async ValueTask<int> Count(long key, IndexRange range, int max, CancellationToken stop = default) =>
        (await Ask("SELECT count(*)::int FROM (SELECT FROM posting WHERE key = $1 AND event_time >= $2 AND event_time < $3 AND sequence > $4 AND sequence <= $5 LIMIT $6) AS found",
            [key, range.FromTime, range.BeforeTime, range.AfterSequence, range.ThroughSequence, (long)max], row => row.GetInt32(0), stop))[0];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IndexEntry>> Scan(IReadOnlyCollection<long> keys, IndexRange range, IndexEntry? after, bool descending, int max, CancellationToken stop = default)
    {
        var place = after ?? new(descending ? range.BeforeTime : range.FromTime, long.MinValue);
        var (behind, order) = descending ? ("<", "event_time DESC, sequence DESC") : (">", "event_time, sequence");
        return await Ask(
            $"""
            SELECT DISTINCT event_time, sequence FROM unnest($1) AS k(key) CROSS JOIN LATERAL
                (SELECT event_time, sequence FROM posting WHERE key = k.key AND (event_time, sequence) {behind} ($2, $3) AND {Place} ORDER BY {order} LIMIT $8) AS found
            ORDER BY {order} LIMIT $8
            """,
            [keys.ToArray(), place.EventTime, place.Sequence, range.FromTime, range.BeforeTime, range.AfterSequence, range.ThroughSequence, (long)max], Entry, stop);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IndexEntry>> ScanRecorded(IReadOnlyCollection<long> keys, IndexRange range, long? after, bool descending, int max, CancellationToken stop = default)
    {
        var from = descending ? range.AfterSequence : Math.Max(after ?? 0, range.AfterSequence);
        var through = descending && after is { } last ? Math.Min(last - 1, range.ThroughSequence) : range.ThroughSequence;
        return await Ask(
            $"""
            SELECT event_time, sequence FROM event e WHERE sequence > $1 AND sequence <= $2 AND event_time >= $3 AND event_time < $4
            AND EXISTS (SELECT FROM posting p WHERE p.key = ANY($6) AND p.event_time = e.event_time AND p.sequence = e.sequence) ORDER BY sequence {(descending ? "DESC" : "")} LIMIT $5
            """, [from, through, range.FromTime, range.BeforeTime, (long)max, keys.ToArray()], Entry, stop);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IndexEntry>> Keep(IReadOnlyList<IndexEntry> entries, IReadOnlyCollection<long> keys, CancellationToken stop = default) => await Ask(
        """
        SELECT e.event_time, e.sequence FROM unnest($1, $2) WITH ORDINALITY AS e(event_time, sequence, i)
        WHERE EXISTS (SELECT FROM posting p WHERE p.key = ANY($3) AND p.event_time = e.event_time AND p.sequence = e.sequence) ORDER BY e.i
        """,
        [entries.Select(entry => entry.EventTime).ToArray(), entries.Select(entry => entry.Sequence).ToArray(), keys.ToArray()], Entry, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ReadWords(IndexedWord kind, string? after, int max, CancellationToken stop = default) =>
        await Ask("SELECT text FROM word WHERE kind = $1 AND left(text, 300) >= left($2, 300) AND text > $2 ORDER BY left(text, 300), text LIMIT $3", [(int)kind, Text(after ?? ""), (long)max], row => row.GetString(0), stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MasterRecord>> ReadMasters(IReadOnlyList<string> ids, long throughSequence, CancellationToken stop = default) => await Ask(
        Masters + "left(id, 300) = ANY($1) AND id = ANY($2) AND sequence <= $3 ORDER BY left(id, 300), id, vocabulary, sequence DESC",
        [ids.Select(id => Text(id)[..Math.Min(id.Length, 300)]).ToArray(), ids.Select(Text).ToArray(), throughSequence], Master, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MasterRecord>> ReadMasterHistory(string id, int max, CancellationToken stop = default) =>
        await Ask("SELECT id, vocabulary, sequence, said FROM master WHERE left(id, 300) = left($1, 300) AND id = $1 ORDER BY sequence, vocabulary LIMIT $2", [Text(id), (long)max], Master, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> FindMasters(IReadOnlyList<string> attributes, IReadOnlyList<string>? values, int max, CancellationToken stop = default) => await Ask(
        "SELECT DISTINCT id FROM master_attribute WHERE left(attribute, 300) = ANY($1) AND attribute = ANY($2) AND ($3 OR md5(value) = ANY($4) AND value = ANY($5)) ORDER BY id LIMIT $6",
        [attributes.Select(attribute => Text(attribute)[..Math.Min(attribute.Length, 300)]).ToArray(), attributes.Select(Text).ToArray(), values is null, (values ?? []).Select(value => Md5(Text(value))).ToArray(),
            (values ?? []).Select(Text).ToArray(), (long)max], row => row.GetString(0), stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MasterRecord>> ListMasters(string? vocabulary, string? afterId, long throughSequence, int max, CancellationToken stop = default) => await Ask(
        Masters + """
            sequence <= $2 AND ($3 = '' OR vocabulary = $3) AND (left(id, 300), id) IN
                (SELECT DISTINCT left(id, 300), id FROM master WHERE left(id, 300) >= left($1, 300) AND id > $1 AND sequence <= $2 AND ($3 = '' OR vocabulary = $3) ORDER BY left(id, 300), id LIMIT $4)
            ORDER BY left(id, 300), id, vocabulary, sequence DESC
            """,
        [Text(afterId ?? ""), throughSequence, Text(vocabulary ?? ""), (long)max], Master, stop);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>PostgreSQL's texts have no U+0000.</summary>
    internal static string Text(string text) => text.Contains('\0') ? text.Replace('\0', '\ufffd') : text;

    static string Md5(string text) =>
#pragma warning disable CA5351 // A key of an index, as PostgreSQL's md5() makes it; nothing is proven by it.
        Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    static IndexEntry Entry(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1));

    static MasterRecord Master(NpgsqlDataReader row) => MasterText.Read(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3));

    async ValueTask<List<T>> Ask<T>(string sql, object[] values, Func<NpgsqlDataReader, T> read, CancellationToken stop) => await Guard(async () =>
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new List<T>();
        while (await rows.ReadAsync(stop)) found.Add(read(rows));
        return found;
    });

    async Task<T> Guard<T>(Func<Task<T>> work)
    {
        for (var again = true; ; again = false)
            try
            {
                return await work();
            }
            catch (Exception failure) when (again && PostgresFailure.IsPassing(failure))
            {
                // The server restarts or hands over: once more over another connection. A batch that was filed after all does not follow the cursor then.
            }
            catch (Exception failure) when (PostgresFailure.Translate(failure, where) is var translated && translated != failure)
            {
                throw translated;
            }
    }
}
