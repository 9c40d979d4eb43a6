using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Recalls;

/// <summary>
/// Brings the ledger up to the marks: reached things are put on record, one notice per holder with the items in its list, and things no longer reached are
/// released. What is on record is the only memory of how far it came, so it may be stopped and started at any point.
/// </summary>
sealed class RecallRecorder(ILedger ledger, IGrainFactory grains, GrainShards shards, TimeProvider clock, string recall, int number)
{
    const int ItemsPerShardAndRound = 500, ItemsPerNotice = 1_000, ItemsPerPortion = 2_000, PortionsUnderWay = 10;

    /// <summary>One round; false when nothing was left to do.</summary>
    public async Task<bool> Round()
    {
        var reached = await Lagging(released: false);
        await Write(RecallNoticeKind.Reached, reached);
        var released = await Lagging(released: true);
        await Write(RecallNoticeKind.Released, released);
        return reached.Count + released.Count > 0;
    }

    async Task<List<int>> Lagging(bool released)
    {
        var asked = Enumerable.Range(0, shards.Count).Select(shard => shards[shard].OffRecord(number, released, 0, ItemsPerShardAndRound));
        return [.. (await Task.WhenAll(asked)).SelectMany(items => items).Order()];
    }

    async Task Write(RecallNoticeKind kind, List<int> items)
    {
        if (items.Count == 0) return;
        var standings = await StandingWalk.Of(shards, items, long.MaxValue);
        var names = new Names(ledger);
        await names.Load(items.Concat(standings.Select(standing => standing.Standing.Holder)));
        var notices = new List<EventToRecord>();
        foreach (var holder in items.Zip(standings).GroupBy(pair => pair.Second.Standing.Holder).OrderBy(group => group.Key))
            foreach (var list in holder.Chunk(ItemsPerNotice))
            {
                var amounts = list.Where(pair => IsAmount(pair.Second.Line.Roles)).Select(pair => new Amount(names[pair.First]!, null, null)).ToList();
                var epcs = list.Where(pair => !IsAmount(pair.Second.Line.Roles)).Select(pair => names[pair.First]!).ToList();
                var notice = new RecallNotice(recall, kind, null, null, null, null);
                // An id in the reserved namespace: capture lets nobody else declare such an event wrong.
                var id = $"{recall}:{kind.ToString().ToLowerInvariant()}:{Guid.CreateVersion7():n}";
                notices.Add(EventToRecord.Of(RecallNoticeEvent.Build(notice, clock.GetUtcNow(), id, epcs, amounts, names[holder.Key])));
            }
        foreach (var portions in Portions(notices).Chunk(PortionsUnderWay))
            foreach (var answer in await Task.WhenAll(portions.Select(portion => Again.Ask(() => grains.GetGrain<ISequencerGrain>(0).AppendBehind(portion)))))
                if (answer.Problems.Length > 0) throw new InvalidOperationException($"a notice of {recall} was refused: {answer.Problems[0].Expected}");
    }

    /// <summary>Notices in portions that hold up captures beside them for some tens of milliseconds.</summary>
    static IEnumerable<EventToRecord[]> Portions(List<EventToRecord> notices)
    {
        var portion = new List<EventToRecord>();
        var items = 0;
        foreach (var notice in notices)
        {
            if (items > 0 && items + notice.Codes.Length > ItemsPerPortion)
            {
                yield return [.. portion];
                portion.Clear();
                items = 0;
            }
            portion.Add(notice);
            items += notice.Codes.Length;
        }
        if (portion.Count > 0) yield return [.. portion];
    }

    static bool IsAmount(Roles roles) => (roles & (Roles.Class | Roles.Instance)) == Roles.Class;
}
