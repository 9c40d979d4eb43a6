namespace TraceGrains.Grains.Capture;

/// <summary>
/// Keeps memory bounded: of documents over 1 MB each process captures one at a time, whoever waits for them. The largest there are, 50 MB that name a million things for the
/// first time, take about 1 GB meanwhile. The host registers one.
/// </summary>
public sealed class LargeDocumentGate : IDisposable
{
    const int Small = 1024 * 1024;

    readonly SemaphoreSlim place = new(1);

    /// <summary>Waits for the place, if a document of this many bytes needs it. <see cref="Leave"/> has to follow, with the same length.</summary>
    public Task Enter(int bytes, CancellationToken stop = default) => bytes <= Small ? Task.CompletedTask : place.WaitAsync(stop);

    /// <summary>Makes the place free.</summary>
    public void Leave(int bytes)
    {
        if (bytes > Small) place.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => place.Dispose();
}
