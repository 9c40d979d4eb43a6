using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>
/// Which events to come may change what a scope names, so that it is worked out anew before they count as captured. It may find an event to concern the scope that changes nothing; never the other
/// way round. Error declarations are not looked at: after one, every scope is worked out anew.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ScopeWatch")]
public sealed class ScopeWatch
{
    /// <summary>Codes: an event that names one of them.</summary>
    [Id(0)] public string[] Codes { get; set; } = [];
    /// <summary>Beginnings of codes: an event that names a code which begins so.</summary>
    [Id(1)] public string[] Starts { get; set; } = [];
    /// <summary>An event that names the party, place or device and happened in that time.</summary>
    [Id(2)] public TouchedWatch[] Touched { get; set; } = [];

    /// <summary>An event that makes something from something, or names a unit of a lot.</summary>
    [Id(3)] public bool Ties { get; set; }

    HashSet<string>? codes;

    /// <summary>Whether no event to come can change the scope.</summary>
    public bool IsEmpty => Codes.Length + Starts.Length + Touched.Length == 0 && !Ties;

    /// <summary>Whether an event may change what the scope names.</summary>
    public bool Concerns(EventToRecord e)
    {
        if (IsEmpty) return false;
        codes ??= [.. Codes];
        foreach (var code in e.Codes)
        {
            if (codes.Contains(code)) return true;
            foreach (var start in Starts) if (code.StartsWith(start, StringComparison.Ordinal)) return true;
            foreach (var touched in Touched) if (code == touched.Code && touched.Includes(new FactCodec.Reader(e.Facts).EventTime)) return true;
        }
        return Ties && HasTie(e);
    }

    static bool HasTie(EventToRecord e)
    {
        var reader = new FactCodec.Reader(e.Facts);
        while (reader.Next() is { } fact) if (fact is Fact.Tie) return true;
        return false;
    }
}

/// <summary>A party, place or device and a time.</summary>
[GenerateSerializer]
[Alias("tg.TouchedWatch")]
public readonly record struct TouchedWatch
{
    /// <summary>Canonical code.</summary>
    [Id(0)] public string Code { get; init; }
    /// <summary>First event time, inclusive.</summary>
    [Id(1)] public DateTimeOffset From { get; init; }
    /// <summary>Event time that is not included any more.</summary>
    [Id(2)] public DateTimeOffset Until { get; init; }

    /// <summary>Whether an event time, in Unix milliseconds, lies in it.</summary>
    public bool Includes(long eventTime) => eventTime >= From.ToUnixTimeMilliseconds() && eventTime < Until.ToUnixTimeMilliseconds();
}

/// <summary>What a working-out notes down to be watched.</summary>
sealed class WatchNotes
{
    public HashSet<string> Starts { get; } = new(StringComparer.Ordinal);
    public HashSet<TouchedWatch> Touched { get; } = [];
    public bool Ties { get; set; }

    public ScopeWatch With(string[] codes) => new() { Codes = codes, Starts = [.. Starts], Touched = [.. Touched], Ties = Ties };
}
