using Orleans.Storage;

namespace TraceGrains.Grains.Tests.Cluster;

/// <summary>The real storage of the cases, with writes that fail as often as a test asks.</summary>
sealed class CaseStorageProxy(IGrainStorage inner) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    int failures, writes;

    public int Writes => writes;

    public void FailWrites(int times) => failures = times;

    public void Participate(ISiloLifecycle lifecycle) => ((ILifecycleParticipant<ISiloLifecycle>)inner).Participate(lifecycle);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Interlocked.Decrement(ref failures) >= 0) throw new IOException("no space left on device");
        await inner.WriteStateAsync(stateName, grainId, grainState);
        Interlocked.Increment(ref writes);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
}
