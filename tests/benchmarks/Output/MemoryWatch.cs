namespace TraceGrains.Benchmarks.Output;

/// <summary>Looks at the memory of this process again and again, and keeps the most it saw.</summary>
sealed class MemoryWatch : IDisposable
{
    readonly Timer timer;
    long most = Environment.WorkingSet;

    public MemoryWatch() => timer = new(_ => most = Math.Max(most, Environment.WorkingSet), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

    public long Most => Math.Max(most, Environment.WorkingSet);

    public void Dispose() => timer.Dispose();
}
