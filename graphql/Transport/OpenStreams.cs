namespace TraceGrains.GraphQL.Transport;

/// <summary>Counts the connections of this process that stay open, whatever protocol they speak.</summary>
sealed class OpenStreams(SurfaceOptions options)
{
    int open;

    /// <summary>What refuses one more says.</summary>
    public string Full => $"this process keeps {options.StreamsMax:N0} streams and sockets open at once; see Retry-After";

    /// <summary>Takes a place, to be given back by disposing it; null when there is none.</summary>
    public IDisposable? Enter()
    {
        if (Interlocked.Increment(ref open) <= options.StreamsMax)
            return new Place(this);
        Interlocked.Decrement(ref open);
        return null;
    }

    sealed class Place(OpenStreams streams) : IDisposable
    {
        int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                Interlocked.Decrement(ref streams.open);
        }
    }
}
