namespace TraceGrains.Grains.Tests.Cluster;

/// <summary>The system's clock, set ahead as far as a test says; timers run as ever.</summary>
sealed class AheadClock : TimeProvider
{
    long ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));
}
