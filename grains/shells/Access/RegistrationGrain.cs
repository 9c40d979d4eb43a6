using Orleans.Concurrency;
using Orleans.Runtime;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Identity;
using TraceGrains.Grains.Recalls;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Access;

/// <summary>
/// What is registered to an enterprise, kept in grain state; and whom it deals with and which events concern it, read from the chains of its own codes and kept while the grain is in use. Before every answer the links that came
/// since are read, so an answer never lacks a captured event, whichever activation gives it.
/// </summary>
[Reentrant]
sealed class RegistrationGrain([PersistentState("registration", CaseStorage.Provider)] IPersistentState<RegistrationState> stored, ILedger ledger, TimeProvider clock) : Grain, IRegistrationGrain
{
    /// <summary>Links of a thing's chain that are looked through for the enterprise; a thing with more behind is not its to see by this.</summary>
    const int LinksMax = 100_000;

    /// <summary>Things looked up with one reading of the ledger.</summary>
    const int ThingsAtOnce = 500;

    const int PageSize = 500, PlacesMax = 10_000;

    readonly HashSet<string> neighbours = new(StringComparer.Ordinal);
    readonly HashSet<long> concerning = [];
    readonly Dictionary<int, int> read = [];
    long through;
    Task reading = Task.CompletedTask;

    string Party => this.GetPrimaryKeyString();

    Registration Own => new(Party, stored.State.Keys);

    public Task<RegistrationView> View() => Task.FromResult(new RegistrationView { Party = Party, Name = stored.State.Name, Keys = stored.State.Keys, By = stored.State.By, At = stored.State.At });

    public async Task<RegistrationView> Register(string name, string[] keys, Caller by)
    {
        await stored.Become(new() { Name = name, Keys = keys, By = by.Subject, At = clock.GetUtcNow() });
        // What was read was read for other keys.
        while (!reading.IsCompleted) await reading;
        neighbours.Clear();
        concerning.Clear();
        read.Clear();
        through = 0;
        return await View();
    }

    public async Task<bool[]> Knows(string[] parties)
    {
        await ReadOn();
        var own = Own;
        return [.. parties.Select(code => own.Owns(code) || neighbours.Contains(code))];
    }

    public async Task<bool[]> Handled(string[] things)
    {
        await ReadOn();
        var own = Own;
        var handled = new bool[things.Length];
        foreach (var places in Enumerable.Range(0, things.Length).Chunk(ThingsAtOnce))
        {
            var numbers = await ledger.FindEntities([.. places.Select(place => things[place])]);
            var chains = await ledger.ReadChainSequences(numbers, LinksMax);
            for (var i = 0; i < places.Length; i++) handled[places[i]] = own.Owns(things[places[i]]) || chains[i].Any(concerning.Contains);
        }
        return handled;
    }

    /// <summary>Takes the links in that came since; whoever asks meanwhile waits for the same reading and looks again.</summary>
    async Task ReadOn()
    {
        var head = (await ledger.ReadHead()).Sequence;
        while (through < head)
        {
            if (!reading.IsCompleted)
            {
                await reading;
                continue;
            }
            await (reading = Read(head));
        }
    }

    async Task Read(long head)
    {
        var keys = Own;
        foreach (var number in await OwnEntities())
        {
            var position = read.GetValueOrDefault(number);
            while (true)
            {
                var page = await ledger.ReadChain(number, position, PageSize);
                foreach (var entry in page)
                {
                    position = entry.Link.Position;
                    // Events that name goods of its own make, and not the enterprise, are between others.
                    if (entry.Event is not { } e || PartiesOf(e) is var parties && !parties.Any(keys.Owns)) continue;
                    neighbours.UnionWith(parties);
                    concerning.Add(entry.Link.Sequence);
                }
                read[number] = position;
                if (page.Count < PageSize) break;
            }
        }
        through = head;
    }

    /// <summary>The enterprise's code and every party and place under its keys that events have named.</summary>
    async Task<List<int>> OwnEntities()
    {
        List<int> own = [.. (await ledger.FindEntities([Party])).Where(number => number != 0)];
        foreach (var start in stored.State.Keys.SelectMany(StartsOf))
            for (string? after = null; own.Count < PlacesMax;)
            {
                var page = await ledger.FindByPrefix(start, after, PageSize);
                own.AddRange(page.Where(entity => Identifier.TryIdentify(entity.Code, out var identified, out _) && identified.Kind is CodeKind.Party or CodeKind.Location or CodeKind.Other).Select(entity => entity.Number));
                if (page.Count < PageSize) break;
                after = page[^1].Code;
            }
        return own;
    }

    static IEnumerable<string> StartsOf(string key) => char.IsAsciiDigit(key[0]) ? [$"https://id.gs1.org/414/{key}", $"https://id.gs1.org/417/{key}"] : [key];

    static IReadOnlyList<string> PartiesOf(LedgerEvent recorded) => EpcisJson.TryReadStored(recorded.Json) is { } read ? EventParties.Of(read.Event).Codes : [];
}

/// <summary>What is stored of a registration.</summary>
[GenerateSerializer]
[Alias("tg.RegistrationState")]
sealed class RegistrationState
{
    [Id(0)] public string Name { get; set; } = "";
    [Id(1)] public string[] Keys { get; set; } = [];
    [Id(2)] public string? By { get; set; }
    [Id(3)] public DateTimeOffset? At { get; set; }
}
