using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Export;
using TraceGrains.Ledger.Postgres;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Silo.Tests;

/// <summary>A ledger as a stream, and back.</summary>
public sealed class ExportTests : IDisposable
{
    const int PerFrame = 50;

    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    async Task<ILedger> Source(int most = int.MaxValue)
    {
        var ledger = await Ledgers.Sqlite(folder.File("source.db"));
        await Ledgers.Fill(ledger, most);
        return ledger;
    }

    static async Task<byte[]> Export(ILedger ledger, long after = 0)
    {
        using var stream = new MemoryStream();
        await LedgerExport.Write(ledger, stream, after, eventsPerFrame: PerFrame);
        return stream.ToArray();
    }

    static Task<TransferResult> Import(ILedger ledger, byte[] export) => LedgerImport.Run(_ => Task.FromResult(ledger), new MemoryStream(export));

    [Fact]
    public async Task Between_engines_in_both_directions_everything_is_the_same()
    {
        await using var source = await Source();
        var expected = await Ledgers.Print(source);
        var database = await PrivatePostgres.NewDatabase();
        try
        {
            var export = await Export(source);
            await using var postgres = await PostgresLedger.Open(database, Ledgers.ShardCount, EventFacts.RulesVersion, partitionSizeIfNew: 100);
            Assert.Equal(Ledgers.Demo.Count, (await Import(postgres, export)).Events);
            Assert.Equal(expected, await Ledgers.Print(postgres));

            // The same ledger gives the same bytes, whatever engine it is in.
            var back = await Export(postgres);
            Assert.Equal(export, back);
            await using var target = await Ledgers.Sqlite(folder.File("target.db"));
            await Import(target, back);
            Assert.Equal(expected, await Ledgers.Print(target));
        }
        finally
        {
            await PrivatePostgres.Drop(database);
        }
    }

    [Fact]
    public async Task An_import_that_was_interrupted_goes_on_where_it_stopped()
    {
        await using var source = await Source();
        var export = await Export(source);
        await using var target = await Ledgers.Sqlite(folder.File("target.db"));
        var cut = await Assert.ThrowsAsync<ExportDamagedException>(() => Import(target, export[..(export.Length / 2)]));
        Assert.True(cut.IsCutOff);
        var reached = (await target.ReadHead()).Sequence;
        Assert.InRange(reached, 1, Ledgers.Demo.Count - 1);
        Assert.Equal(0, reached % PerFrame);

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LedgerImport.Run(_ => Task.FromResult(target), new MemoryStream(export), _ => stop.Cancel(), stop.Token));
        var result = await Import(target, export);
        Assert.Equal((Ledgers.Demo.Count, Ledgers.Demo.Count), (result.LastSequence, result.Skipped + result.Events));
        Assert.Equal(await Ledgers.Print(source), await Ledgers.Print(target));
        Assert.Equal((0, Ledgers.Demo.Count), ((await Import(target, export)).Events, (await Import(target, export)).Skipped));
    }

    [Fact]
    public async Task An_export_that_was_cut_anywhere_goes_on_and_ends_as_if_it_never_had_been()
    {
        await using var source = await Source();
        var whole = await Export(source);
        for (var cut = 200; cut < whole.Length; cut += whole.Length / 23)
        {
            using var stream = new MemoryStream();
            stream.Write(whole, 0, cut);
            await LedgerExport.Continue(source, stream, eventsPerFrame: PerFrame);
            Assert.Equal(whole, stream.ToArray());
        }
    }

    [Fact]
    public async Task An_old_export_is_brought_up_and_a_later_one_continues_it()
    {
        using var stream = new MemoryStream();
        byte[] old;
        await using (var source = await Source(100))
        {
            old = await Export(source);
            stream.Write(old);
        }
        await using var grown = await Source();
        await LedgerExport.Continue(grown, stream, eventsPerFrame: PerFrame);
        await using var one = await Ledgers.Sqlite(folder.File("one.db"));
        await Import(one, stream.ToArray());
        Assert.Equal(await Ledgers.Print(grown), await Ledgers.Print(one));

        var later = await Export(grown, after: 100);
        await using var two = await Ledgers.Sqlite(folder.File("two.db"));
        Assert.Contains("begins after event 100, the ledger ends at 0", (await Assert.ThrowsAsync<LedgerMismatchException>(() => Import(two, later))).Message);
        await Import(two, old);
        await Import(two, later);
        Assert.Equal(await Ledgers.Print(grown), await Ledgers.Print(two));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => LedgerExport.Write(grown, Stream.Null, Ledgers.Demo.Count + 1));
    }

    [Fact]
    public async Task A_damaged_byte_anywhere_is_found_and_its_frame_named()
    {
        await using var source = await Source(150);
        var export = await Export(source);
        var frames = FrameStarts(export);
        Assert.Equal(1 + 3 + 1, frames.Count);
        var before = await Ledgers.Print(source);
        for (var at = 0; at < export.Length; at += Math.Max(1, export.Length / 400))
        {
            var damaged = export.ToArray();
            damaged[at] ^= 0x10;
            var found = await Assert.ThrowsAsync<ExportDamagedException>(() => Import(source, damaged));
            Assert.Equal(frames.Last(start => start <= at), found.Position);
        }
        Assert.Equal(before, await Ledgers.Print(source));
    }

    [Fact]
    public async Task A_file_that_ends_early_or_late_is_never_taken_for_whole()
    {
        await using var source = await Source(150);
        var export = await Export(source);
        foreach (var length in FrameStarts(export).Concat([1, export.Length - 1, export.Length / 3]))
            await Assert.ThrowsAsync<ExportDamagedException>(() => Import(source, export[..length]));
        Assert.Contains("after the end", (await Assert.ThrowsAsync<ExportDamagedException>(() => Import(source, [.. export, 0]))).Message);
        Assert.Contains("no export", (await Assert.ThrowsAsync<ExportDamagedException>(() => Import(source, new byte[500]))).Message);
    }

    [Fact]
    public async Task A_ledger_with_other_events_is_refused_and_left_as_it_was()
    {
        await using var source = await Source();
        var export = await Export(source);
        await using var other = await Ledgers.Sqlite(folder.File("other.db"));
        var json = Ledgers.Demo[0].Json;
        var time = new DateTimeOffset(2026, 5, 3, 8, 0, 0, 1, TimeSpan.Zero);
        await other.Append(new() { Events = [new(1, time, Ledgers.Demo[0].EventId, false, Ledgers.Demo[0].CbvHash, LedgerHash.EventHash(time, json), json)], Entities = [], Links = [], Rows = [] });
        await LedgerRebuild.Run(other);
        var before = await Ledgers.Print(other);
        Assert.Contains("event 1 of the ledger is not event 1 of the export", (await Assert.ThrowsAsync<LedgerMismatchException>(() => Import(other, export))).Message);
        Assert.Equal(before, await Ledgers.Print(other));

        using var stream = new MemoryStream();
        stream.Write(export);
        await Assert.ThrowsAsync<LedgerMismatchException>(() => LedgerExport.Continue(other, stream));
        Assert.Equal(export, stream.ToArray());
    }

    [Theory]
    [InlineData("hash", "does not hash")]
    [InlineData("time", "before its predecessor")]
    [InlineData("gap", "does not follow")]
    [InlineData("count", "incomplete")]
    [InlineData("end", "the end says")]
    public async Task What_is_wrong_inside_sound_frames_is_refused(string what, string said)
    {
        await using var source = await Source(20);
        var events = (await source.ReadEvents(0, 20)).ToList();
        if (what == "hash") events[5] = events[5] with { Json = [.. events[5].Json, (byte)' '] };
        if (what == "time")
        {
            var early = events[3].RecordTime.AddHours(-1);
            events[5] = events[5] with { RecordTime = early, EventHash = LedgerHash.EventHash(early, events[5].Json) };
        }
        using var stream = new MemoryStream();
        await new ExportHeader(ExportHeader.FormatName, 1, Ledgers.ShardCount, 0, null).ToFrame().Write(stream, default);
        await new ExportFrame(FrameKind.Events, what == "gap" ? 2 : 1, what == "count" ? 21 : 20, EventsContent.Write(events)).Write(stream, default);
        await new ExportFrame(FrameKind.End, what == "end" ? 21 : 20, 0, []).Write(stream, default);
        await using var target = await Ledgers.Sqlite(folder.File("target.db"));
        Assert.Contains(said, (await Assert.ThrowsAsync<ExportDamagedException>(() => Import(target, stream.ToArray()))).Message);
        Assert.Equal(what == "end" ? 20 : 0, (await target.ReadHead()).Sequence);
    }

    [Fact]
    public async Task A_damaged_ledger_is_not_exported()
    {
        await using var source = await Source(20);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.File("source.db")};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE event SET record_time = record_time - 1 WHERE sequence = 20";
            command.ExecuteNonQuery();
        }
        Assert.Contains("event 20", (await Assert.ThrowsAsync<InvalidDataException>(() => Export(source))).Message);
    }

    static List<int> FrameStarts(byte[] export)
    {
        var starts = new List<int>();
        for (var at = 0; at < export.Length; at += ExportFrame.HeadSize + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(export.AsSpan(at + 24))) starts.Add(at);
        return starts;
    }
}
