using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Recalls;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>Reads what the reports of a case are made of. Counts are worked out from where the goods stand now, never kept.</summary>
sealed class ReportDesk(IGrainFactory grains, ILedger ledger, TimeProvider clock)
{
    public const int DestructionsMax = 200;

    /// <summary>An answer may name ten thousand things, so a page of entries is short.</summary>
    const int EntriesPage = 20, PartiesPage = 1_000;

    readonly GrainShards shards = new(grains, ledger.Constants.ShardCount);

    /// <summary>The case; null when there is none.</summary>
    public async Task<CaseReport?> Read(string id, CancellationToken stop)
    {
        var grain = grains.GetGrain<IRecallCaseGrain>(id);
        if (await grain.View() is not { } view) return null;
        var acts = new List<ReportedEntry>();
        var (answers, destructions) = (new AnswerBook(), new List<Destruction>());
        for (var after = 0; after < view.Entries;)
        {
            var page = await grain.Entries(after, Math.Min(EntriesPage, view.Entries - after));
            if (page.Length == 0) break;
            after = page[^1].Number;
            foreach (var shown in page)
            {
                stop.ThrowIfCancellationRequested();
                if (!CaseJson.TryRead(shown.Entry, out var entry, out var problem)) throw new InvalidDataException($"{shown.EventId}: {problem}");
                await answers.Add(shown.Number, shown.Sequence, shown.At, entry, codes => ledger.FindEntities(codes, stop));
                if (entry is CaseEntry.Answered { Lines: var lines, Party: var party })
                    destructions.AddRange(lines.Where(line => line.Outcome == AnswerOutcome.Destroyed).Take(DestructionsMax - destructions.Count)
                        .Select(line => new Destruction(shown.At, party, line.Codes.Length, line.Amounts.Length, line.Witness, line.Evidence?.Length ?? 0)));
                else if (entry is not (CaseEntry.Notified or CaseEntry.LinkMade or CaseEntry.Acknowledged or CaseEntry.PassedOn or CaseEntry.Chased or CaseEntry.Escalated))
                    acts.Add(new(shown.Number, shown.At, new(shown.ByName, shown.ByParty, shown.ByRole), entry));
            }
        }
        var isMarked = view is { Mode: CaseMode.Live, Recall: { Status: not RecallStatus.Withdrawn } };
        var reached = isMarked ? await Marked(view.Id, stop) : await WouldReach(view.Scope);
        // The head is read after the marks: what was marked by then stands where the ledger says by then.
        var head = await ledger.ReadHead(stop);
        return new()
        {
            Case = view, Acts = acts, Parties = await Parties(grain, stop), Answers = answers, Destructions = destructions, Reached = reached, IsMarked = isMarked,
            AsOf = head.Sequence, AsOfTime = head.RecordTime, Now = clock.GetUtcNow(), Checks = await grain.Checks(), Obligations = await grain.Obligations(null),
        };
    }

    /// <summary>The goods of a case, some thousands of lines at a time, with the codes that they name.</summary>
    public async IAsyncEnumerable<(GoodsLine[] Lines, IReadOnlyDictionary<int, string> Codes)> Goods(CaseReport report)
    {
        await foreach (var lines in SheetWalk.Of(shards, report.Reached, report.Answers, report.AsOf))
        {
            int[] named = [.. lines.SelectMany(line => new[] { line.Thing, line.Lot, line.Standing.Holder, line.Standing.Consignee, line.Standing.Place, -line.Standing.Disposition }).Where(number => number > 0).Distinct()];
            yield return (lines, named.Zip(await ledger.ReadCodes(named)).ToDictionary(pair => pair.First, pair => pair.Second));
        }
    }

    public async Task<GoodsCounts> Count(CaseReport report, CancellationToken stop)
    {
        var counts = new GoodsCounts();
        await foreach (var (lines, codes) in Goods(report).WithCancellation(stop))
            foreach (var line in lines) counts.Add(line, codes[line.Thing]);
        counts.Add(report.Answers);
        return counts;
    }

    /// <summary>What became of the goods, added up by product.</summary>
    public async Task<BalanceAnswer> Balance(CaseReport report)
    {
        var balances = grains.GetGrain<IMassBalanceGrain>(0);
        return report.IsMarked ? await balances.OfRecall(report.Case.Id) : report.Case.Scope is { } scope ? await balances.OfScope(new() { Scope = scope }) : new();
    }

    /// <summary>How a drill went; null for a case that is none, or has not begun.</summary>
    public Task<DrillView?> Drill(CaseReport report) => grains.GetGrain<IRecallCaseGrain>(report.Case.Id).Drill();

    /// <summary>Codes of entity numbers, in the order asked.</summary>
    public async Task<string[]> Codes(int[] numbers) => await ledger.ReadCodes(numbers);

    async Task<int[]> Marked(string id, CancellationToken stop) => await shards.Reached((await ledger.FindEntities([id], stop))[0]);

    async Task<int[]> WouldReach(string? scope) =>
        scope is not null && ScopeJson.TryRead(scope, out var query, out _) && (await LiveScope.Resolve(new ScopeLedger(ledger), shards, query)).Things is { } things
            ? [.. (await ScopeWalk.Reach(shards, things, long.MaxValue)).Ascending()] : [];

    static async Task<List<CasePartyView>> Parties(IRecallCaseGrain grain, CancellationToken stop)
    {
        var parties = new List<CasePartyView>();
        for (string? after = null; ;)
        {
            stop.ThrowIfCancellationRequested();
            var page = await grain.Parties(after, PartiesPage);
            parties.AddRange(page);
            if (page.Length < PartiesPage) return parties;
            after = page[^1].Party;
        }
    }
}
