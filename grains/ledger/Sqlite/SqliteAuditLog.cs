using Microsoft.Data.Sqlite;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.Ledger.Audit;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>The audit log in one SQLite file beside the ledger's.</summary>
public sealed class SqliteAuditLog : IAuditLog
{
    /// <summary>"TGAU" in ASCII.</summary>
    const int ApplicationId = 0x54474155;
    const int FormatVersion = 1;

    const string Tables =
        """
        CREATE TABLE audit(
            number INTEGER PRIMARY KEY, time INTEGER NOT NULL, subject TEXT NOT NULL, role INTEGER NOT NULL, party TEXT, action TEXT NOT NULL, target TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
        CREATE INDEX audit_by_subject ON audit(subject, number);
        CREATE INDEX audit_by_party ON audit(party, number) WHERE party IS NOT NULL;
        """;

    const string Columns = "number, time, subject, role, party, action, target, outcome, detail, hash";

    readonly SqliteStoreFile file;

    SqliteAuditLog(string path) => file = new(path, "an audit log", ApplicationId, FormatVersion, Tables);

    /// <summary>Opens the log in a file, and makes the file if it is not there.</summary>
    /// <exception cref="LedgerFormatException">The file is something else, or of another version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The file cannot be opened, read or made.</exception>
    public static SqliteAuditLog Open(string path)
    {
        var log = new SqliteAuditLog(Path.GetFullPath(path));
        log.file.Open();
        return log;
    }

    /// <inheritdoc/>
    public ValueTask<AuditRecord?> ReadLast(CancellationToken stop = default) => new(file.Do(connection => Of(connection, "ORDER BY number DESC LIMIT 1").FirstOrDefault()));

    /// <inheritdoc/>
    public Task Append(IReadOnlyList<AuditRecord> records, CancellationToken stop = default)
    {
        file.Write(connection =>
        {
            var next = connection.Number("SELECT coalesce(max(number), 0) + 1 FROM audit");
            return connection.RunEach($"INSERT INTO audit({Columns}) VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6, $p7, $p8, $p9)", records.Select(record =>
            {
                var (entry, hash) = record;
                if (entry.Number != next++) throw new LedgerFencedException($"audit entry {entry.Number} does not follow {next - 2}");
                return new object[] { entry.Number, entry.Time.ToUnixTimeMilliseconds(), entry.Subject, (long)entry.Role, (object?)entry.Party ?? DBNull.Value, entry.Action, entry.Target, entry.Outcome, entry.Detail, hash };
            }));
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditRecord>> Read(long after, int first, AuditFilter filter, CancellationToken stop = default)
    {
        var (conditions, values) = AuditConditions.Of(filter, "$p", 0, after, first);
        return new(file.Do<IReadOnlyList<AuditRecord>>(connection => Of(connection, $"WHERE number > $p0 {conditions} ORDER BY number LIMIT $p1", values)));
    }

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    static List<AuditRecord> Of(SqliteConnection connection, string condition, params object[] values) => connection.Rows($"SELECT {Columns} FROM audit {condition}", row => new AuditRecord(
        new(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), (Role)row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
            row.GetString(8)),
        row.GetFieldValue<byte[]>(9)), values);
}
