using System.Diagnostics;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger.Projection;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Benchmarks;

/// <summary>Where a capture's time goes: its stages one after the other on one thread, without HTTP and grains.</summary>
static class CaptureStages
{
    const int EventsPerDocument = 100, WarmUp = 40;

    static readonly string[] Names =
        ["read, check and hash the JSON", "derive facts", "look up ids and hashes", "number codes, link chains, deal facts to shards", "append durably", "apply to the shards"];

    public static async Task Run(int events)
    {
        using var data = new TemporaryData();
        await using var ledger = await SqliteLedger.Open(Path.Combine(data.Folder, "ledger.db"), 64, EventFacts.RulesVersion);
        var feed = await LedgerFeed.Open(ledger);
        var shards = Enumerable.Range(0, 64).Select(shard => new LineageShard(shard, 64)).ToArray();
        var documents = new CaptureDocuments(seed: 2);
        var (times, work) = (new TimeSpan[Names.Length], new TimeSpan[Names.Length]);
        var count = events / EventsPerDocument;
        for (var i = -WarmUp; i < count; i++)
        {
            if (i == 0)
            {
                Array.Clear(times);
                Array.Clear(work);
            }
            var document = documents.Document(EventsPerDocument);
            var clock = Stopwatch.StartNew();
            var worked = Environment.CpuUsage.TotalTime;
            var read = EpcisJson.ReadDocument(document);
            Lap(0);
            var facts = read.Events.Select(EventToRecord.Of).ToArray();
            Lap(1);
            await Related.Find(ledger, facts);
            Lap(2);
            var batch = await feed.Derive(facts);
            Lap(3);
            await ledger.Append(batch);
            Lap(4);
            foreach (var row in batch.Rows) shards[row.Shard].Apply(row.Sequence, row.Facts, []);
            Lap(5);

            void Lap(int stage)
            {
                times[stage] += clock.Elapsed;
                var until = Environment.CpuUsage.TotalTime;
                work[stage] += until - worked;
                worked = until;
                clock.Restart();
            }
        }

        Table.Begin($"Where a capture's time goes: documents of {EventsPerDocument} events, one thread (load {Machine.Load()})", "stage", "µs an event", "of the whole", "CPU µs an event");
        var whole = times.Sum(time => time.TotalMicroseconds);
        for (var stage = 0; stage < times.Length; stage++)
            Table.Row(Names[stage], Table.Number(times[stage].TotalMicroseconds / count / EventsPerDocument, "N1"), Table.Number(times[stage].TotalMicroseconds / whole * 100) + " %",
                Table.Number(work[stage].TotalMicroseconds / count / EventsPerDocument, "N1"));
    }
}
