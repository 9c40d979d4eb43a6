using System.Diagnostics;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Queries;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;
using TraceGrains.Ledger.Postgres;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Tests;

namespace TraceGrains.Benchmarks;

/// <summary>A ledger of one engine with its event index.</summary>
sealed class QueryEngine(string name, ILedger ledger, IEventIndex index, IMasterDataIndex masters, Func<Task<long>> indexBytes) : IAsyncDisposable
{
    const int Shards = 64, FeedBatch = 4_000;

    readonly QueryRunner runner = new(ledger, index, masters);

    public string Name => name;

    public static async Task<QueryEngine> Sqlite(QueryLedger data)
    {
        foreach (var old in Directory.GetFiles(data.Folder, "index.db*")) File.Delete(old);
        var index = await SqliteEventIndex.Open(data.IndexFile);
        return new("SQLite", await data.Open(), index, index, () => Task.FromResult(Directory.GetFiles(data.Folder, "index.db*").Sum(file => new FileInfo(file).Length)));
    }

    /// <summary>The same events in the same order, written anew: the server goes with the benchmark.</summary>
    public static async Task<QueryEngine> Postgres(QueryLedger data)
    {
        var database = await PrivatePostgres.NewDatabase();
        var ledger = await PostgresLedger.Open(database, Shards, EventFacts.RulesVersion);
        await data.WriteTo(ledger);
        var index = await PostgresEventIndex.Open(database);
        return new("PostgreSQL", ledger, index, index,
            async () => (long)(decimal)(await PrivatePostgres.Sql(database, "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = 'tracegrains_index'::regnamespace AND relkind = 'r'"))!);
    }

    public Task<QueryResult> Ask(EventQuery query, long head, int pageSize, QueryView? view = null) => runner.Run(query, view ?? QueryView.Everything, new(head), pageSize);

    /// <summary>A thing's whole chain with its events, by its code, as entity pages and the GraphQL field <c>chain</c> read it.</summary>
    public async Task<int> ReadChain(string code)
    {
        var entity = (await ledger.FindEntities([Identifier.TryIdentify(code, out var identified, out var error) ? identified.Code : throw new FormatException(error)]))[0];
        return (await ledger.ReadChain(entity, 0, 1_000)).Count;
    }

    /// <summary>Feeds the index from the ledger, and says how long that took.</summary>
    public async Task Feed(int events)
    {
        var clock = Stopwatch.StartNew();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        TimeSpan reading = default, deriving = default, filing = default;
        await index.Clear(EventTerms.RulesVersion);
        for (long at = 0; ;)
        {
            var before = clock.Elapsed;
            var read = await ledger.ReadEvents(at, FeedBatch);
            if (read.Count == 0) break;
            reading += clock.Elapsed - before;
            before = clock.Elapsed;
            var batch = EventIndexing.BatchOf(at, read);
            deriving += clock.Elapsed - before;
            before = clock.Elapsed;
            await index.Add(batch);
            filing += clock.Elapsed - before;
            at = batch.ThroughSequence;
        }
        used = Process.GetCurrentProcess().TotalProcessorTime - used;
        var bytes = await indexBytes();
        Table.Row(name, Table.Number(events / clock.Elapsed.TotalSeconds), $"{Table.Number(used.TotalSeconds)} s", $"{Table.Number(reading.TotalSeconds)} s", $"{Table.Number(deriving.TotalSeconds)} s",
            $"{Table.Number(filing.TotalSeconds)} s", $"{Table.Number(bytes / 1e6)} MB", $"{Table.Number((double)bytes / events)} bytes");
    }

    public async ValueTask DisposeAsync()
    {
        await index.DisposeAsync();
        await ledger.DisposeAsync();
    }
}
