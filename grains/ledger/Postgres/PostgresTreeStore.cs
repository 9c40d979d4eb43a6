using Npgsql;
using TraceGrains.Domain.Transparency;
using TraceGrains.Ledger.Transparency;

namespace TraceGrains.Ledger.Postgres;

/// <summary>The transparency tree's nodes, heads and keys in a schema of their own beside the ledger's.</summary>
/// <remarks>Who writes holds the schema's lock until the transaction ends, so of two silos that sign for one size the second finds the first one's head.</remarks>
public sealed class PostgresTreeStore : ITreeStore
{
    const string Tables =
        """
        CREATE TABLE tree_node(level integer NOT NULL, place bigint NOT NULL, hash bytea NOT NULL, PRIMARY KEY(level, place));
        CREATE TABLE tree_head(
            size bigint PRIMARY KEY, origin text NOT NULL, root_hash bytea NOT NULL, timestamp bigint NOT NULL, key_id text NOT NULL, signature bytea NOT NULL);
        CREATE TABLE tree_key(number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, public_key bytea NOT NULL UNIQUE, valid_from bigint NOT NULL, valid_until bigint);
        """;

    const string HeadColumns = "size, origin, root_hash, timestamp, key_id, signature";
    const string NodeCount = "SELECT coalesce(max(place), -1) + 1 FROM tree_node WHERE level = $1";

    static readonly VersionedSchema schema = new("tracegrains_transparency", [Tables]);

    readonly PostgresStore store;

    PostgresTreeStore(PostgresStore store) => this.store = store;

    /// <summary>Opens the store of a database, and makes its schema if there is none.</summary>
    /// <param name="connectionString">Npgsql's form; the same database as the ledger's.</param>
    /// <param name="mayUpgrade">Whether a schema of an older version is upgraded; otherwise it is refused.</param>
    /// <exception cref="LedgerFormatException">The schema is something else, or of another version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The server cannot be reached.</exception>
    public static async Task<PostgresTreeStore> Open(string connectionString, bool mayUpgrade = true) => new(await PostgresStore.Open(connectionString, schema, mayUpgrade));

    /// <inheritdoc/>
    public async ValueTask<long> CountNodes(int level, CancellationToken stop = default) => await store.Do(connection => connection.Number(NodeCount, [level], stop), stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<byte[]>> ReadNodes(int level, long first, int count, CancellationToken stop = default) => await store.Do(connection => connection.Rows(
        "SELECT hash FROM tree_node WHERE level = $1 AND place >= $2 ORDER BY place LIMIT $3", [level, first, count], row => row.GetFieldValue<byte[]>(0), stop), stop);

    /// <inheritdoc/>
    public Task AppendNodes(int level, long first, IReadOnlyList<byte[]> hashes, CancellationToken stop = default) => store.Write(async connection =>
    {
        if (await connection.Number(NodeCount, [level], stop) is var next && first > next) throw new TreeForkException($"node {first} of level {level} does not follow {next - 1}");
        object[] values = [level, first, hashes.ToArray()];
        await connection.Run("INSERT INTO tree_node SELECT $1, $2 + n - 1, hash FROM unnest($3) WITH ORDINALITY AS a(hash, n) ON CONFLICT DO NOTHING", values, stop);
        var other = await connection.Rows(
            "SELECT place FROM unnest($3) WITH ORDINALITY AS a(hash, n) JOIN tree_node t ON t.level = $1 AND t.place = $2 + n - 1 WHERE t.hash <> a.hash ORDER BY place LIMIT 1",
            values, row => row.GetInt64(0), stop);
        return other is [var place] ? throw new TreeForkException($"node {place} of level {level} is stored with another value: the ledger's events have changed") : true;
    }, stop);

    /// <inheritdoc/>
    public Task<SignedTreeHead> AddHead(SignedTreeHead head, CancellationToken stop = default) => store.Write(async connection =>
    {
        if (await HeadOf(connection, "WHERE size >= $1 ORDER BY size LIMIT 1", [head.Head.Size], stop) is { } stored) return TreeRules.Accept(stored, head);
        await connection.Run($"INSERT INTO tree_head({HeadColumns}) VALUES ($1, $2, $3, $4, $5, $6)",
            [head.Head.Size, head.Head.Origin, head.Head.RootHash, head.Head.Timestamp.ToUnixTimeMilliseconds(), head.KeyId, head.Signature], stop);
        return head;
    }, stop);

    /// <inheritdoc/>
    public async ValueTask<SignedTreeHead?> ReadHead(long size, CancellationToken stop = default) => await store.Do(connection => HeadOf(connection, "WHERE size = $1", [size], stop), stop);

    /// <inheritdoc/>
    public async ValueTask<SignedTreeHead?> ReadLatestHead(CancellationToken stop = default) => await store.Do(connection => HeadOf(connection, "ORDER BY size DESC LIMIT 1", [], stop), stop);

    /// <inheritdoc/>
    public Task UseKey(byte[] publicKey, DateTimeOffset now, CancellationToken stop = default) => store.Write(async connection =>
    {
        if (!TreeRules.IsNew(await KeysOf(connection, stop), publicKey)) return false;
        var time = now.ToUnixTimeMilliseconds();
        await connection.Run("UPDATE tree_key SET valid_until = $1 WHERE valid_until IS NULL", [time], stop);
        await connection.Run("INSERT INTO tree_key(public_key, valid_from) VALUES ($1, $2)", [publicKey, time], stop);
        return true;
    }, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TreeKey>> ReadKeys(CancellationToken stop = default) => await store.Do(connection => KeysOf(connection, stop), stop);

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => store.DisposeAsync();

    static async Task<SignedTreeHead?> HeadOf(NpgsqlConnection connection, string condition, object[] values, CancellationToken stop) => (await connection.Rows(
        $"SELECT {HeadColumns} FROM tree_head {condition}", values, row => new SignedTreeHead(
            new(row.GetString(1), row.GetInt64(0), row.GetFieldValue<byte[]>(2), Time(row.GetInt64(3))), row.GetString(4), row.GetFieldValue<byte[]>(5)), stop)).FirstOrDefault();

    static Task<List<TreeKey>> KeysOf(NpgsqlConnection connection, CancellationToken stop) => connection.Rows(
        "SELECT public_key, valid_from, valid_until FROM tree_key ORDER BY number", [],
        row => new TreeKey(row.GetFieldValue<byte[]>(0), Time(row.GetInt64(1)), row.IsDBNull(2) ? null : Time(row.GetInt64(2))), stop);

    static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
