namespace TraceGrains.Ledger.Export;

/// <summary>What an export or import has done.</summary>
/// <param name="FirstSequence">First event that was written or recorded; one more than the last when there was nothing to do.</param>
/// <param name="LastSequence">Last event.</param>
/// <param name="Skipped">Events of the stream that were there already and are the same.</param>
public sealed record TransferResult(long FirstSequence, long LastSequence, long Skipped)
{
    /// <summary>How many events were written or recorded.</summary>
    public long Events => LastSequence - FirstSequence + 1;
}

/// <summary>How far a transfer is.</summary>
/// <param name="Sequence">Last event done.</param>
/// <param name="Target">Last event there will be; 0 when that is not known.</param>
public readonly record struct TransferProgress(long Sequence, long Target);

/// <summary>
/// Writes a ledger's events as a stream (EXPORT.md). The end is fixed when it begins: events are only ever added, so what a running ledger records meanwhile is left out
/// and the stream is exactly the ledger as it stood then.
/// </summary>
public static class LedgerExport
{
    /// <summary>Events in one frame unless told otherwise; at import a frame is one durable append.</summary>
    public const int EventsPerFrame = 1_000;

    const int MaxBytes = 4 << 20;

    /// <summary>Writes the events after a sequence as a new stream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ledger has fewer events.</exception>
    /// <exception cref="InvalidDataException">The ledger is damaged: an event is missing, or its hash is not that of its bytes.</exception>
    public static async Task<TransferResult> Write(ILedger ledger, Stream stream, long after = 0, Action<TransferProgress>? progress = null, int eventsPerFrame = EventsPerFrame, CancellationToken stop = default)
    {
        var head = (await ledger.ReadHead(stop)).Sequence;
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        if (after > head) throw new ArgumentOutOfRangeException(nameof(after), $"the ledger's last event is {head}; there is nothing after {after}");
        var afterHash = after == 0 ? null : Convert.ToHexStringLower(await HashOf(ledger, after, stop));
        await new ExportHeader(ExportHeader.FormatName, ExportHeader.CurrentVersion, ledger.Constants.ShardCount, after, afterHash).ToFrame().Write(stream, stop);
        return await WriteEvents(ledger, stream, after, head, progress, eventsPerFrame, stop);
    }

    /// <summary>
    /// Takes up an export that was interrupted, or that is complete but older than the ledger: checks what is there, cuts off a frame that was not finished, and goes on.
    /// </summary>
    /// <param name="ledger">The ledger the export was made from.</param>
    /// <param name="stream">The export; it is read, written and may be cut.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="eventsPerFrame">Events in one frame at most.</param>
    /// <param name="stop">Interrupts; the export can be continued again.</param>
    /// <exception cref="LedgerMismatchException">The export is of another ledger. It was not changed.</exception>
    /// <exception cref="ExportDamagedException">The export is damaged somewhere before its end. It was not changed.</exception>
    public static async Task<TransferResult> Continue(ILedger ledger, Stream stream, Action<TransferProgress>? progress = null, int eventsPerFrame = EventsPerFrame, CancellationToken stop = default)
    {
        stream.Position = 0;
        var reader = await ExportReader.Open(stream, stop);
        try
        {
            while (await reader.Next(stop) is not null) progress?.Invoke(new(reader.LastSequence, 0));
        }
        // What an interruption leaves behind; other damage is not for us to overwrite.
        catch (ExportDamagedException cut) when (cut.IsCutOff)
        {
        }
        var head = (await ledger.ReadHead(stop)).Sequence;
        await Compare(ledger, reader, head, stop);
        stream.SetLength(reader.Position);
        stream.Position = reader.Position;
        return await WriteEvents(ledger, stream, reader.LastSequence, head, progress, eventsPerFrame, stop);
    }

    static async Task<TransferResult> WriteEvents(ILedger ledger, Stream stream, long after, long head, Action<TransferProgress>? progress, int eventsPerFrame, CancellationToken stop)
    {
        var first = after + 1;
        var size = eventsPerFrame;
        while (after < head)
        {
            var events = await ledger.ReadEvents(after, (int)Math.Min(size, head - after), stop);
            if (events.Count == 0) throw new InvalidDataException($"the ledger has lost event {after + 1}");
            // Big events make small frames: the next page is as many as filled a frame this time.
            foreach (var frame in Split(events))
            {
                Check(frame, after);
                await new ExportFrame(FrameKind.Events, frame[0].Sequence, frame.Count, EventsContent.Write(frame)).Write(stream, stop);
                after = frame[^1].Sequence;
                size = Math.Clamp(2 * frame.Count, 1, eventsPerFrame);
                progress?.Invoke(new(after, head));
            }
        }
        await new ExportFrame(FrameKind.End, head, 0, []).Write(stream, stop);
        await stream.FlushAsync(stop);
        return new(first, head, 0);
    }

    static IEnumerable<List<LedgerEvent>> Split(IReadOnlyList<LedgerEvent> events)
    {
        var (frame, bytes) = (new List<LedgerEvent>(), 0L);
        foreach (var e in events)
        {
            if (frame.Count > 0 && bytes + e.Json.Length > MaxBytes)
            {
                yield return frame;
                (frame, bytes) = ([], 0);
            }
            frame.Add(e);
            bytes += e.Json.Length;
        }
        if (frame.Count > 0) yield return frame;
    }

    /// <summary>An export of a damaged ledger would be refused at import, when the ledger may be gone: better said now.</summary>
    static void Check(List<LedgerEvent> events, long after)
    {
        foreach (var e in events)
        {
            if (e.Sequence != ++after) throw new InvalidDataException($"the ledger has lost event {after}");
            if (!LedgerHash.EventHash(e.RecordTime, e.Json).AsSpan().SequenceEqual(e.EventHash))
                throw new InvalidDataException($"event {e.Sequence} of the ledger does not hash to its event hash: its bytes or its record time have changed");
        }
    }

    static async Task Compare(ILedger ledger, ExportReader reader, long head, CancellationToken stop)
    {
        var hash = reader.LastHash is { } last ? Convert.ToHexStringLower(last) : reader.Header.AfterHash;
        if (reader.LastSequence > head) throw new LedgerMismatchException($"the export goes to event {reader.LastSequence}, the ledger only to {head}: it is of another ledger, or the ledger was set back");
        if (hash is not null && Convert.ToHexStringLower(await HashOf(ledger, reader.LastSequence, stop)) != hash)
            throw new LedgerMismatchException($"event {reader.LastSequence} of the export is not event {reader.LastSequence} of the ledger: it is of another ledger");
    }

    internal static async Task<byte[]> HashOf(ILedger ledger, long sequence, CancellationToken stop) =>
        await ledger.ReadEventHashes(sequence - 1, 1, stop) is [{ } digest] && digest.Sequence == sequence
            ? digest.EventHash
            : throw new InvalidDataException($"the ledger has lost event {sequence}");
}

/// <summary>A stream and a ledger do not belong together. Nothing was changed.</summary>
[Orleans.GenerateSerializer]
[Orleans.Alias("tg.LedgerMismatch")]
public sealed class LedgerMismatchException(string message) : Exception(message);
