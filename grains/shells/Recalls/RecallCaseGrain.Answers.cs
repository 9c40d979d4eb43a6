using System.Diagnostics;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Access;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger.Recalls;

namespace TraceGrains.Grains.Recalls;

/// <summary>Notices and answers: who has what, worked out from where reached goods stand now; who was told and who said what, from the file.</summary>
sealed partial class RecallCaseGrain
{
    const int MaxGoods = 10_000, SecretBytes = 32;

    static readonly TimeSpan quickWalk = TimeSpan.FromMilliseconds(250), oldest = TimeSpan.FromSeconds(10);

    readonly AnsweredGoods answered = new();
    GrainShards? shardsOfLedger;
    Kept? stocks;
    bool isPulsing, isPulseAsked;

    GrainShards Shards => shardsOfLedger ??= new(GrainFactory, ledger.Constants.ShardCount);

    /// <summary>Notes what an entry answers for. Said once, by whoever has goods, it holds wherever they are found later.</summary>
    async Task Learn(CaseEntry entry)
    {
        switch (entry)
        {
            case CaseEntry.Answered e:
                answered.Add(await ledger.FindEntities([.. e.Lines.SelectMany(line => line.Codes)]));
                answered.Add(await Number(e.Party), await ledger.FindEntities([.. e.Lines.SelectMany(line => line.Amounts).Select(amount => amount.Lot)]));
                break;
            case CaseEntry.PassedOn e:
                answered.Add(await Number(e.Party), await ledger.FindEntities(CodesOf(e)));
                break;
        }
    }

    /// <summary>The things and lots that an answer or a passing-on names.</summary>
    static string[] CodesOf(CaseEntry entry) => entry switch
    {
        CaseEntry.Answered e => [.. e.Lines.SelectMany(line => line.Codes.Concat(line.Amounts.Select(amount => amount.Lot)))],
        CaseEntry.PassedOn e => [.. e.To.SelectMany(to => to.Codes.Concat(to.Amounts.Select(amount => amount.Lot)))],
        _ => [],
    };

    async Task<int> Number(string code) => (await ledger.FindEntities([code]))[0];

    /// <summary>The events about goods that an entry makes. An exercise says nothing of real goods.</summary>
    IEnumerable<EventToRecord> EventsOf(CaseEntry entry, int number)
    {
        if (file is null or { Mode: CaseMode.Drill }) return [];
        var reference = new CaseReference(Id, number);
        var now = clock.GetUtcNow();
        return entry switch
        {
            CaseEntry.Answered e => e.Lines.Select((line, i) => EventToRecord.Of(AnswerEvent.OfLine(reference, i, e.Party, line, now))),
            CaseEntry.PassedOn e => e.To.Select((to, i) => EventToRecord.Of(AnswerEvent.OfPassing(reference, i, e.Party, to, now))),
            _ => [],
        };
    }

    /// <summary>Rules that need more than the file: are the goods recalled at all, and has everybody answered?</summary>
    async Task<CaseProblem?> CheckGoods(CaseEntry entry)
    {
        var codes = CodesOf(entry);
        if (codes.Length > 0 && await NotReached(codes) is { } code)
            return new(CaseRefusal.NotRecalled, $"{(entry is CaseEntry.Answered ? "lines" : "to")}: expected goods that the recall reaches; it does not reach {code}");
        if (entry is not CaseEntry.Completed { Unanswered: null }) return null;
        var stock = await Stocks(fresh: true);
        return stock.Values.All(party => party.IsEmpty) ? null : new(CaseRefusal.AnswersMissing,
            $"unanswered: expected a reason, because {stock.Count(party => !party.Value.IsEmpty)} parties still have to answer for {stock.Values.Sum(party => party.Things.Count)} things and {stock.Values.Sum(party => party.Lots.Count)} amounts of lots");
    }

    async Task<string?> NotReached(string[] codes)
    {
        var numbers = await ledger.FindEntities(codes);
        var reached = new HashSet<int>();
        if (file!.Mode == CaseMode.Drill) reached.UnionWith(await Reached());
        else
        {
            var recall = await Number(Id);
            foreach (var (_, asked, lines) in await Shards.Ask(numbers.Where(number => number != 0).Distinct().ToList(), node => node, (shard, mine) => Shards.Lines(shard, mine, long.MaxValue)))
                foreach (var (node, line) in asked.Zip(lines)) if (line.Recalls?.Contains(recall) == true) reached.Add(node);
        }
        var at = Array.FindIndex(numbers, number => !reached.Contains(number));
        return at < 0 ? null : codes[at];
    }

    /// <summary>What the recall reaches; in a drill, what it would.</summary>
    async Task<IReadOnlyList<int>> Reached()
    {
        if (file!.Mode == CaseMode.Drill)
        {
            if (!ScopeJson.TryRead(file.Scope!, out var query, out _) || (await LiveScope.Resolve(new ScopeLedger(ledger), Shards, query)).Things is not { } things) return [];
            return [.. (await ScopeWalk.Reach(Shards, things, long.MaxValue)).Ascending()];
        }
        var number = await Number(Id);
        return await Shards.Reached(number);
    }

    /// <summary>Who had what when it was last worked out.</summary>
    sealed record Kept(long Head, int Answered, long BegunAt, Task<Dictionary<int, PartyStock>> Stock)
    {
        /// <summary>How long it took; the longest time until it is there.</summary>
        public TimeSpan Took { get; set; } = TimeSpan.MaxValue;
    }

    /// <summary>
    /// Who still has to answer for what. Asked for by many at once, worked out once. What was answered for is left out at once; goods that moved show at once where that is quickly worked out, and within
    /// some seconds in a large recall, unless it has to be <paramref name="fresh"/>.
    /// </summary>
    async Task<Dictionary<int, PartyStock>> Stocks(bool fresh = false)
    {
        if (file is not { IssuedAt: not null }) return [];
        var head = (await ledger.ReadHead()).Sequence;
        var isGood = stocks is { Stock.IsFaulted: false } known
            && (known.Head == head || !fresh && known.Took > quickWalk && Stopwatch.GetElapsedTime(known.BegunAt) < (known.Stock.IsCompleted ? oldest : TimeSpan.MaxValue));
        if (!isGood) stocks = new(head, answered.Version, Stopwatch.GetTimestamp(), Metering.Apart(WorkOut));
        var kept = stocks!;
        var stock = await kept.Stock;
        if (kept.Took == TimeSpan.MaxValue) kept.Took = Stopwatch.GetElapsedTime(kept.BegunAt);
        return stock;

        async Task<Dictionary<int, PartyStock>> WorkOut() => await GoodsWalk.Of(Shards, await Reached(), answered, long.MaxValue);
    }

    /// <summary>What is left of a stock after what was answered for since it was worked out.</summary>
    PartyStock Left(int party, PartyStock stock) => stocks?.Answered == answered.Version ? stock : stock.Without(node => answered.Covers(party, node));

    public async Task<CasePartyView[]> Parties(string? after, int first)
    {
        await ReadOn();
        if (file is null) return [];
        var byCode = await StocksByCode();
        return await Named([.. byCode.Keys.Concat(file.Parties.Keys).Distinct().Where(party => after is null || string.CompareOrdinal(party, after) > 0).Order(StringComparer.Ordinal)
            .Take(Math.Clamp(first, 0, MaxPage)).Select(party => PartyView(party, byCode.GetValueOrDefault(party)))]);
    }

    public async Task<CasePartyView?> Party(string party)
    {
        await ReadOn();
        if (file is null) return null;
        var number = await Number(party) is var known and not 0 ? known : -1;
        var stock = (await Stocks()).GetValueOrDefault(number) is { } found ? Left(number, found) : null;
        return stock is null && !file.Parties.ContainsKey(party) ? null : (await Named([PartyView(party, stock)]))[0];
    }

    public async Task<bool> Concerns(string party)
    {
        await ReadOn();
        if (file is null) return false;
        // Who got goods when the case was closed already is not told of it; working that out for every case there ever was would take a walk each.
        return file.Parties.ContainsKey(party) || file.State is not (CaseState.Terminated or CaseState.Withdrawn) && await Number(party) is var number and not 0 && (await Stocks()).ContainsKey(number);
    }

    async Task<CasePartyView[]> Named(CasePartyView[] parties)
    {
        var names = await GrainFactory.NamesOf(parties.Select(party => party.Name).OfType<string>());
        return [.. parties.Select(party => party.Name is null ? party : party with { Name = names(party.Name) })];
    }

    /// <summary>Nobody is the empty code here.</summary>
    async Task<Dictionary<string, PartyStock>> StocksByCode(bool fresh = false)
    {
        var all = await Stocks(fresh);
        int[] numbers = [.. all.Keys.Where(number => number != 0)];
        var byCode = (await ledger.ReadCodes(numbers)).Zip(numbers).ToDictionary(pair => pair.First, pair => Left(pair.Second, all[pair.Second]));
        if (all.TryGetValue(0, out var nobody)) byCode.Add("", Left(0, nobody));
        return byCode;
    }

    CasePartyView PartyView(string party, PartyStock? stock)
    {
        var record = file!.Parties.GetValueOrDefault(party);
        return new()
        {
            Party = party.Length == 0 ? null : party, Name = record?.Name, Things = stock?.Things.Count ?? 0, OnTheWay = stock?.OnTheWay.Count ?? 0, Lots = stock?.Lots.Count ?? 0,
            NotifiedAt = record?.NotifiedAt, AcknowledgedAt = record?.AcknowledgedAt, AnsweredAt = record?.AnsweredAt,
            AnswerDue = stock is { IsEmpty: false } ? record?.LastNotifiedAt + AnswerTimes.Of(file.Class).Answer : null,
            Answered = [.. record?.Things.Select(pair => new OutcomeCount(pair.Key, pair.Value)) ?? []], Reminders = record?.Reminders ?? 0, Level = record?.Level ?? EscalationLevel.None,
            ToldOf = record?.Told?.Things ?? 0,
        };
    }

    public async Task<CaseGoods> Goods(string? party, string? after, int first)
    {
        await ReadOn();
        var number = party is null ? 0 : await Number(party) is var found and not 0 ? found : -1;
        if (file is null || !(await Stocks()).TryGetValue(number, out var all)) return new();
        var stock = Left(number, all);
        var (start, max) = (after is null ? 0 : Cursor.Read(after), Math.Clamp(first, 0, MaxGoods));
        int[] page = [.. stock.Things.Concat(stock.OnTheWay).Distinct().Order().Where(node => node > start).Take(max + 1)];
        var items = await new ItemLister(ledger, Shards).List([.. page.Take(max)], long.MaxValue, null);
        var lots = after is null ? (await ledger.ReadCodes(stock.LotNumbers)).Zip(stock.Lots).Select(pair => new LotHeld
        {
            Lot = pair.First, Quantity = pair.Second.Quantity, Uom = pair.Second.Uom.Length == 0 ? null : pair.Second.Uom, IsOnTheWay = pair.Second.Kind == AccountKind.InTransitTo,
        }) : [];
        return new() { Items = items, Next = page.Length > max && max > 0 ? items[^1].Cursor : null, Lots = [.. lots.OrderBy(lot => lot.Lot, StringComparer.Ordinal)] };
    }

    public async Task<AnswerLink> MakeLink(CaseAct by, string party, TimeSpan goodFor)
    {
        if (goodFor <= TimeSpan.Zero || goodFor > AnswerRules.LinkMax)
            return new() { Answer = Refuse(new(CaseRefusal.FieldInvalid, $"goodFor: expected more than 0 and at most {AnswerRules.LinkMax.Days} days; found {goodFor}")) };
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var expires = clock.GetUtcNow() + goodFor;
        var answer = await Act(by with { Entry = CaseJson.Print(new CaseEntry.LinkMade(party, HashOf(secret), expires)), ActId = null });
        return answer.Refused is null ? new() { Token = $"{Id[(Id.LastIndexOf(':') + 1)..]}.{secret}", Expires = expires, Answer = answer } : new() { Answer = answer };
    }

    public async Task<string?> PartyOfLink(string secret)
    {
        await ReadOn();
        var hash = HashOf(secret);
        return file?.Of<CaseEntry.LinkMade>().Where(made => made.Entry.SecretSha256 == hash && made.Entry.Expires > clock.GetUtcNow()).Select(made => made.Entry.Party).FirstOrDefault();
    }

    static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public async Task Pulse()
    {
        isPulseAsked = true;
        if (isPulsing) return;
        isPulsing = true;
        try
        {
            while (isPulseAsked)
            {
                isPulseAsked = false;
                await ReadOn();
                await HandUpOverdue();
                if (file is not { State: CaseState.Monitoring or CaseState.Widened or CaseState.Narrowed }) return;
                var byCode = await StocksByCode(fresh: IsWorthAWalk());
                byCode.Remove("");
                foreach (var entry in AnswerRules.ToNotify(file, byCode.Select(pair => new PartyGoods(pair.Key, pair.Value.Things.Count, pair.Value.OnTheWay.Count, pair.Value.Lots.Count))).ToList()) await ActOfOneself(entry);
                foreach (var entry in AnswerRules.DueOf(file, byCode.Where(pair => !pair.Value.IsEmpty).Select(pair => pair.Key), clock.GetUtcNow()).ToList()) await ActOfOneself(entry);
            }
        }
        finally
        {
            isPulsing = false;
        }
    }

    /// <summary>At once for what was just recorded; else, in a large recall, not more than a twentieth of the time is spent on looking who has got more meanwhile.</summary>
    bool IsWorthAWalk() => stocks is not { } kept || pulsedFor == file!.Entries.Count || Stopwatch.GetElapsedTime(kept.BegunAt) / 20 > kept.Took;

    /// <summary>Named after the entry before it, so that of two activations which find the same thing due only one does it.</summary>
    Task ActOfOneself(CaseEntry entry) => Act(CaseActor.System, $"after {file!.Entries.Count}", entry);
}
