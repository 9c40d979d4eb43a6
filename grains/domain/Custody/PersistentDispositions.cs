using System.Buffers.Binary;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Custody;

/// <summary>
/// Persistent dispositions of one thing, folded over its chain: each holds from the latest event time that set it until the latest that unset it. Events may
/// come in any order; error declarations take their events out again.
/// </summary>
public sealed class PersistentDispositions
{
    readonly record struct Word(string Term, bool IsSet, DateTimeOffset Time, ulong TieBreak, string EventId);

    readonly List<Word> words = [];
    readonly HashSet<string> declaredWrong = new(StringComparer.Ordinal);

    /// <summary>Takes in one event of the chain.</summary>
    public void Apply(CanonicalEvent canonical)
    {
        var e = canonical.Event;
        if (e.ErrorDeclaration is not null)
        {
            declaredWrong.Add(canonical.Id);
            return;
        }
        var tieBreak = BinaryPrimitives.ReadUInt64BigEndian(canonical.CbvHash.Span);
        foreach (var term in e.PersistentSet) words.Add(new(term, true, e.EventTime, tieBreak, canonical.Id));
        foreach (var term in e.PersistentUnset) words.Add(new(term, false, e.EventTime, tieBreak, canonical.Id));
    }

    /// <summary>The terms in force, in alphabetical order.</summary>
    public IReadOnlyList<string> InForce() =>
        [.. words.Where(word => !declaredWrong.Contains(word.EventId))
            .GroupBy(word => word.Term, StringComparer.Ordinal)
            .Where(group => group.MaxBy(word => (word.Time, word.TieBreak)).IsSet)
            .Select(group => group.Key).Order(StringComparer.Ordinal)];
}
