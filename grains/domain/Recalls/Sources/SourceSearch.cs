using System.Numerics;
using System.Runtime.InteropServices;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Domain.Recalls.Sources;

/// <summary>Something that may explain several cases.</summary>
/// <param name="Number">The thing, party or place.</param>
/// <param name="Cases">Which cases it explains: bit <em>i</em> for the case asked as the <em>i</em>-th.</param>
/// <param name="Others">How little else it explains. A thing: how many other things came of it. A party or place: how many events name it that have nothing to do with the cases' history.</param>
public readonly record struct SourceCandidate(int Number, ulong Cases, int Others)
{
    /// <summary>How many cases it explains.</summary>
    public int Explains => BitOperations.PopCount(Cases);

    /// <summary>Explained cases, and as a fraction behind them <c>1 / (2 + others)</c>: what explains more ranks first, and of equals what explains less besides.</summary>
    public double Score => Explains + 1.0 / (2 + Others);
}

/// <summary>What a search for common sources found, each list in the order of rank.</summary>
/// <param name="Things">Common ancestors, the cases themselves among them where one came of another.</param>
/// <param name="Holders">Parties and places that events name together with the cases or their ancestors.</param>
/// <param name="IsCut">Whether a limit ended the search before it had seen everything.</param>
public sealed record SourceFindings(IReadOnlyList<SourceCandidate> Things, IReadOnlyList<SourceCandidate> Holders, bool IsCut);

/// <summary>From cases (complaints, failed tests) back to what they have in common. Ancestors are few where descendants are many, so all of them are looked at before any is ranked.</summary>
public sealed class SourceSearch
{
    /// <summary>Cases of one search.</summary>
    public const int CasesMax = 50;
    /// <summary>Ancestors of all cases together that are looked at.</summary>
    public const int AncestorsMax = 20_000;
    /// <summary>Common ancestors, and common parties and places, of which it is found out what else they explain.</summary>
    public const int CandidatesMax = 50;
    /// <summary>Pages of chains that are read for parties and places.</summary>
    public const int ChainsMax = 5_000;

    readonly IScopeLedger ledger;
    readonly ILineageShards shards;
    readonly long bound;
    readonly Dictionary<int, (ulong Cases, int Distance)> ancestors = [];
    bool isCut;

    readonly Func<RecordedEvent, bool>? counts;
    int pages;

    SourceSearch(IScopeLedger ledger, ILineageShards shards, long bound, Func<RecordedEvent, bool>? counts) => (this.ledger, this.shards, this.bound, this.counts) = (ledger, shards, bound, counts);

    /// <summary>The common sources of some things, as on record up to a ledger sequence. With one case everything it came of explains it; with more, what explains two at least is listed.</summary>
    /// <param name="ledger">What is on record.</param>
    /// <param name="shards">The lineage.</param>
    /// <param name="cases">Their entity numbers.</param>
    /// <param name="bound">The ledger sequence.</param>
    /// <param name="counts">Which events count as others of a party or place; all, when left out.</param>
    public static async ValueTask<SourceFindings> Run(IScopeLedger ledger, ILineageShards shards, IReadOnlyList<int> cases, long bound, Func<RecordedEvent, bool>? counts = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cases.Count, CasesMax);
        var search = new SourceSearch(ledger, shards, bound, counts);
        for (var i = 0; i < cases.Count; i++) await search.Climb(cases[i], 1UL << i);
        var least = Math.Min(2, cases.Count);
        return new(await search.Things(least), await search.Holders(least), search.isCut);
    }

    /// <summary>Wave by wave back from one case, itself included.</summary>
    async ValueTask Climb(int start, ulong mark)
    {
        var seen = new NodeSet();
        seen.Add(start);
        List<int> wave = [start];
        for (var distance = 0; wave.Count > 0; distance++)
        {
            foreach (var node in wave)
            {
                if (!ancestors.ContainsKey(node) && ancestors.Count >= AncestorsMax)
                {
                    isCut = true;
                    return;
                }
                ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(ancestors, node, out _);
                known = (known.Cases | mark, known.Distance + distance);
            }
            var answers = await Back(wave);
            var processes = answers.SelectMany(answer => answer.Processes).Where(seen.Add).ToList();
            wave = [.. answers.Concat(await Back(processes)).SelectMany(answer => answer.Next).Where(seen.Add)];
        }
    }

    async ValueTask<List<VisitAnswer>> Back(IReadOnlyCollection<int> nodes) =>
        [.. (await shards.Ask(nodes, node => node, (shard, mine) => shards.Visit(shard, new() { Direction = TraceDirection.Backward, Follow = EdgeKind.Derivation, Bound = bound, Nodes = mine })))
            .Select(answer => answer.Answer)];

    async ValueTask<List<SourceCandidate>> Things(int least)
    {
        // Nearest first among those that explain alike: what came later explains less besides.
        var chosen = await Choose([.. ancestors.Where(pair => BitOperations.PopCount(pair.Value.Cases) >= least).Select(pair => (pair.Key, pair.Value.Cases, pair.Value.Distance))]);
        var candidates = new List<SourceCandidate>();
        foreach (var (number, cases) in chosen)
        {
            var became = await TraceWalk.Run(shards, [number], TraceDirection.Forward, EdgeKind.Derivation, null, bound);
            // What lies between it and the cases is no other thing: it is how the cases came of it.
            var between = ancestors.Count(pair => pair.Key != number && (pair.Value.Cases & cases) != 0 && became.Reached.Contains(pair.Key));
            candidates.Add(new(number, cases, became.Reached.Count - between));
        }
        return await Rank(candidates);
    }

    async ValueTask<List<SourceCandidate>> Holders(int least)
    {
        var found = new Dictionary<string, (ulong Cases, HashSet<long> Events)>(StringComparer.Ordinal);
        foreach (var (node, (cases, _)) in ancestors.OrderByDescending(pair => BitOperations.PopCount(pair.Value.Cases)).ThenBy(pair => pair.Value.Distance).ThenBy(pair => pair.Key))
            for (int? after = 0; after is { } from;)
            {
                if (pages++ >= ChainsMax)
                {
                    isCut = true;
                    break;
                }
                var (events, next) = await ledger.EventsNaming(node, from, bound);
                foreach (var e in events)
                    foreach (var code in HoldersIn(e))
                    {
                        ref var holder = ref CollectionsMarshal.GetValueRefOrAddDefault(found, code, out _);
                        (holder.Events ??= []).Add(e.Sequence);
                        holder.Cases |= cases;
                    }
                after = next;
            }
        var numbers = await ledger.Find([.. found.Keys], bound);
        var byNumber = found.Values.Zip(numbers).Where(pair => pair.Second != 0 && BitOperations.PopCount(pair.First.Cases) >= least).ToDictionary(pair => pair.Second, pair => pair.First);
        var candidates = new List<SourceCandidate>();
        foreach (var (number, cases) in await Choose([.. byNumber.Select(pair => (pair.Key, pair.Value.Cases, -pair.Value.Events.Count))]))
            candidates.Add(new(number, cases, await Others(number, byNumber[number].Events)));
        return await Rank(candidates);
    }

    /// <summary>How many events name a party or place besides those of the cases' history.</summary>
    async ValueTask<int> Others(int number, HashSet<long> history)
    {
        if (counts is null) return Math.Max(0, await ledger.CountNaming(number, bound) - history.Count);
        var others = 0;
        for (int? after = 0; after is { } from;)
        {
            if (pages++ >= ChainsMax)
            {
                isCut = true;
                break;
            }
            var (events, next) = await ledger.EventsNaming(number, from, bound);
            others += events.Count(e => !history.Contains(e.Sequence) && counts(e));
            after = next;
        }
        return others;
    }

    static IEnumerable<string> HoldersIn(RecordedEvent recorded)
    {
        var e = recorded.Canonical.Event;
        return new[] { e.ReadPoint, e.BizLocation }.OfType<string>().Concat(e.Sources.Concat(e.Destinations).Select(end => end.Code)).Distinct();
    }

    /// <summary>The likeliest of too many, before it is known what else they explain.</summary>
    async ValueTask<List<(int Number, ulong Cases)>> Choose(IReadOnlyList<(int Number, ulong Cases, int Distance)> from)
    {
        var codes = await ledger.Codes([.. from.Select(one => one.Number)]);
        if (from.Count > CandidatesMax) isCut = true;
        return [.. from.Zip(codes).OrderByDescending(pair => BitOperations.PopCount(pair.First.Cases)).ThenBy(pair => pair.First.Distance).ThenBy(pair => pair.Second, StringComparer.Ordinal)
            .Take(CandidatesMax).Select(pair => (pair.First.Number, pair.First.Cases))];
    }

    /// <summary>Best score first; of equal ones the code that comes first.</summary>
    async ValueTask<List<SourceCandidate>> Rank(List<SourceCandidate> candidates)
    {
        var codes = await ledger.Codes([.. candidates.Select(candidate => candidate.Number)]);
        return [.. candidates.Zip(codes).OrderByDescending(pair => pair.First.Explains).ThenBy(pair => pair.First.Others).ThenBy(pair => pair.Second, StringComparer.Ordinal).Select(pair => pair.First)];
    }
}
