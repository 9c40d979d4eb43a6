using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Ledger.Projection;

/// <summary>How an event relates to what is on record (invariant I3): new, a repeat, or an id that is taken.</summary>
public abstract record Admission
{
    Admission() { }

    /// <summary>It is recorded.</summary>
    /// <param name="Withdraws">Sequences of the events whose effect ends with it; <see cref="Itself"/> when it was withdrawn before it arrived.</param>
    public sealed record New(IReadOnlyList<long> Withdraws) : Admission;

    /// <summary>It was recorded before.</summary>
    public sealed record Repeat(long Sequence) : Admission;

    /// <summary>Its id is on record with other content.</summary>
    public sealed record Conflict(long Sequence) : Admission;

    /// <summary>Stands in <see cref="New.Withdraws"/> for the event that is being recorded.</summary>
    public const long Itself = -1;

    /// <summary>
    /// Decides from the events on record with the same id or the same CBV hash. The same id with the same content, or the same content without an id on either
    /// side, is one event. An error declaration shares the id of the event it withdraws and is an event of its own; it may arrive first.
    /// </summary>
    /// <param name="e">The event that asks.</param>
    /// <param name="related">Events on record with its id or hash, in ledger order.</param>
    /// <param name="isSameDeclaration">Whether a declaration on record says the same as this one; asked only of declarations with the same id and hash.</param>
    public static Admission Decide(EventToRecord e, IReadOnlyList<EventKey> related, Func<long, bool> isSameDeclaration)
    {
        if (e.DeclaresError)
        {
            foreach (var key in related)
                if (key.DeclaresError && key.EventId == e.EventId && HasSameHash(key, e) && isSameDeclaration(key.Sequence))
                    return new Repeat(key.Sequence);
            return new New([.. related.Where(key => !key.DeclaresError && Concerns(key, e)).Select(key => key.Sequence)]);
        }
        foreach (var key in related)
            if (!key.DeclaresError && key.EventId == e.EventId)
                return HasSameHash(key, e) ? new Repeat(key.Sequence) : new Conflict(key.Sequence);
        foreach (var key in related)
            if (!key.DeclaresError && HasSameHash(key, e) && (!e.HasOwnId || IsAnonymous(key)))
                return new Repeat(key.Sequence);
        return new New(related.Any(key => key.DeclaresError && Concerns(key, e)) ? [Itself] : []);
    }

    /// <summary>A declaration and an original belong together by id, or by content where either has no id of its own.</summary>
    static bool Concerns(EventKey key, EventToRecord e) => Concerns(key, e.EventId, e.CbvHash, e.HasOwnId);

    /// <summary>The same for an original on record.</summary>
    internal static bool Concerns(EventKey declaration, string eventId, byte[] cbvHash) => Concerns(declaration, eventId, cbvHash, eventId != CanonicalEvent.CbvHashId(cbvHash));

    static bool Concerns(EventKey key, string eventId, byte[] cbvHash, bool hasOwnId) =>
        key.EventId == eventId || (key.CbvHash.AsSpan().SequenceEqual(cbvHash) && (!hasOwnId || IsAnonymous(key)));

    static bool HasSameHash(EventKey key, EventToRecord e) => key.CbvHash.AsSpan().SequenceEqual(e.CbvHash);

    static bool IsAnonymous(EventKey key) => key.EventId == CanonicalEvent.CbvHashId(key.CbvHash);
}
