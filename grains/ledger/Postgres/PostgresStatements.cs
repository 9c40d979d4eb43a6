using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>Statements with parameters <c>$1</c>, <c>$2</c>, ….</summary>
static class PostgresStatements
{
    public static async Task<List<T>> Rows<T>(this NpgsqlConnection connection, string sql, object[] values, Func<NpgsqlDataReader, T> read, CancellationToken stop)
    {
        await using var command = Command(connection, sql, values);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var all = new List<T>();
        while (await rows.ReadAsync(stop)) all.Add(read(rows));
        return all;
    }

    public static async Task<long> Number(this NpgsqlConnection connection, string sql, object[] values, CancellationToken stop) => (await Rows(connection, sql, values, row => row.GetInt64(0), stop))[0];

    public static async Task Run(this NpgsqlConnection connection, string sql, object[] values, CancellationToken stop)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(stop);
    }

    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
