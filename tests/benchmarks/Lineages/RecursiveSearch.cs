using Npgsql;

namespace TraceGrains.Benchmarks.Lineages;

/// <summary>The same lineage in two tables of PostgreSQL, indexed, and the recursive query over them.</summary>
sealed class RecursiveSearch : IAsyncDisposable
{
    readonly NpgsqlConnection connection;

    RecursiveSearch(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<RecursiveSearch> Load(string database, LineageGraph graph)
    {
        var connection = new NpgsqlConnection(database + ";Command Timeout=0");
        await connection.OpenAsync();
        var search = new RecursiveSearch(connection);
        await search.Execute("CREATE TABLE edge(parent int, child int); CREATE TABLE node_holder(node int, holder int)");
        await using (var copy = await connection.BeginBinaryImportAsync("COPY edge FROM STDIN (FORMAT binary)"))
        {
            foreach (var parents in new[] { graph.Parents, graph.SecondParents })
                for (var node = 0; node < parents.Length; node++)
                    if (parents[node] >= 0) await copy.WriteRowAsync(default, parents[node], node);
            await copy.CompleteAsync();
        }
        await using (var copy = await connection.BeginBinaryImportAsync("COPY node_holder FROM STDIN (FORMAT binary)"))
        {
            var holders = graph.HolderOf();
            for (var node = 0; node < holders.Length; node++) await copy.WriteRowAsync(default, node, holders[node]);
            await copy.CompleteAsync();
        }
        await search.Execute("CREATE INDEX ON edge(parent) INCLUDE (child); CREATE UNIQUE INDEX ON node_holder(node) INCLUDE (holder); ANALYZE; VACUUM edge; VACUUM node_holder");
        return search;
    }

    /// <summary>Everything downstream of the root, counted by holder.</summary>
    public Task Run() => Execute(
        """
        WITH RECURSIVE reached(node) AS (SELECT 0 UNION SELECT e.child FROM reached r JOIN edge e ON e.parent = r.node)
        SELECT h.holder, count(*) FROM reached r JOIN node_holder h ON h.node = r.node WHERE r.node <> 0 GROUP BY h.holder
        """);

    async Task Execute(string sql)
    {
        foreach (var statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
