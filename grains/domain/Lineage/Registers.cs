namespace TraceGrains.Domain.Lineage;

/// <summary>The latest value that events gave one aspect of a thing. Later event time wins; at one instant the greater tie-break wins, so arrival order never matters.</summary>
[GenerateSerializer]
[Alias("tg.Register")]
public struct Register : IEquatable<Register>
{
    /// <summary>Event time, Unix milliseconds.</summary>
    [Id(0)] public long Time;
    /// <summary>Orders events of one instant.</summary>
    [Id(1)] public ulong TieBreak;
    /// <summary>The value: an entity number, or a disposition.</summary>
    [Id(2)] public int Value;
    /// <summary>A second value where the aspect has two (who sent it and to whom).</summary>
    [Id(3)] public int Second;
    /// <summary>Whether any event has spoken.</summary>
    [Id(4)] public bool IsSet;

    /// <summary>Whether this register holds a later word than the other.</summary>
    public readonly bool IsLaterThan(in Register other) =>
        IsSet && (!other.IsSet || Time > other.Time || (Time == other.Time && TieBreak > other.TieBreak));

    /// <inheritdoc/>
    public readonly bool Equals(Register other) =>
        (Time, TieBreak, Value, Second, IsSet) == (other.Time, other.TieBreak, other.Value, other.Second, other.IsSet);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Register other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Time, TieBreak, Value, Second, IsSet);
}

/// <summary>
/// What is known of a thing's custody, aspect by aspect. A thing in a container also takes the container's registers for the time it is inside; merging is
/// taking the later of each, so it may be done in any order.
/// </summary>
[GenerateSerializer]
[Alias("tg.Registers")]
public struct Registers
{
    /// <summary>The holder an event named.</summary>
    [Id(0)] public Register Stated;
    /// <summary>The last sending that named its sender: who sent it, and (second) to whom.</summary>
    [Id(1)] public Register Sent;
    /// <summary>The last arrival that named no party.</summary>
    [Id(2)] public Register Arrived;
    /// <summary>Where it is or was last seen.</summary>
    [Id(3)] public Register Place;
    /// <summary>Its disposition: a CBV number, or minus the entity number of a term of one's own.</summary>
    [Id(4)] public Register Disposition;
    /// <summary>
    /// Sendings to somebody (second) that named no sender, latest first; null when there were none, as mostly. Each leaves the thing with whoever had it, so
    /// the last one alone does not tell: what counts is to whom the last one before an arrival went.
    /// </summary>
    [Id(5)] public Register[]? SentOn;

    /// <summary>Takes the later of each aspect.</summary>
    public void Merge(in Registers other)
    {
        if (other.Stated.IsLaterThan(Stated)) Stated = other.Stated;
        if (other.Sent.IsLaterThan(Sent)) Sent = other.Sent;
        if (other.Arrived.IsLaterThan(Arrived)) Arrived = other.Arrived;
        if (other.Place.IsLaterThan(Place)) Place = other.Place;
        if (other.Disposition.IsLaterThan(Disposition)) Disposition = other.Disposition;
        if (other.SentOn is { } more) SentOn = SentOn is null ? more : [.. SentOn.Concat(more).Distinct().OrderByDescending(sending => (sending.Time, sending.TieBreak))];
    }

    /// <summary>Who has it now, and where.</summary>
    public readonly Standing Read()
    {
        var known = Sent.IsLaterThan(Stated) ? Sent : Stated;
        var (holder, consignee) = (known.Value, known.Second);
        if (Arrived.IsLaterThan(known))
        {
            var before = LastSentOn(known, Arrived);
            if (before.IsSet) consignee = before.Second;
            if (consignee != 0) (holder, consignee) = (consignee, 0);
            known = Arrived;
        }
        var last = LastSentOn(known, default);
        if (last.IsSet) consignee = last.Second;
        return new() { Holder = holder != 0 ? holder : Place.Value, Consignee = consignee, Place = Place.Value, Disposition = Disposition.Value };
    }

    /// <summary>The last sending without a sender after one word and (if set) before another.</summary>
    readonly Register LastSentOn(in Register after, in Register before)
    {
        if (SentOn is null) return default;
        foreach (var sending in SentOn)
            if (!before.IsSet || before.IsLaterThan(sending)) return sending.IsLaterThan(after) ? sending : default;
        return default;
    }
}

/// <summary>Who has a thing, where and in what state; entity numbers, 0 for unknown.</summary>
[GenerateSerializer]
[Alias("tg.Standing")]
public struct Standing : IEquatable<Standing>
{
    /// <summary>The party that has it; the place, where no event ever named a party.</summary>
    [Id(0)] public int Holder;
    /// <summary>The party it is on its way to; 0 when it is not on its way.</summary>
    [Id(1)] public int Consignee;
    /// <summary>Where it is or was last seen.</summary>
    [Id(2)] public int Place;
    /// <summary>Its disposition: a CBV number, or minus the entity number of a term of one's own.</summary>
    [Id(3)] public int Disposition;

    /// <inheritdoc/>
    public readonly bool Equals(Standing other) =>
        Holder == other.Holder && Consignee == other.Consignee && Place == other.Place && Disposition == other.Disposition;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Standing other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Holder, Consignee, Place, Disposition);
}
