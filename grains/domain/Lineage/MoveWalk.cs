using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Lineage;

/// <summary>
/// Gathers what bears on moving some things: one message to each thing's shard, and where things have lots, containers or contents one wave more for each step in or out. All
/// things of a question, or of a stretch of the ledger, go together.
/// </summary>
public static class MoveWalk
{
    sealed class Gathered
    {
        public MoveLine Itself;
        public readonly List<(MoveRelation, int, MoveLine)> Others = [];
        public readonly HashSet<(MoveRelation, int)> Seen = [];
    }

    /// <summary>The facts for each question, in the order asked; null where no event has named the code as a thing.</summary>
    public static async ValueTask<MoveFacts?[]> Of(ILineageShards shards, IReadOnlyList<MoveAsk> asked, long bound)
    {
        var gathered = new Gathered[asked.Count];
        var frontier = new List<(int Item, MoveAsk Ask)>(asked.Count);
        for (var i = 0; i < gathered.Length; i++)
        {
            gathered[i] = new();
            if (asked[i].Node != 0) frontier.Add((i, asked[i]));
        }
        for (var depth = 0; frontier.Count > 0 && depth <= StandingWalk.MaxNesting; depth++)
        {
            var next = new List<(int, MoveAsk)>();
            foreach (var (_, mine, lines) in await shards.Ask(frontier, pair => pair.Ask.Node, (shard, some) => shards.Moves(shard, [.. some.Select(pair => pair.Ask)], bound)))
                for (var i = 0; i < mine.Length; i++) Take(gathered[mine[i].Item], mine[i].Item, mine[i].Ask, lines[i], next);
            frontier = next;
        }
        return [.. gathered.Select((item, i) => IsThing(item.Itself.Roles) ? new MoveFacts(asked[i].Node, item.Itself, item.Others) : null)];
    }

    /// <summary>Parties, places and processes are no goods.</summary>
    static bool IsThing(Roles roles) => (roles & (Roles.Instance | Roles.Class | Roles.Device)) != 0;

    static void Take(Gathered item, int number, in MoveAsk ask, in MoveLine line, List<(int, MoveAsk)> next)
    {
        if (line.IsApart) return;
        if (ask.Relation == MoveRelation.Itself) item.Itself = line;
        else item.Others.Add((ask.Relation, ask.Node, ask.Relation == MoveRelation.Container ? Since(line, ask.Via) : line));
        foreach (var lot in line.Lots ?? [])
            // The lot of a content says of the pallet what the content would say.
            Go(item, number, ask with { Node = lot, Relation = ask.Relation == MoveRelation.Content ? MoveRelation.Content : MoveRelation.Lot, Via = Always(lot) }, next);
        foreach (var step in line.Containers ?? []) Go(item, number, ask with { Node = step.To, Relation = MoveRelation.Container, Via = step }, next);
        foreach (var step in line.Contents ?? []) Go(item, number, ask with { Node = step.To, Relation = MoveRelation.Content, Via = step }, next);
    }

    static void Go(Gathered item, int number, in MoveAsk ask, List<(int, MoveAsk)> next)
    {
        // Boxes that by mistake lie in one another are looked at once.
        if (item.Seen.Add((ask.Relation, ask.Node))) next.Add((number, ask));
    }

    static Step Always(int node) => new() { Window = Window.At(node) };

    /// <summary>What befell a container before the thing came into it does not concern the thing.</summary>
    static MoveLine Since(MoveLine container, Step via)
    {
        bool Concerns(StateWord word) => (word.Time, word.TieBreak).CompareTo((via.Start, via.StartTieBreak)) >= 0;
        return container with
        {
            Sold = Concerns(container.Sold) ? container.Sold : default,
            Ended = Concerns(container.Ended) ? container.Ended : default,
            Disposition = Concerns(container.Disposition) ? container.Disposition : default,
        };
    }
}
