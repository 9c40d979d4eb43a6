using Microsoft.Data.Sqlite;
using TraceGrains.Domain.Transparency;
using TraceGrains.Ledger.Transparency;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>The transparency tree's nodes, heads and keys in one SQLite file beside the ledger's.</summary>
/// <remarks>A file of its own: restoring an old copy of the ledger must not take back the heads that were handed out since.</remarks>
public sealed class SqliteTreeStore : ITreeStore
{
    /// <summary>"TGTR" in ASCII.</summary>
    const int ApplicationId = 0x54475452;
    const int FormatVersion = 1;

    const string Tables =
        """
        CREATE TABLE tree_node(level INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(level, place)) STRICT, WITHOUT ROWID;
        CREATE TABLE tree_head(
            size INTEGER PRIMARY KEY, origin TEXT NOT NULL, root_hash BLOB NOT NULL, timestamp INTEGER NOT NULL, key_id TEXT NOT NULL, signature BLOB NOT NULL) STRICT;
        CREATE TABLE tree_key(number INTEGER PRIMARY KEY, public_key BLOB NOT NULL UNIQUE, valid_from INTEGER NOT NULL, valid_until INTEGER) STRICT;
        """;

    const string HeadColumns = "size, origin, root_hash, timestamp, key_id, signature";

    readonly SqliteStoreFile file;

    SqliteTreeStore(string path) => file = new(path, "a transparency store", ApplicationId, FormatVersion, Tables);

    /// <summary>Opens the store in a file, and makes the file if it is not there.</summary>
    /// <exception cref="LedgerFormatException">The file is something else, or of another version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The file cannot be opened, read or made.</exception>
    public static SqliteTreeStore Open(string path)
    {
        var store = new SqliteTreeStore(Path.GetFullPath(path));
        store.file.Open();
        return store;
    }

    /// <inheritdoc/>
    public ValueTask<long> CountNodes(int level, CancellationToken stop = default) =>
        new(file.Do(connection => connection.Number("SELECT coalesce(max(place), -1) + 1 FROM tree_node WHERE level = $p0", level)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<byte[]>> ReadNodes(int level, long first, int count, CancellationToken stop = default) =>
        new(file.Do<IReadOnlyList<byte[]>>(connection => connection.Rows("SELECT hash FROM tree_node WHERE level = $p0 AND place >= $p1 ORDER BY place LIMIT $p2", row => row.GetFieldValue<byte[]>(0), level, first, count)));

    /// <inheritdoc/>
    public Task AppendNodes(int level, long first, IReadOnlyList<byte[]> hashes, CancellationToken stop = default)
    {
        file.Write(connection =>
        {
            if (connection.Number("SELECT coalesce(max(place), -1) + 1 FROM tree_node WHERE level = $p0", level) is var next && first > next)
                throw new TreeForkException($"node {first} of level {level} does not follow {next - 1}");
            for (var i = 0; i < hashes.Count; i++)
            {
                connection.Run("INSERT OR IGNORE INTO tree_node VALUES ($p0, $p1, $p2)", level, first + i, hashes[i]);
                if (connection.Number("SELECT hash = $p2 FROM tree_node WHERE level = $p0 AND place = $p1", level, first + i, hashes[i]) == 0)
                    throw new TreeForkException($"node {first + i} of level {level} is stored with another value: the ledger's events have changed");
            }
            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<SignedTreeHead> AddHead(SignedTreeHead head, CancellationToken stop = default) => Task.FromResult(file.Write(connection =>
    {
        if (HeadOf(connection, "WHERE size >= $p0 ORDER BY size LIMIT 1", head.Head.Size) is { } stored)
            return TreeRules.Accept(stored, head);
        connection.Run($"INSERT INTO tree_head({HeadColumns}) VALUES ($p0, $p1, $p2, $p3, $p4, $p5)", head.Head.Size, head.Head.Origin, head.Head.RootHash,
            head.Head.Timestamp.ToUnixTimeMilliseconds(), head.KeyId, head.Signature);
        return head;
    }));

    /// <inheritdoc/>
    public ValueTask<SignedTreeHead?> ReadHead(long size, CancellationToken stop = default) => new(file.Do(connection => HeadOf(connection, "WHERE size = $p0", size)));

    /// <inheritdoc/>
    public ValueTask<SignedTreeHead?> ReadLatestHead(CancellationToken stop = default) => new(file.Do(connection => HeadOf(connection, "ORDER BY size DESC LIMIT 1")));

    /// <inheritdoc/>
    public Task UseKey(byte[] publicKey, DateTimeOffset now, CancellationToken stop = default)
    {
        file.Write(connection =>
        {
            if (!TreeRules.IsNew(KeysOf(connection), publicKey)) return false;
            var time = now.ToUnixTimeMilliseconds();
            connection.Run("UPDATE tree_key SET valid_until = $p0 WHERE valid_until IS NULL", time);
            connection.Run("INSERT INTO tree_key(public_key, valid_from) VALUES ($p0, $p1)", publicKey, time);
            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TreeKey>> ReadKeys(CancellationToken stop = default) => new(file.Do<IReadOnlyList<TreeKey>>(KeysOf));

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    static SignedTreeHead? HeadOf(SqliteConnection connection, string condition, params object[] values) =>
        connection.Rows($"SELECT {HeadColumns} FROM tree_head {condition}", row => new SignedTreeHead(
            new(row.GetString(1), row.GetInt64(0), row.GetFieldValue<byte[]>(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))), row.GetString(4), row.GetFieldValue<byte[]>(5)), values).FirstOrDefault();

    static List<TreeKey> KeysOf(SqliteConnection connection) =>
        connection.Rows("SELECT public_key, valid_from, valid_until FROM tree_key ORDER BY number", row => new TreeKey(
            row.GetFieldValue<byte[]>(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))));
}
