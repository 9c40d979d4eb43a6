using Npgsql;
using NpgsqlTypes;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.Ledger.Audit;

namespace TraceGrains.Ledger.Postgres;

/// <summary>The audit log in a schema of its own beside the ledger's.</summary>
public sealed class PostgresAuditLog : IAuditLog
{
    const string Tables =
        """
        CREATE TABLE audit(
            number bigint PRIMARY KEY, time bigint NOT NULL, subject text NOT NULL, role smallint NOT NULL, party text, action text NOT NULL, target text NOT NULL, outcome text NOT NULL, detail text NOT NULL, hash bytea NOT NULL);
        CREATE INDEX audit_by_subject ON audit(subject, number);
        CREATE INDEX audit_by_party ON audit(party, number) WHERE party IS NOT NULL;
        """;

    const string Columns = "number, time, subject, role, party, action, target, outcome, detail, hash";

    static readonly VersionedSchema schema = new("tracegrains_audit", [Tables]);

    readonly PostgresStore store;

    PostgresAuditLog(PostgresStore store) => this.store = store;

    /// <summary>Opens the log of a database, and makes its schema if there is none.</summary>
    /// <param name="connectionString">Npgsql's form; the same database as the ledger's.</param>
    /// <param name="mayUpgrade">Whether a schema of an older version is upgraded; otherwise it is refused.</param>
    /// <exception cref="LedgerFormatException">The schema is something else, or of another version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The server cannot be reached.</exception>
    public static async Task<PostgresAuditLog> Open(string connectionString, bool mayUpgrade = true) => new(await PostgresStore.Open(connectionString, schema, mayUpgrade));

    /// <inheritdoc/>
    public async ValueTask<AuditRecord?> ReadLast(CancellationToken stop = default) => (await store.Do(connection => Of(connection, "ORDER BY number DESC LIMIT 1", [], stop), stop)).FirstOrDefault();

    /// <inheritdoc/>
    public Task Append(IReadOnlyList<AuditRecord> records, CancellationToken stop = default) => store.Write(async connection =>
    {
        var next = await connection.Number("SELECT coalesce(max(number), 0) + 1 FROM audit", [], stop);
        foreach (var record in records)
            if (record.Entry.Number != next++) throw new LedgerFencedException($"audit entry {record.Entry.Number} does not follow {next - 2}");
        await using var copy = await connection.BeginBinaryImportAsync($"COPY audit({Columns}) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var (entry, hash) in records)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(entry.Number, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(entry.Time.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(entry.Subject, NpgsqlDbType.Text, stop);
            await copy.WriteAsync((short)entry.Role, NpgsqlDbType.Smallint, stop);
            if (entry.Party is null) await copy.WriteNullAsync(stop);
            else await copy.WriteAsync(entry.Party, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(entry.Action, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(entry.Target, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(entry.Outcome, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(entry.Detail, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(hash, NpgsqlDbType.Bytea, stop);
        }
        await copy.CompleteAsync(stop);
        return true;
    }, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AuditRecord>> Read(long after, int first, AuditFilter filter, CancellationToken stop = default)
    {
        var (conditions, values) = AuditConditions.Of(filter, "$", 1, after, first);
        return await store.Do(connection => Of(connection, $"WHERE number > $1 {conditions} ORDER BY number LIMIT $2", values, stop), stop);
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => store.DisposeAsync();

    static Task<List<AuditRecord>> Of(NpgsqlConnection connection, string condition, object[] values, CancellationToken stop) => connection.Rows($"SELECT {Columns} FROM audit {condition}", values, row => new AuditRecord(
        new(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), (Role)row.GetInt16(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
            row.GetString(8)),
        row.GetFieldValue<byte[]>(9)), stop);
}
