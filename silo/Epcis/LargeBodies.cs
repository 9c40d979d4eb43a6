namespace TraceGrains.Silo.Epcis;

/// <summary>Keeps memory bounded: a body over 1 MB, or of unknown length, is taken when fewer than four such are (200 MB together); small ones never wait.</summary>
sealed class LargeBodies : IDisposable
{
    const int Small = 1024 * 1024, AtOnce = 4;

    readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Waits for a place; disposing what this returns makes it free.</summary>
    public async Task<IDisposable?> Enter(HttpRequest request)
    {
        if (request.ContentLength <= Small) return null;
        await places.WaitAsync(request.HttpContext.RequestAborted);
        return new Place(places);
    }

    public void Dispose() => places.Dispose();

    sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
