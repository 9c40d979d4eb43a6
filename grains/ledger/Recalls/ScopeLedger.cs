using TraceGrains.Domain.Events;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Ledger.Recalls;

/// <summary>A ledger as scopes ask it.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="read">How stored events are read; <see cref="EpcisJson.ReadStored"/>, when left out.</param>
/// <param name="stop">Nobody waits any longer.</param>
public sealed class ScopeLedger(ILedger ledger, Func<ReadOnlyMemory<byte>, CanonicalEvent>? read = null, CancellationToken stop = default) : IScopeLedger
{
    readonly Func<ReadOnlyMemory<byte>, CanonicalEvent> read = read ?? EpcisJson.ReadStored;

    const int PageSize = 100;

    (long Bound, int Known) last = (-1, 0);

    /// <inheritdoc/>
    public async ValueTask<int[]> Find(IReadOnlyList<string> codes, long bound)
    {
        var known = await KnownThrough(bound);
        return [.. (await ledger.FindEntities(codes, stop)).Select(number => number <= known ? number : 0)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<(int Number, string Code)>> StartingWith(string prefix, string? after, int max) =>
        [.. (await ledger.FindByPrefix(prefix, after, max, stop)).Select(entity => (entity.Number, entity.Code))];

    /// <inheritdoc/>
    public async ValueTask<int> KnownThrough(long bound)
    {
        if (last.Bound == bound) return last.Known;
        var head = await ledger.ReadHead(stop);
        // The head may be past the bound by now; then the first mention of each number decides.
        var known = head.Sequence <= bound ? head.Entity : await LastMentioned(head.Entity, bound);
        last = (bound, known);
        return known;
    }

    /// <summary>
    /// Numbers follow first mentions, so those mentioned by the bound are a beginning of all numbers. Processes and terms have no chain and tell nothing, and one that was named as a thing later
    /// begins its chain too late: so a number counts as known, too, when one shortly after it is.
    /// </summary>
    async ValueTask<int> LastMentioned(int max, long bound)
    {
        const int Neighbours = 16;
        var (low, high) = (0, max);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            var found = 0;
            for (var (probe, told) = (middle, 0); probe <= high && told < Neighbours && found == 0; probe++)
            {
                if (await FirstMention(probe) is not { } first) continue;
                told++;
                if (first <= bound) found = probe;
            }
            if (found == 0) high = middle - 1;
            else low = found;
        }
        return low;
    }

    async ValueTask<long?> FirstMention(int entity) => (await ledger.ReadChain(entity, 0, 1, stop)) is [var entry] ? entry.Link.Sequence : null;

    /// <inheritdoc/>
    public async ValueTask<string[]> Codes(IReadOnlyList<int> numbers) => await ledger.ReadCodes(numbers, stop);

    /// <inheritdoc/>
    public async ValueTask<(IReadOnlyList<RecordedEvent> Events, int? Next)> EventsNaming(int entity, int after, long bound)
    {
        var page = await ledger.ReadChain(entity, after, PageSize, stop);
        var recorded = page.Where(entry => entry.Link.Sequence <= bound).Select(entry => entry.Event).OfType<LedgerEvent>().Where(e => !e.DeclaresError).ToList();
        var withdrawn = await Withdrawn(recorded, bound);
        var events = recorded.Where(e => !withdrawn.Contains(e.Sequence)).Select(e => new RecordedEvent(e.Sequence, read(e.Json))).Where(e => e.Canonical.Event.Recall is null).ToList();
        var isLast = page.Count < PageSize || page[^1].Link.Sequence > bound;
        return (events, isLast ? null : page[^1].Link.Position);
    }

    /// <summary>Whether an error declaration on record has withdrawn an event.</summary>
    public async ValueTask<bool> IsWithdrawn(long sequence, long bound) => await ledger.ReadEvent(sequence, stop) is { } e && (await Withdrawn([e], bound)).Count > 0;

    async ValueTask<HashSet<long>> Withdrawn(List<LedgerEvent> events, long bound)
    {
        if (events.Count == 0) return [];
        var declared = (await ledger.FindByEventIds([.. events.Select(e => e.EventId).Distinct()], stop))
            .Concat(await ledger.FindByCbvHashes([.. events.DistinctBy(e => Convert.ToHexString(e.CbvHash)).Select(e => e.CbvHash)], stop))
            .Where(key => key.DeclaresError && key.Sequence <= bound).DistinctBy(key => key.Sequence).ToList();
        return declared.Count == 0 ? [] : [.. events.Where(e => declared.Any(key => Admission.Concerns(key, e.EventId, e.CbvHash))).Select(e => e.Sequence)];
    }

    /// <inheritdoc/>
    public async ValueTask<int> CountNaming(int entity, long bound)
    {
        var (low, high) = (0, (await ledger.ReadChainHeads([entity], stop))[0].Position);
        if (high == 0 || (await At(high)) <= bound) return high;
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (await At(middle) <= bound) low = middle;
            else high = middle - 1;
        }
        return low;

        async ValueTask<long> At(int position) => (await ledger.ReadChain(entity, position - 1, 1, stop))[0].Link.Sequence;
    }

    /// <inheritdoc/>
    public async ValueTask<RecordedEvent?> EventById(string eventId, long bound)
    {
        var key = (await ledger.FindByEventIds([eventId], stop)).FirstOrDefault(key => !key.DeclaresError && key.Sequence <= bound);
        return key is not null && await ledger.ReadEvent(key.Sequence, stop) is { } e ? new(e.Sequence, read(e.Json)) : null;
    }
}
