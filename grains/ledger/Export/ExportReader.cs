namespace TraceGrains.Ledger.Export;

/// <summary>Reads an export from its start and checks everything on the way: frames, dense sequence, event hashes, record times.</summary>
sealed class ExportReader
{
    readonly Stream stream;
    DateTimeOffset lastTime = DateTimeOffset.MinValue;

    ExportReader(Stream stream, ExportHeader header, long position)
    {
        this.stream = stream;
        (Header, Position, LastSequence) = (header, position, header.After);
    }

    public ExportHeader Header { get; }

    /// <summary>Byte after the last good frame.</summary>
    public long Position { get; private set; }

    /// <summary>Sequence of the last event read.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Event hash of the last event read; null before the first.</summary>
    public byte[]? LastHash { get; private set; }

    public static async Task<ExportReader> Open(Stream stream, CancellationToken stop)
    {
        var (frame, length) = await ExportFrame.Read(stream, 0, stop) ?? throw new ExportDamagedException(0, "the file is empty");
        return new(stream, ExportHeader.Of(frame), length);
    }

    /// <summary>The next events; null after the end frame.</summary>
    /// <exception cref="ExportDamagedException">The stream is damaged, or ends without its end frame.</exception>
    public async Task<IReadOnlyList<LedgerEvent>?> Next(CancellationToken stop)
    {
        var (frame, length) = await ExportFrame.Read(stream, Position, stop)
            ?? throw new ExportDamagedException(Position, $"the file ends after event {LastSequence} without saying that it is complete: it was cut off", isCutOff: true);
        if (frame.Kind == FrameKind.End)
        {
            if (frame.First != LastSequence) throw new ExportDamagedException(Position, $"the end says that event {frame.First} was the last; it was {LastSequence}");
            if (await stream.ReadAsync(new byte[1], stop) != 0) throw new ExportDamagedException(Position + length, "there are bytes after the end");
            return null;
        }
        if (frame.Kind != FrameKind.Events || frame.Count < 1) throw new ExportDamagedException(Position, $"expected a frame of events, found kind {(int)frame.Kind} with {frame.Count}");
        if (frame.First != LastSequence + 1) throw new ExportDamagedException(Position, $"event {frame.First} does not follow event {LastSequence}");
        var events = EventsContent.Read(frame, Position, lastTime);
        Position += length;
        (LastSequence, LastHash, lastTime) = (events[^1].Sequence, events[^1].EventHash, events[^1].RecordTime);
        return events;
    }
}
