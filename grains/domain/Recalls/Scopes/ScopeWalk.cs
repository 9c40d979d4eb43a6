using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>What a scope came to: the entity numbers it names, ascending, and which events to come may change that; or why it could not be worked out. Never both.</summary>
public sealed record ScopeOutcome(int[]? Things, ScopeWatch? Watch, ScopeProblem? Problem);

/// <summary>Works a scope out over the ledger and the shards, as on record up to a ledger sequence, and what a recall of it would reach. Nothing is marked.</summary>
public sealed class ScopeWalk
{
    readonly IScopeLedger ledger;
    readonly ILineageShards shards;
    readonly long bound;
    readonly HashSet<int> sources = [];
    readonly WatchNotes watched = new();
    int known, eventsRead, combining;

    ScopeWalk(IScopeLedger ledger, ILineageShards shards, long bound) => (this.ledger, this.shards, this.bound) = (ledger, shards, bound);

    /// <summary>The things a scope names. A code or event that nothing on record names is a problem, not an empty set: a slip of the pen must not make a recall smaller.</summary>
    public static async ValueTask<ScopeOutcome> Resolve(IScopeLedger ledger, ILineageShards shards, ScopeQuery scope, long bound)
    {
        var walk = new ScopeWalk(ledger, shards, bound) { known = await ledger.KnownThrough(bound) };
        try
        {
            var things = (await walk.Of(scope, "scope")).ToArray();
            Array.Sort(things);
            return new(things, walk.watched.With(await ledger.Codes([.. walk.sources.Order()])), null);
        }
        catch (ScopeException found)
        {
            return new(null, null, found.Problem);
        }
    }

    /// <summary>What a recall of these things marks: they themselves, and everything they became.</summary>
    public static async ValueTask<NodeSet> Reach(ILineageShards shards, IReadOnlyList<int> things, long bound)
    {
        var reached = (await TraceWalk.Run(shards, things, TraceDirection.Forward, EdgeKind.Derivation, null, bound)).Reached;
        foreach (var thing in things) reached.Add(thing);
        return reached;
    }

    async ValueTask<HashSet<int>> Of(ScopeQuery scope, string field)
    {
        var things = scope switch
        {
            ScopeQuery.Batch s => [await Number(s.Code, $"{field}.batch")],
            ScopeQuery.Unit s => [await Number(s.Code, $"{field}.unit")],
            ScopeQuery.Product s => await OfProduct(s, $"{field}.product"),
            ScopeQuery.Serials s => await OfSerials(s, $"{field}.serials"),
            ScopeQuery.Touched s => await OfTouched(s, $"{field}.touchedBy"),
            ScopeQuery.MadeFrom s => await MadeFromOne(await Number(s.Code, $"{field}.madeFrom")),
            ScopeQuery.MadeWith s => await MadeWith(await Number(s.Code, $"{field}.madeWith")),
            ScopeQuery.OfEvent s => await OfEvent(s, $"{field}.event"),
            ScopeQuery.AnyOf s => await Combine(s.Scopes, $"{field}.anyOf", static (all, part) => all.UnionWith(part)),
            ScopeQuery.AllOf s => await Combining(() => Combine(s.Scopes, $"{field}.allOf", static (all, part) => all.IntersectWith(part))),
            ScopeQuery.Except s => await Combining(() => Without(s, $"{field}.except")),
            _ => throw new ArgumentException($"no such scope: {scope.GetType()}", nameof(scope)),
        };
        return things.Count <= ScopeLimits.ItemsMax ? things : throw TooMany(field);
    }

    /// <summary>What came of a member of a union is marked by itself. Where sets are cut by one another, it matters whether it is in the set.</summary>
    async ValueTask<HashSet<int>> Combining(Func<ValueTask<HashSet<int>>> combine)
    {
        combining++;
        var things = await combine();
        combining--;
        return things;
    }

    async ValueTask<HashSet<int>> Combine(IReadOnlyList<ScopeQuery> parts, string field, Action<HashSet<int>, HashSet<int>> combine)
    {
        var all = await Of(parts[0], $"{field}[0]");
        for (var i = 1; i < parts.Count; i++) combine(all, await Of(parts[i], $"{field}[{i}]"));
        return all;
    }

    async ValueTask<HashSet<int>> Without(ScopeQuery.Except scope, string field)
    {
        var things = await Of(scope.Of, $"{field}.of");
        things.ExceptWith(await Of(scope.Without, $"{field}.without"));
        return things;
    }

    async ValueTask<int> Number(string code, string field) => (await ledger.Find([code], bound))[0] is var number and not 0
        ? number
        : throw new ScopeException(field, $"expected a code that an event on record names; none names {code}");

    async ValueTask<List<(int Number, string Code)>> Starting(string prefix, string field)
    {
        const int page = 20_000;
        var all = new List<(int Number, string Code)>();
        for (string? after = null; ;)
        {
            var found = await ledger.StartingWith(prefix, after, page);
            all.AddRange(found.Where(one => one.Number <= known));
            if (all.Count > ScopeLimits.ItemsMax) throw TooMany(field);
            if (found.Count < page) return all;
            after = found[^1].Code;
        }
    }

    async ValueTask<HashSet<int>> OfSerials(ScopeQuery.Serials scope, string field)
    {
        watched.Starts.Add($"{scope.Range.Product}/21/");
        return [.. (await Starting($"{scope.Range.Product}/21/", field)).Where(unit => scope.Range.Contains(unit.Code)).Select(unit => unit.Number)];
    }

    /// <summary>Lots and units of a product have its code and a slash before them; those of a Chinese product carry it at the start of their own code.</summary>
    async ValueTask<HashSet<int>> OfProduct(ScopeQuery.Product scope, string field)
    {
        watched.Starts.Add(scope.Code);
        var members = await Starting(scope.Code, field);
        members.RemoveAll(one => one.Code != scope.Code && ProductCode.Of(one.Code) != scope.Code);
        if (members.Count == 0) throw new ScopeException($"{field}.code", $"expected a product that an event on record names; none names {scope.Code}, a lot or a unit of it");
        return scope is { From: null, Until: null } ? [.. members.Select(one => one.Number)] : await Produced(scope, members, field);
    }

    /// <summary>
    /// A unit comes into being once, with many others in one event: that event is read once for all of them. A lot may be made on several days; it is among them when any of it was.
    /// </summary>
    async ValueTask<HashSet<int>> Produced(ScopeQuery.Product scope, List<(int Number, string Code)> members, string field)
    {
        var chosen = new HashSet<int>();
        var settled = new HashSet<int>();
        var read = new HashSet<long>();
        var number = members.ToDictionary(one => one.Code, one => one.Number, StringComparer.Ordinal);
        foreach (var (member, code) in members)
        {
            if (settled.Contains(member)) continue;
            var isUnit = ProductCode.IsUnit(code);
            await foreach (var e in Naming(member, field))
            {
                if (!read.Add(e.Sequence)) continue;
                var created = Origin.CreatedBy(e.Canonical).Where(number.ContainsKey).ToList();
                if (created.Count == 0) continue;
                var date = ProductionDate.Of(e.Canonical);
                var isWanted = !(date < scope.From) && !(date > scope.Until);
                foreach (var thing in created)
                {
                    if (isWanted) chosen.Add(number[thing]);
                    if (ProductCode.IsUnit(thing)) settled.Add(number[thing]);
                }
                if (isUnit && settled.Contains(member)) break;
            }
        }
        return chosen;
    }

    async ValueTask<HashSet<int>> OfTouched(ScopeQuery.Touched scope, string field)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        watched.Touched.Add(new() { Code = scope.By, From = scope.From, Until = scope.Until });
        await foreach (var e in Naming(await Number(scope.By, $"{field}.code"), field))
            if (e.Canonical.Event.EventTime >= scope.From && e.Canonical.Event.EventTime < scope.Until)
            {
                codes.UnionWith(e.Things());
                if (codes.Count > ScopeLimits.ItemsMax) throw TooMany(field);
            }
        codes.Remove(scope.By);
        return [.. await ledger.Find([.. codes], bound)];
    }

    async ValueTask<HashSet<int>> OfEvent(ScopeQuery.OfEvent scope, string field)
    {
        if (await ledger.EventById(scope.EventId, bound) is not { } e) throw new ScopeException(field, $"expected an event on record; found none under {scope.EventId}");
        var things = e.Things().ToList();
        return things.Count > 0 ? [.. await ledger.Find(things, bound)] : throw new ScopeException(field, $"expected an event that touched something; {scope.EventId} names no thing");
    }

    async IAsyncEnumerable<RecordedEvent> Naming(int entity, string field)
    {
        for (int? after = 0; after is { } from;)
        {
            var (events, next) = await ledger.EventsNaming(entity, from, bound);
            eventsRead += events.Count;
            if (eventsRead > ScopeLimits.EventsMax) throw new ScopeException(field, $"expected a scope that at most {ScopeLimits.EventsMax} events have to be read for; narrow it");
            foreach (var e in events) yield return e;
            after = next;
        }
    }

    async ValueTask<HashSet<int>> MadeFrom(IReadOnlyList<int> things) =>
        [.. (await TraceWalk.Run(shards, things, TraceDirection.Forward, EdgeKind.Derivation, null, bound)).Reached.Ascending()];

    /// <summary>What a thing becomes later is made from it too; a process that it went into may yet put out more.</summary>
    async ValueTask<HashSet<int>> MadeFromOne(int thing)
    {
        await WatchWhatBecomesOf([thing]);
        return await MadeFrom([thing]);
    }

    /// <summary>What went into one process with a thing is known at the process, or, where a single input or output needed none, at the outputs of the same event.</summary>
    async ValueTask<HashSet<int>> MadeWith(int thing)
    {
        var outward = (await Steps([thing], TraceDirection.Forward)).ToLookup(step => step.ToProcess);
        var inputs = (await Steps([.. outward[true].Select(step => step.To).Distinct()], TraceDirection.Backward)).Select(step => step.To).Append(thing).ToHashSet();
        var events = outward[false].Select(step => (step.To, step.Sequence)).ToHashSet();
        foreach (var step in await Steps([.. events.Select(pair => pair.To).Distinct()], TraceDirection.Backward))
            if (events.Contains((step.From, step.Sequence))) inputs.Add(step.To);
        // Whatever they become later counts as well, and what goes into their processes later went in with them.
        await WatchWhatBecomesOf(inputs);
        // A walk leaves out where it started, and one input may have been made of another: so the walk starts at what they became.
        var made = (await Became(inputs)).ToHashSet();
        made.UnionWith(await MadeFrom([.. made]));
        return made;
    }

    async ValueTask WatchWhatBecomesOf(IReadOnlyCollection<int> things)
    {
        watched.Ties |= combining > 0;
        sources.UnionWith(things);
        sources.UnionWith((await Outward(things)).SelectMany(answer => answer.Processes));
    }

    /// <summary>What some things became in one step, processes passed through.</summary>
    async ValueTask<IEnumerable<int>> Became(IReadOnlyCollection<int> things)
    {
        var steps = await Outward(things);
        var through = await Outward([.. steps.SelectMany(answer => answer.Processes).Distinct()]);
        return steps.Concat(through).SelectMany(answer => answer.Next);
    }

    async ValueTask<List<VisitAnswer>> Outward(IReadOnlyCollection<int> nodes) =>
        [.. (await shards.Ask(nodes, node => node, (shard, mine) => shards.Visit(shard, new() { Direction = TraceDirection.Forward, Follow = EdgeKind.Derivation, Bound = bound, Nodes = mine })))
            .Select(answer => answer.Answer)];

    async ValueTask<List<Step>> Steps(IReadOnlyCollection<int> nodes, TraceDirection direction) =>
        [.. (await shards.Ask(nodes, node => node, (shard, mine) => shards.Steps(shard, [.. mine.Select(Window.At)], direction, EdgeKind.MadeOf, bound))).SelectMany(answer => answer.Answer)];

    static ScopeException TooMany(string field) => new(field, $"expected at most {ScopeLimits.ItemsMax} things; narrow the scope");
}
