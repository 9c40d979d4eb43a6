using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Lineage;

public sealed partial class LineageShard
{
    /// <summary>A word that blocks, or a date, as one event gives it. Most things have none, so nodes keep no list of their own.</summary>
    struct Caveat
    {
        public long Time, Until;
        public ulong TieBreak;
        public int Term, Next;
        public uint Sequence;
        public DateKind Date;
        public bool IsSet;
    }

    readonly Arena<Caveat> caveats = new();
    readonly Dictionary<int, int> caveatsOf = [];
    readonly Dictionary<int, (long Time, ulong TieBreak, uint Sequence)> issues = [];

    void AddBlock(uint at, long time, ulong tieBreak, Fact.Blocked fact) =>
        AddCaveat(fact.Node, new() { Time = time, TieBreak = tieBreak, Sequence = at, Term = fact.Term, IsSet = fact.Set });

    void AddDate(uint at, long time, ulong tieBreak, Fact.Dated fact) =>
        AddCaveat(fact.Node, new() { Time = time, TieBreak = tieBreak, Sequence = at, Date = fact.Kind, Until = fact.Until });

    void AddCaveat(int node, Caveat caveat)
    {
        var index = caveats.Add();
        Get(node);
        caveats[index] = caveat;
        ref var head = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(caveatsOf, Local(node), out _);
        InsertLatestFirst(ref head, index, caveats, static (in Caveat c) => (c.Time, c.TieBreak), static (ref Caveat c) => ref c.Next);
    }

    /// <summary>Remembers when a recall was issued: only what is moved afterwards breaks it.</summary>
    void LearnIssue(uint at, long time, ulong tieBreak, Fact.RecallStatus fact)
    {
        if (fact.Active) issues[fact.Node] = (time, tieBreak, at);
    }

    /// <summary>What stands for and against moving some things, in the order asked.</summary>
    public MoveLine[] Moves(MoveAsk[] asked)
    {
        var lines = new MoveLine[asked.Length];
        for (var i = 0; i < lines.Length; i++) lines[i] = Move(asked[i]);
        return lines;
    }

    MoveLine Move(in MoveAsk ask)
    {
        if (!Knows(ask.Node)) return new() { IsApart = true };
        var local = Local(ask.Node);
        ref var node = ref nodes[local];
        var bound = ask.Sequence == 0 ? uint.MaxValue : (uint)(ask.Sequence - 1);
        var line = new MoveLine { Roles = node.Roles };
        if (ask.Relation is MoveRelation.Container or MoveRelation.Content && Admit(ask.Via with { To = ask.Node }, bound).Until <= ask.Time)
        {
            line.IsApart = true;
            return line;
        }
        // A recall of a container is a recall of the container: what merely lies in it is not reached (I6).
        if (node.IsMarked && ask.Relation is not (MoveRelation.Lot or MoveRelation.Container)) line.Recalls = RecallsAgainst(ask);
        if (caveatsOf.TryGetValue(local, out var head)) ReadCaveats(head, ask, bound, ref line);
        if (!line.IsAmount) ReadStates(node.Positions, ask, bound, ref line);
        if (ask.Relation is MoveRelation.Itself or MoveRelation.Content) line.Lots = LotsOf(node, bound);
        if (ask.Relation is MoveRelation.Itself or MoveRelation.Container) line.Containers = StepsAt(ask, bound, TraceDirection.Backward);
        if (ask.Relation is MoveRelation.Itself or MoveRelation.Content) line.Contents = StepsAt(ask, bound, TraceDirection.Forward);
        return line;
    }

    int[]? RecallsAgainst(MoveAsk ask)
    {
        var all = RecallsOf(ask.Node);
        if (ask.Sequence != 0)
            all = [.. all.Where(recall => !issues.TryGetValue(recall, out var issued)
                || issued.Sequence < ask.Sequence && (issued.Time, issued.TieBreak).CompareTo((ask.Time, ask.TieBreak)) < 0)];
        return all.Length == 0 ? null : all;
    }

    void ReadCaveats(int head, in MoveAsk ask, uint bound, ref MoveLine line)
    {
        List<StateWord>? blocks = null;
        List<DateWord>? dates = null;
        List<int>? spoken = null;
        for (var i = head; i != 0; i = caveats[i].Next)
        {
            ref var caveat = ref caveats[i];
            if ((caveat.Time, caveat.TieBreak).CompareTo((ask.Time, ask.TieBreak)) >= 0 || !IsLive(caveat.Sequence, bound)) continue;
            // Latest first: the first word on a term, or date of a kind, is the one that counts.
            if (caveat.Date != 0)
            {
                var kind = caveat.Date;
                if (dates?.Exists(date => date.Kind == kind) != true) (dates ??= []).Add(new() { Kind = kind, Until = caveat.Until, Sequence = caveat.Sequence });
            }
            else if (spoken?.Contains(caveat.Term) != true)
            {
                (spoken ??= []).Add(caveat.Term);
                if (caveat.IsSet) (blocks ??= []).Add(new() { Time = caveat.Time, TieBreak = caveat.TieBreak, Sequence = caveat.Sequence, Disposition = caveat.Term });
            }
        }
        line.Blocks = blocks?.ToArray();
        line.Dates = dates?.ToArray();
    }

    void ReadStates(int list, in MoveAsk ask, uint bound, ref MoveLine line)
    {
        StateWord later = default;
        for (var i = list; i != 0; i = positions[i].Next)
        {
            ref var p = ref positions[i];
            if (!IsLive(p.Sequence, bound)) continue;
            var disposition = Blocks.Implied(p.Disposition, p.BizStep, p.Ends);
            var word = new StateWord { Time = p.Time, TieBreak = p.TieBreak, Sequence = p.Sequence, Disposition = disposition };
            var kind = Blocks.Of(disposition);
            // Two events of one instant tell of one sale: the till's, and the one that ties it to its invoice.
            var isSale = kind == BlockKind.Sold && !(ask.Sequence != 0 && p.Time == ask.Time);
            if ((p.Time, p.TieBreak).CompareTo((ask.Time, ask.TieBreak)) >= 0)
            {
                // Walked from the latest back: what is kept is the first sale after the movement, unless it is undone before.
                if (isSale) later = word;
                else if (Blocks.UndoesSale(disposition)) later = default;
                continue;
            }
            if (line.Disposition.Sequence == 0 && disposition != 0) line.Disposition = word;
            if (line.Sold.Sequence == 0 && isSale) line.Sold = word;
            else if (line.Sold.Sequence == 0 && Blocks.UndoesSale(disposition)) line.Sold = word with { Disposition = 0 };
            if (line.Ended.Sequence == 0 && kind == BlockKind.Ended) line.Ended = word;
            else if (line.Ended.Sequence == 0 && Blocks.UndoesEnd(disposition, p.BizStep)) line.Ended = word with { Disposition = 0 };
            if (line is { Disposition.Sequence: not 0, Sold.Sequence: not 0, Ended.Sequence: not 0 }) break;
        }
        if (ask.Sequence != 0) line.SoldLater = later;
    }

    int[]? LotsOf(in Node node, uint bound)
    {
        List<int>? lots = null;
        for (var i = node.Inputs; i != 0; i = edges[i].Next)
        {
            ref var edge = ref edges[i];
            if (edge.Kind == EdgeKind.MemberOf && IsLive(edge.Sequence, bound) && lots?.Contains(edge.Other) != true) (lots ??= []).Add(edge.Other);
        }
        return lots?.ToArray();
    }

    /// <summary>Placements around a moment, one step out or in, as far as this end knows.</summary>
    Step[]? StepsAt(in MoveAsk ask, uint bound, TraceDirection direction)
    {
        ref var node = ref nodes[Local(ask.Node)];
        if (direction == TraceDirection.Forward ? node.Contents == 0 : node.Stays == 0) return null;
        var sink = new StepSink { Steps = [] };
        WalkFrom(new() { Node = ask.Node, From = ask.Time, Until = ask.Time == Window.Forever ? Window.Forever : ask.Time + 1 }, direction, EdgeKind.ContainedIn, bound, ref sink);
        return sink.Steps.Count == 0 ? null : [.. sink.Steps];
    }
}
