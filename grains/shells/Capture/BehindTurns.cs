namespace TraceGrains.Grains.Capture;

/// <summary>
/// When what can wait gets its turn: while others capture, one portion after they have had four times as long as the last one took; when nobody has for a while, many at once. Times are milliseconds of
/// one clock.
/// </summary>
sealed class BehindTurns<T>
{
    const long Share = 4, IdleAfter = 250;
    const int PortionsWhenIdle = 10;

    readonly Queue<T> portions = new();
    long owed, lastOther = long.MinValue / 2;

    /// <summary>Portions that wait.</summary>
    public int Count => portions.Count;

    /// <summary>Whether one goes before others that wait.</summary>
    public bool HasItsTurn => portions.Count > 0 && owed <= 0;

    public void Add(T portion) => portions.Enqueue(portion);

    /// <summary>How long one has to wait although nobody else does: others may be back in a moment. Null when it need not.</summary>
    public TimeSpan? Pause(long now) => owed <= 0 || IsIdle(now) ? null : TimeSpan.FromMilliseconds(Math.Max(1, lastOther + IdleAfter - now));

    public List<T> Take(long now)
    {
        var taken = new List<T>();
        for (var most = IsIdle(now) ? PortionsWhenIdle : 1; taken.Count < most && portions.TryDequeue(out var portion);) taken.Add(portion);
        return taken;
    }

    /// <summary>A commit is over.</summary>
    public void Tell(bool wasBehind, long began, long ended)
    {
        var took = Math.Max(1, ended - began);
        if (wasBehind) owed = Share * took;
        else (owed, lastOther) = (owed - took, ended);
    }

    bool IsIdle(long now) => now - lastOther >= IdleAfter;
}
