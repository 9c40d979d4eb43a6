using Microsoft.Data.Sqlite;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Silo.Storage;

/// <summary>
/// Writes the database anew from what is stored, and empties its log into it. <c>secure_delete</c> would not do: it is a connection's own setting, Orleans opens connections by itself, and the log is beyond it.
/// </summary>
sealed class SqliteDeletedBytes(string connectionString) : IDeletedBytes
{
    const int Attempts = 20;

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    public async Task Scrub()
    {
        // What VACUUM writes beside the database meanwhile stays in memory.
        await Task.Run(() => Ask("PRAGMA temp_store = MEMORY; VACUUM;"));
        // A reader of an older state keeps the log from being emptied, for as long as it reads.
        for (var attempt = 1; await Task.Run(() => Ask("PRAGMA wal_checkpoint(TRUNCATE);")) != 0; attempt++)
        {
            if (attempt == Attempts) throw new IOException("cases.db: its log is in use and could not be emptied; names that were erased may remain in it until the erasing is asked for again");
            await Task.Delay(pause);
        }
    }

    long Ask(string statement)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar() as long? ?? 0;
    }
}
