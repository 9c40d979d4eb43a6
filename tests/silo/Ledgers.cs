using System.Text;
using TraceGrains.Demo;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Projection;
using TraceGrains.Ledger.Sqlite;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace TraceGrains.Silo.Tests;

/// <summary>A folder for one test.</summary>
sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tracegrains-silo-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Ledgers with the demonstration's events, and everything a ledger answers as text.</summary>
static class Ledgers
{
    public const int ShardCount = 8;

    static readonly DateTimeOffset start = new(2026, 5, 3, 8, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<EventToRecord> Demo = [.. DemoChain.Documents().SelectMany(document => EpcisJson.ReadDocument(document.Utf8).Events).Select(EventToRecord.Of)];

    public static async Task<ILedger> Sqlite(string path, int shardCount = ShardCount) => await SqliteLedger.Open(path, shardCount, EventFacts.RulesVersion);

    /// <summary>Records the demonstration (error declarations among it), some events to a moment, and derives everything from it.</summary>
    public static async Task Fill(ILedger ledger, int most = int.MaxValue)
    {
        var events = Demo.Take(most).Select((e, i) => new LedgerEvent(i + 1, Time(i), e.EventId, e.DeclaresError, e.CbvHash, LedgerHash.EventHash(Time(i), e.Json), e.Json)).ToList();
        var head = await ledger.ReadHead();
        await ledger.Append(new() { Events = [.. events.Skip((int)head.Sequence)], Entities = [], Links = [], Rows = [] });
        await LedgerRebuild.Run(ledger);
    }

    static DateTimeOffset Time(int i) => start.AddSeconds(i / 7);

    public static async Task<string> Print(ILedger ledger)
    {
        var text = new StringBuilder();
        var head = await ledger.ReadHead();
        text.AppendLine($"head {head.Sequence} {head.Entity} {head.RecordTime:O}");
        foreach (var e in await ledger.ReadEvents(0, int.MaxValue))
            text.AppendLine($"{e.Sequence} {e.RecordTime:O} {e.EventId} {e.DeclaresError} {Convert.ToHexString(e.CbvHash)} {Convert.ToHexString(e.EventHash)} {Convert.ToHexString(e.Json)}");
        foreach (var entity in await ledger.FindByPrefix("", null, int.MaxValue))
        {
            text.AppendLine($"entity {entity.Number} {entity.Code}");
            foreach (var (link, _) in await ledger.ReadChain(entity.Number, 0, int.MaxValue)) text.AppendLine($"  {link.Position} {link.Sequence} {Convert.ToHexString(link.Hash)}");
        }
        for (var shard = ShardRow.EveryShard; shard < ledger.Constants.ShardCount; shard++)
            foreach (var row in await ledger.ReadShardRows(shard, 0, int.MaxValue)) text.AppendLine($"shard {row.Shard} {row.Sequence} {Convert.ToHexString(row.Facts)}");
        return text.AppendLine($"version {ledger.Constants.ProjectionVersion}").ToString();
    }
}
