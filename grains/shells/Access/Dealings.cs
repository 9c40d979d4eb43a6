using TraceGrains.Contracts.Costs;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Identity;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Access;

/// <summary>
/// Whom an enterprise deals with, and which events concern it: those of the chains of its own codes that name it. Events that name goods of its own make, and not the enterprise, are between others. One reader at a
/// time; who asks meanwhile waits for the same reading.
/// </summary>
/// <param name="own">What is registered to the enterprise.</param>
/// <param name="ledger">Where it is read.</param>
sealed class Dealings(Registration own, ILedger ledger)
{
    /// <summary>Places of its own that are read; of more, and of more events than are remembered, a thing's own events decide.</summary>
    const int PlacesMax = 10_000, EventsMax = 5_000_000;

    /// <summary>Links of a thing's chain that are looked through, where the places of its events decide and where the events themselves do; a thing with more behind is not the enterprise's to see by this.</summary>
    const int LinksMax = 20_000, EventsReadMax = 2_000;

    const int PageSize = 500, ThingsAtOnce = 500, FirstLinks = 1_000;

    readonly HashSet<string> neighbours = new(StringComparer.Ordinal);
    readonly HashSet<long> concerning = [];
    readonly Dictionary<int, int> read = [];
    bool isPartial;
    long through;
    Task reading = Task.CompletedTask;

    /// <summary>Which of some parties and places are the enterprise's own, or are named by an event together with one of its own.</summary>
    public async Task<bool[]> Knows(string[] parties)
    {
        await ReadOn();
        return [.. parties.Select(code => own.Owns(code) || neighbours.Contains(code))];
    }

    /// <summary>Which of some things are the enterprise's own, or are named by an event together with one of its own parties or places.</summary>
    public async Task<bool[]> Handled(string[] things)
    {
        await ReadOn();
        var handled = things.Select(own.Owns).ToArray();
        foreach (var places in Enumerable.Range(0, things.Length).Where(place => !handled[place]).Chunk(ThingsAtOnce))
        {
            var numbers = await ledger.FindEntities([.. places.Select(place => things[place])]);
            var chains = await ledger.ReadChainSequences(numbers, FirstLinks);
            for (var i = 0; i < places.Length; i++)
                handled[places[i]] = chains[i].Any(concerning.Contains)
                    || chains[i].Length == FirstLinks && (await ledger.ReadChainSequences([numbers[i]], LinksMax))[0].Any(concerning.Contains)
                    || isPartial && numbers[i] != 0 && await IsNamedWithOwn(numbers[i]);
        }
        return handled;
    }

    async Task<bool> IsNamedWithOwn(int thing)
    {
        for (var position = 0; position < EventsReadMax;)
        {
            var page = await ledger.ReadChain(thing, position, PageSize);
            foreach (var entry in page)
            {
                position = entry.Link.Position;
                if (entry.Event is { } e && PartiesOf(e).Any(own.Owns)) return true;
            }
            if (page.Count < PageSize) return false;
        }
        return false;
    }

    /// <summary>Takes the links in that came since.</summary>
    async Task ReadOn()
    {
        var head = (await ledger.ReadHead()).Sequence;
        while (through < head)
            if (!reading.IsCompleted) await reading;
            else await (reading = Metering.Apart(() => Read(head)));
    }

    async Task Read(long head)
    {
        var numbers = await OwnEntities();
        var heads = await ledger.ReadChainHeads(numbers);
        for (var i = 0; i < numbers.Count; i++)
            for (var position = read.GetValueOrDefault(numbers[i]); position < heads[i].Position;)
            {
                var page = await ledger.ReadChain(numbers[i], position, PageSize);
                if (page.Count == 0) break;
                foreach (var entry in page)
                    if (entry.Event is { } e && PartiesOf(e) is var parties && parties.Any(own.Owns))
                    {
                        neighbours.UnionWith(parties);
                        if (concerning.Count < EventsMax) concerning.Add(entry.Link.Sequence);
                        else isPartial = true;
                    }
                read[numbers[i]] = position = page[^1].Link.Position;
            }
        through = head;
    }

    /// <summary>The enterprise's code and every party and place under its keys that events have named.</summary>
    async Task<List<int>> OwnEntities()
    {
        List<int> found = [.. (await ledger.FindEntities([own.Party])).Where(number => number != 0)];
        foreach (var start in own.Keys.SelectMany(StartsOf))
            for (string? after = null; ;)
            {
                var page = await ledger.FindByPrefix(start, after, PageSize);
                found.AddRange(page.Where(entity => Identifier.TryIdentify(entity.Code, out var identified, out _) && identified.Kind is CodeKind.Party or CodeKind.Location or CodeKind.Other).Select(entity => entity.Number));
                if (page.Count < PageSize) break;
                if (found.Count >= PlacesMax)
                {
                    isPartial = true;
                    return found;
                }
                after = page[^1].Code;
            }
        return found;
    }

    static IEnumerable<string> StartsOf(string key) => char.IsAsciiDigit(key[0]) ? [$"https://id.gs1.org/414/{key}", $"https://id.gs1.org/417/{key}"] : [key];

    static IReadOnlyList<string> PartiesOf(LedgerEvent recorded) => EpcisJson.TryReadStored(recorded.Json) is { } read ? EventParties.Of(read.Event).Codes : [];
}
