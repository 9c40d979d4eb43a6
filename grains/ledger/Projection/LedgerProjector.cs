using TraceGrains.Domain.Lineage;

namespace TraceGrains.Ledger.Projection;

/// <summary>An event with its place in the order, about to be recorded or projected anew.</summary>
/// <param name="Event">The event.</param>
/// <param name="Sequence">Its place.</param>
/// <param name="EventHash">What the chains link.</param>
/// <param name="Withdraws">Sequences of the events whose effect ends with it (its own, where it came after its error declaration).</param>
public sealed record PlacedEvent(EventToRecord Event, long Sequence, byte[] EventHash, IReadOnlyList<long> Withdraws);

/// <summary>
/// Derives from events in ledger order what is stored beside them: numbers for codes, links for chains, rows for shards. The same events give the same rows, so
/// what capture writes and what a rebuild writes are equal.
/// </summary>
/// <remarks>
/// It keeps what it has looked up lately and runs ahead of storage: after a failed append, make a new one. One caller at a time.
/// </remarks>
public sealed class LedgerProjector
{
    const int CacheSize = 400_000;

    readonly ILedger ledger;
    readonly int shardCount;
    readonly TwoGenerationCache<string, int> numbers = new(CacheSize);
    readonly TwoGenerationCache<int, ChainHead> heads = new(CacheSize);
    readonly Dictionary<string, int> numberOf = new(StringComparer.Ordinal);
    readonly Dictionary<int, ChainHead> headOf = [];
    readonly SerialRanges ranges = new();
    readonly List<Fact>?[] dealt;
    int lastEntity;

    LedgerProjector(ILedger ledger, int lastEntity)
    {
        this.ledger = ledger;
        this.lastEntity = lastEntity;
        shardCount = ledger.Constants.ShardCount;
        // One more than the shards: the rows for all.
        dealt = new List<Fact>?[shardCount + 1];
    }

    /// <summary>A projector that continues where the ledger's projections stand.</summary>
    public static async Task<LedgerProjector> Continue(ILedger ledger)
    {
        var projector = new LedgerProjector(ledger, (await ledger.ReadHead()).Entity);
        for (long after = 0; ;)
        {
            var rows = await ledger.ReadShardRows(ShardRow.EveryShard, after, 1_000);
            if (rows.Count == 0) return projector;
            foreach (var row in rows) projector.LearnRanges(row.Facts);
            after = rows[^1].Sequence;
        }
    }

    /// <summary>Derives the rows of some consecutive events. The batch's <see cref="LedgerBatch.Events"/> are left to the caller.</summary>
    public async Task<LedgerBatch> Project(IReadOnlyList<PlacedEvent> events)
    {
        await LookUp(events);
        var entities = new List<NewEntity>();
        var links = new List<ChainLink>();
        var rows = new List<ShardRow>();
        foreach (var placed in events)
        {
            var firstNew = entities.Count;
            var refs = NumberCodes(placed.Event.Codes, entities);
            LinkChains(placed, refs, links);
            await Deal(placed, refs, entities, firstNew);
            Collect(placed, rows);
        }
        Remember();
        return new() { Events = [], Entities = entities, Links = links, Rows = rows };
    }

    /// <summary>Brings the numbers and chain heads of everything the batch names into <see cref="numberOf"/> and <see cref="headOf"/>.</summary>
    async Task LookUp(IReadOnlyList<PlacedEvent> events)
    {
        numberOf.Clear();
        headOf.Clear();
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var placed in events)
            foreach (var code in placed.Event.Codes)
                if (numberOf.ContainsKey(code)) continue;
                else if (numbers.TryGet(code, out var number)) numberOf.Add(code, number);
                else unknown.Add(code);
        var codes = unknown.ToList();
        var found = await ledger.FindEntities(codes);
        for (var i = 0; i < found.Length; i++)
            if (found[i] != 0) numberOf.Add(codes[i], found[i]);
        var headless = new List<int>();
        foreach (var number in numberOf.Values)
            if (heads.TryGet(number, out var head)) headOf.Add(number, head);
            else headless.Add(number);
        var read = await ledger.ReadChainHeads(headless);
        for (var i = 0; i < read.Length; i++) headOf.Add(headless[i], read[i]);
    }

    int[] NumberCodes(string[] codes, List<NewEntity> entities)
    {
        var refs = new int[codes.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            if (!numberOf.TryGetValue(codes[i], out var number))
            {
                if (lastEntity == int.MaxValue) throw new NotSupportedException("a ledger names at most 2,147,483,647 entities");
                number = ++lastEntity;
                numberOf.Add(codes[i], number);
                headOf.Add(number, ChainHead.None);
                entities.Add(new(number, codes[i]));
            }
            refs[i] = number;
        }
        return refs;
    }

    void LinkChains(PlacedEvent placed, int[] refs, List<ChainLink> links)
    {
        for (var i = 0; i < refs.Length; i++)
        {
            if ((placed.Event.Roles[i] & Roles.Chained) == 0) continue;
            var head = headOf[refs[i]];
            var hash = LedgerHash.Link(head.Hash, placed.EventHash);
            headOf[refs[i]] = new(head.Position + 1, hash, placed.Sequence);
            links.Add(new(refs[i], head.Position + 1, placed.Sequence, hash));
        }
    }

    void Remember()
    {
        foreach (var (code, number) in numberOf) numbers.Set(code, number);
        foreach (var (number, head) in headOf) heads.Set(number, head);
    }

    async Task Deal(PlacedEvent placed, int[] refs, List<NewEntity> entities, int firstNew)
    {
        var reader = new FactCodec.Reader(placed.Event.Facts);
        var others = new List<Fact>();
        while (reader.Next() is { } fact)
        {
            var numbered = Renumber(fact, refs);
            if (numbered is Fact.Named) DealTo(numbered.Node, numbered);
            else others.Add(numbered);
        }
        // Scope marks stand before ties, so that a tie made by the very event that brings a unit into scope finds it marked.
        for (var i = firstNew; i < entities.Count; i++)
            foreach (var recall in ranges.RecallsOf(entities[i].Code))
                DealTo(entities[i].Number, new Fact.Marked(entities[i].Number, recall, MarkKind.Scope));
        foreach (var fact in others)
        {
            if (fact is Fact.RecallStatus status)
            {
                DealToAll(status);
                ranges.Learn(status);
                if (status is { Active: true, Range: { } range })
                    foreach (var known in await KnownIn(range, entities))
                        DealTo(known, new Fact.Marked(known, status.Node, MarkKind.Scope));
            }
            else DealTo(fact.Node, fact);
        }
        foreach (var sequence in placed.Withdraws) DealToAll(new Fact.Withdrawn(sequence == Admission.Itself ? placed.Sequence : sequence));
    }

    /// <summary>Units of a serial range that are on record, those of the batch at hand included.</summary>
    async Task<IReadOnlyList<int>> KnownIn(Domain.Recalls.SerialRange range, List<NewEntity> inBatch)
    {
        var known = inBatch.Where(entity => range.Contains(entity.Code)).Select(entity => entity.Number).ToHashSet();
        var prefix = range.Product + "/21/";
        for (string? after = null; ;)
        {
            var page = await ledger.FindByPrefix(prefix, after, 10_000);
            foreach (var entity in page) if (range.Contains(entity.Code)) known.Add(entity.Number);
            if (page.Count < 10_000) return [.. known.Order()];
            after = page[^1].Code;
        }
    }

    void DealTo(int node, Fact fact) => (dealt[node % shardCount] ??= []).Add(fact);

    void DealToAll(Fact fact) => (dealt[shardCount] ??= []).Add(fact);

    void Collect(PlacedEvent placed, List<ShardRow> rows)
    {
        var head = new FactCodec.Reader(placed.Event.Facts);
        for (var shard = 0; shard < dealt.Length; shard++)
        {
            if (dealt[shard] is not { Count: > 0 } facts) continue;
            rows.Add(new(shard == shardCount ? ShardRow.EveryShard : shard, placed.Sequence, FactCodec.Encode(head.EventTime, head.TieBreak, facts)));
            facts.Clear();
        }
    }

    void LearnRanges(byte[] facts)
    {
        var reader = new FactCodec.Reader(facts);
        while (reader.Next() is { } fact)
            if (fact is Fact.RecallStatus status) ranges.Learn(status);
    }

    static Fact Renumber(Fact fact, int[] refs)
    {
        int At(int reference) => reference == 0 ? 0 : refs[reference - 1];
        return fact switch
        {
            Fact.Named f => f with { Node = At(f.Node) },
            Fact.Tie f => f with { Node = At(f.Node), Other = At(f.Other) },
            Fact.Placed f => f with { Node = At(f.Node), Other = At(f.Other) },
            Fact.Position f => f with
            {
                Node = At(f.Node), Holder = At(f.Holder), Consignee = At(f.Consignee), Place = At(f.Place),
                Disposition = f.Disposition < 0 ? -At(-f.Disposition) : f.Disposition,
            },
            Fact.Blocked f => f with { Node = At(f.Node), Term = f.Term < 0 ? -At(-f.Term) : f.Term },
            Fact.Dated f => f with { Node = At(f.Node) },
            Fact.Held f => f with { Node = At(f.Node), Account = At(f.Account) },
            Fact.Marked f => f with { Node = At(f.Node), Recall = At(f.Recall) },
            Fact.RecallStatus f => f with { Node = At(f.Node) },
            Fact.Withdrawn => fact,
            _ => throw new NotSupportedException($"no numbering for {fact.GetType().Name}"),
        };
    }
}
