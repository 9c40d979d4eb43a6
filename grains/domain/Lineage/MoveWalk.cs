using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Lineage;

/// <summary>
/// Gathers what bears on moving some things: one message to each thing's shard, and where things have lots, containers or contents one wave more for each step in or out. All
/// things of a question, or of a stretch of the ledger, go together.
/// </summary>
public static class MoveWalk
{
    /// <summary>A question on its way.</summary>
    /// <param name="Item">About which item.</param>
    /// <param name="Ask">What is asked.</param>
    /// <param name="Since">From when on what befell a container concerns the item.</param>
    /// <param name="Of">How the answer bears on the item: the lot of a content says of the pallet what the content would say.</param>
    /// <param name="OwnDates">Of a lot: the kinds of date, as bits, that its unit has itself.</param>
    readonly record struct Going(int Item, MoveAsk Ask, (long Time, ulong TieBreak) Since, MoveRelation Of, int OwnDates);

    sealed class Gathered
    {
        public MoveLine Itself;
        public readonly List<(MoveRelation, int, MoveLine)> Others = [];
        public readonly HashSet<(MoveRelation, int, int)> Seen = [];
    }

    /// <summary>The facts for each question, in the order asked; null where no event has named the code as a thing.</summary>
    public static async ValueTask<MoveFacts?[]> Of(ILineageShards shards, IReadOnlyList<MoveAsk> asked, long bound)
    {
        var gathered = new Gathered[asked.Count];
        var frontier = new List<Going>(asked.Count);
        for (var i = 0; i < gathered.Length; i++)
        {
            gathered[i] = new();
            gathered[i].Seen.UnionWith([(MoveRelation.Container, asked[i].Node, 0), (MoveRelation.Content, asked[i].Node, 0)]);
            if (asked[i].Node != 0) frontier.Add(new(i, asked[i], (Window.Always, 0), MoveRelation.Itself, 0));
        }
        for (var depth = 0; frontier.Count > 0 && depth <= StandingWalk.MaxNesting; depth++)
        {
            var next = new List<Going>();
            foreach (var (_, mine, lines) in await shards.Ask(frontier, going => going.Ask.Node, (shard, some) => shards.Moves(shard, [.. some.Select(going => going.Ask)], bound)))
                for (var i = 0; i < mine.Length; i++) Take(gathered[mine[i].Item], mine[i], lines[i], next);
            frontier = next;
        }
        return [.. gathered.Select((item, i) => IsThing(item.Itself.Roles) ? new MoveFacts(asked[i].Node, item.Itself, item.Others) : null)];
    }

    /// <summary>Parties, places and processes are no goods.</summary>
    static bool IsThing(Roles roles) => (roles & (Roles.Instance | Roles.Class | Roles.Device)) != 0;

    static void Take(Gathered item, in Going going, in MoveLine line, List<Going> next)
    {
        var ask = going.Ask;
        // Of several placements of one thing in another only one may hold at the moment; and boxes that by mistake lie in one another are looked at once.
        if (line.IsApart || !item.Seen.Add((going.Of, ask.Node, going.OwnDates))) return;
        if (ask.Relation == MoveRelation.Itself) item.Itself = line;
        else item.Others.Add((going.Of, ask.Node, ask.Relation switch { MoveRelation.Container => From(line, going.Since), MoveRelation.Lot => Without(line, going.OwnDates), _ => line }));
        if (line.Lots is { } lots)
        {
            var own = (line.Dates ?? []).Aggregate(0, (bits, date) => bits | 1 << (int)date.Kind);
            foreach (var lot in lots)
                next.Add(going with
                {
                    Ask = ask with { Node = lot, Relation = MoveRelation.Lot, Via = default }, Of = going.Of == MoveRelation.Content ? MoveRelation.Content : MoveRelation.Lot, OwnDates = own,
                });
        }
        foreach (var step in line.Containers ?? [])
        {
            var put = (step.Start, step.StartTieBreak);
            next.Add(going with { Ask = ask with { Node = step.To, Relation = MoveRelation.Container, Via = step }, Of = MoveRelation.Container, Since = put.CompareTo(going.Since) > 0 ? put : going.Since });
        }
        foreach (var step in line.Contents ?? []) next.Add(going with { Ask = ask with { Node = step.To, Relation = MoveRelation.Content, Via = step }, Of = MoveRelation.Content });
    }

    /// <summary>A unit's own dates are nearer to the truth than its lot's.</summary>
    static MoveLine Without(MoveLine lot, int ownDates) => ownDates == 0 || lot.Dates is null ? lot : lot with { Dates = [.. lot.Dates.Where(date => (ownDates & 1 << (int)date.Kind) == 0)] };

    /// <summary>What befell a container before the thing came into it does not concern the thing.</summary>
    static MoveLine From(MoveLine container, (long, ulong) since)
    {
        bool Concerns(StateWord word) => (word.Time, word.TieBreak).CompareTo(since) >= 0;
        return container with
        {
            Sold = Concerns(container.Sold) ? container.Sold : default,
            Ended = Concerns(container.Ended) ? container.Ended : default,
            Disposition = Concerns(container.Disposition) ? container.Disposition : default,
        };
    }
}
