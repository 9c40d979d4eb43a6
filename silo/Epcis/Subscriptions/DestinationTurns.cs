namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>So many attempts at once to one destination, and every destination by itself: one that is slow or dead keeps only its own waiting.</summary>
sealed class DestinationTurns(int perDestination)
{
    sealed class Lane(int places)
    {
        public readonly SemaphoreSlim Free = new(places);
        public int Users;
    }

    readonly Dictionary<string, Lane> lanes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for a turn; disposing what comes gives it back.</summary>
    public async Task<IDisposable> Take(string destination, CancellationToken stop)
    {
        Lane lane;
        lock (lanes)
        {
            if (!lanes.TryGetValue(destination, out lane!)) lanes.Add(destination, lane = new(perDestination));
            lane.Users++;
        }
        try
        {
            await lane.Free.WaitAsync(stop);
        }
        catch
        {
            Leave(destination, lane);
            throw;
        }
        return new Turn(() =>
        {
            lane.Free.Release();
            Leave(destination, lane);
        });
    }

    void Leave(string destination, Lane lane)
    {
        lock (lanes)
            if (--lane.Users == 0) lanes.Remove(destination);
    }

    sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
