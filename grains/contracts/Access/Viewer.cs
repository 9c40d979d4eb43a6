using System.Collections.Concurrent;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;

namespace TraceGrains.Contracts.Access;

/// <summary>
/// What one caller may see, row by row, for as long as one request or stream lasts. Every surface asks here: GraphQL, EPCIS queries and subscriptions, Digital Links, exports. What it has to look up it looks up once in some seconds.
/// </summary>
public sealed class Viewer
{
    /// <summary>How long what was looked up counts, in milliseconds: a request is over by then, and a stream hears of what has changed.</summary>
    const long LookedUpFor = 5_000;

    readonly IGrainFactory grains;
    readonly ConcurrentDictionary<string, bool> usedGrants = new(StringComparer.Ordinal);
    LookedUp known;
    long since = Environment.TickCount64;

    /// <summary>Looks with the eyes of a caller.</summary>
    public Viewer(IGrainFactory grains, Caller caller)
    {
        (this.grains, Caller, Reach) = (grains, caller, caller.Reach(Right.ReadCustody));
        known = new(this);
    }

    /// <summary>What was looked up, or is being looked up; together, not one by one.</summary>
    sealed class LookedUp(Viewer viewer)
    {
        public readonly BatchedLookup<string, bool> Parties = new(codes => viewer.AskParties(codes)), Things = new(codes => viewer.AskThings(codes));
        public readonly BatchedLookup<string, string?> Districts = new(codes => viewer.grains.GetGrain<IMasterDataGrain>(0).Districts(codes, long.MaxValue));
        public readonly Lazy<Task<Registration?>> Own = new(viewer.ReadOwn);
        public readonly Lazy<Task<(Grant Grant, Registration Grantor)[]>> Received = new(viewer.ReadGrants);
    }

    /// <summary>What is known, without what was looked up too long ago.</summary>
    LookedUp Known()
    {
        if (Environment.TickCount64 - Volatile.Read(ref since) < LookedUpFor) return known;
        Volatile.Write(ref since, Environment.TickCount64);
        return known = new(this);
    }

    /// <summary>Who looks.</summary>
    public Caller Caller { get; }

    /// <summary>Ids of the grants by which something was shown so far.</summary>
    public IReadOnlyCollection<string> UsedGrants => [.. usedGrants.Keys];

    /// <summary>How far the right to read custody goes.</summary>
    public Reach Reach { get; }

    /// <summary>Whether the caller has a right that goes as far as this.</summary>
    public bool May(Right right, Reach least = Reach.Own) => Caller.Reach(right) >= least;

    /// <summary>Whether nothing is kept from the caller, so that nothing need be looked at.</summary>
    public bool SeesAll => Reach == Reach.All;

    /// <summary>What is registered to the caller's enterprise; null for callers of none.</summary>
    public Task<Registration?> Own() => Known().Own.Value;

    /// <summary>Whether the caller sees the whole of an event (<see cref="EventParties.Sees"/>).</summary>
    public async ValueTask<bool> SeesEvent(EpcisEvent e)
    {
        if (SeesAll) return true;
        var named = EventParties.Of(e);
        if (Reach != Reach.District) return named.Sees(Reach, await Own(), null, _ => null);
        var districts = await Known().Districts.All(named.Codes);
        var found = named.Codes.Zip(districts).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return named.Sees(Reach, null, Caller.District, found.GetValueOrDefault);
    }

    /// <summary>The same of an event as stored; what cannot be read is for those who see everything.</summary>
    public async ValueTask<bool> SeesEvent(ReadOnlyMemory<byte> stored) => SeesAll || (Read(stored) is { } e && await SeesEvent(e));

    /// <summary>Whether others show the caller more than that.</summary>
    public async Task<bool> IsShownMore() => Reach == Reach.Own && (await Known().Received.Value).Any(one => one.Grant.RevokedAt is null);

    static EpcisEvent? Read(ReadOnlyMemory<byte> stored) => EpcisJson.TryReadStored(stored)?.Event;

    /// <summary>An event as the caller may see it: as stored where it is theirs to see whole, what grants show of it, or null.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> Shown(ReadOnlyMemory<byte> stored)
    {
        if (SeesAll) return stored;
        if (Read(stored) is not { } e) return null;
        if (await SeesEvent(e)) return stored;
        if (Reach != Reach.Own || await Known().Received.Value is not { Length: > 0 } given) return null;
        var now = TimeProvider.System.GetUtcNow();
        Grant[] showing = [.. given.Where(one => one.Grant.Shows(e, one.Grantor, now)).Select(one => one.Grant)];
        if (showing.Length == 0) return null;
        foreach (var grant in showing) usedGrants[grant.Id] = true;
        return GrantedEvent.Of(stored, showing);
    }

    async Task<(Grant, Registration)[]> ReadGrants()
    {
        if (Caller.Party is not { } party) return [];
        var all = await grains.GetGrain<IGrantsGrain>(party).Received();
        var grantors = new Dictionary<string, Registration>(StringComparer.Ordinal);
        foreach (var from in all.Select(grant => grant.From).Distinct(StringComparer.Ordinal)) grantors.Add(from, new(from, (await grains.GetGrain<IRegistrationGrain>(from).View()).Keys));
        return [.. all.Select(grant => (grant, grantors[grant.From]))];
    }

    /// <summary>Whether the caller may hear of a party or place: an enterprise of itself and of those one step away, a district's regulator of what lies there.</summary>
    public ValueTask<bool> SeesParty(string code) => Reach switch
    {
        Reach.All => new(true),
        Reach.None => new(false),
        Reach.District => new(IsInTerritory(code)),
        _ => new(Known().Parties[code]),
    };

    /// <summary>Whether the caller may hear of a thing: an enterprise of what it handled. Regulators hear of all: goods cross districts.</summary>
    public ValueTask<bool> SeesThing(string code) => Reach switch
    {
        Reach.All or Reach.District => new(true),
        Reach.None => new(false),
        _ => new(Known().Things[code]),
    };

    /// <summary><see cref="SeesParty"/> of many at once.</summary>
    public Task<bool[]> SeesParties(string[] codes) => Task.WhenAll(codes.Select(code => SeesParty(code).AsTask()));

    /// <summary><see cref="SeesThing"/> of many at once.</summary>
    public Task<bool[]> SeesThings(string[] codes) => Task.WhenAll(codes.Select(code => SeesThing(code).AsTask()));

    /// <summary>Which values of a query parameter some event has that the caller sees.</summary>
    /// <param name="parameter">The parameter, such as <c>EQ_bizStep</c>.</param>
    /// <param name="values">The values.</param>
    public async Task<bool[]> SeesValues(string parameter, string[] values)
    {
        if (SeesAll) return [.. values.Select(_ => true)];
        var seen = new bool[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var query = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string[]> { [parameter] = [values[i]] });
            seen[i] = (await grains.GetGrain<IEventQueryGrain>(0).Poll(new() { Query = query, PageSize = 1, For = Caller })).Events.Length > 0;
        }
        return seen;
    }

    /// <summary>Whether the caller may say that something happened at a place: somebody of an enterprise at places of its own.</summary>
    public async ValueTask<bool> MayReportAt(string place) => Caller.Party is null || Caller.Reach(Right.Capture) == Reach.All || (await Own())!.Owns(place);

    async Task<bool> IsInTerritory(string code) => Caller.District is { } territory && Territory.Contains(territory, await Known().Districts[code]);

    Task<bool[]> AskParties(string[] codes) => Caller.Party is { } party ? grains.GetGrain<IRegistrationGrain>(party).Knows(codes) : Task.FromResult(new bool[codes.Length]);

    Task<bool[]> AskThings(string[] codes) => Caller.Party is { } party ? grains.GetGrain<IRegistrationGrain>(party).Handled(codes) : Task.FromResult(new bool[codes.Length]);

    async Task<Registration?> ReadOwn() => Caller.Party is { } party ? new(party, (await grains.GetGrain<IRegistrationGrain>(party).View()).Keys) : null;
}
