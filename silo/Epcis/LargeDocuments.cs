namespace TraceGrains.Silo.Epcis;

/// <summary>
/// Keeps memory bounded: a document over 1 MB, or of unknown length, waits until fewer than four such are being taken. Reading one takes about six times its
/// size for a moment, so together they stay below some 1.2 GB; small ones never wait.
/// </summary>
sealed class LargeDocuments : IDisposable
{
    const int Small = 1024 * 1024, AtOnce = 4;

    readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Waits for a place; disposing what this returns makes it free.</summary>
    public async Task<IDisposable?> Enter(HttpRequest request, CancellationToken stop)
    {
        if (request.ContentLength <= Small) return null;
        await places.WaitAsync(stop);
        return new Place(places);
    }

    public void Dispose() => places.Dispose();

    sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
