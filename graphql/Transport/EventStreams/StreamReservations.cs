using System.Collections.Concurrent;

namespace TraceGrains.GraphQL.Transport.EventStreams;

/// <summary>
/// The streams that are reserved in this process. Behind several silos a client must come back to the one where it made its reservation (session affinity): a stream is an open connection, and that is
/// somewhere.
/// </summary>
sealed class StreamReservations(OpenStreams streams, TimeProvider clock)
{
    /// <summary>How long a reservation waits for its connection.</summary>
    public static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(60);

    readonly ConcurrentDictionary<string, (ReservedStream Stream, IDisposable Place, ITimer Expiry)> reserved = new(StringComparer.Ordinal);

    /// <summary>Makes a reservation; null when there are too many streams.</summary>
    public ReservedStream? Reserve()
    {
        if (streams.Enter() is not { } place)
            return null;
        var stream = new ReservedStream(StreamTokens.Make());
        reserved[stream.Token] = (stream, place, clock.CreateTimer(_ =>
        {
            if (stream.TryOpen())
                Release(stream);
        }, null, OpenWithin, Timeout.InfiniteTimeSpan));
        return stream;
    }

    /// <summary>The stream of a token; null when there is none, or none any more.</summary>
    public ReservedStream? Find(string token) => reserved.TryGetValue(token, out var found) ? found.Stream : null;

    /// <summary>Its connection is gone, or never came: its operations end, its token is worth nothing.</summary>
    public void Release(ReservedStream stream)
    {
        if (!reserved.TryRemove(stream.Token, out var gone))
            return;
        stream.End();
        gone.Expiry.Dispose();
        gone.Place.Dispose();
    }
}
