using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>What working a scope out asks of the ledger. Everything is as on record up to <em>bound</em>, a ledger sequence.</summary>
public interface IScopeLedger
{
    /// <summary>Numbers of codes, in the order asked; 0 for one that no event had named.</summary>
    ValueTask<int[]> Find(IReadOnlyList<string> codes, long bound);

    /// <summary>Numbers and codes that start with a text, in ordinal order, after a code; at most so many. Those named later than any bound are among them: <see cref="KnownThrough"/> tells.</summary>
    ValueTask<IReadOnlyList<(int Number, string Code)>> StartingWith(string prefix, string? after, int max);

    /// <summary>The last entity number that an event had given out: numbers follow the order of first mention.</summary>
    ValueTask<int> KnownThrough(long bound);

    /// <summary>Codes of entity numbers, in the order asked.</summary>
    ValueTask<string[]> Codes(IReadOnlyList<int> numbers);

    /// <summary>
    /// Events that name an entity, after a position in its chain. Error declarations, what they withdrew, and recall notices are left out, so a page may be empty; where the next one starts
    /// is said beside it, null at the end.
    /// </summary>
    ValueTask<(IReadOnlyList<RecordedEvent> Events, int? Next)> EventsNaming(int entity, int after, long bound);

    /// <summary>How many events name an entity, error declarations and withdrawn ones included.</summary>
    ValueTask<int> CountNaming(int entity, long bound);

    /// <summary>The event of an id, be it withdrawn or not; null when there was none.</summary>
    ValueTask<RecordedEvent?> EventById(string eventId, long bound);
}

/// <summary>An event and its place in the order.</summary>
public sealed record RecordedEvent(long Sequence, CanonicalEvent Canonical)
{
    /// <summary>The things it names: parent, objects, inputs, outputs.</summary>
    public IEnumerable<string> Things()
    {
        var e = Canonical.Event;
        string?[] parent = [e.ParentId];
        return parent.OfType<string>().Concat(e.Epcs).Concat(e.InputEpcs).Concat(e.OutputEpcs)
            .Concat(e.Quantities.Concat(e.InputQuantities).Concat(e.OutputQuantities).Select(amount => amount.Code)).Distinct();
    }
}
