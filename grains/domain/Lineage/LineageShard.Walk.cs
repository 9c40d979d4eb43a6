namespace TraceGrains.Domain.Lineage;

public sealed partial class LineageShard
{
    /// <summary>Walks one wave of a trace: the neighbours of some nodes, and the standing of others.</summary>
    public VisitAnswer Visit(VisitAsk ask)
    {
        var sink = new VisitSink { Next = new(ask.Nodes.Length), Processes = [], Placed = [] };
        var bound = Clamp(ask.Bound);
        foreach (var node in ask.Nodes) WalkFrom(Window.At(node), ask.Direction, ask.Follow, bound, ref sink);
        foreach (var window in ask.Windows) WalkFrom(window, ask.Direction, ask.Follow, bound, ref sink);
        var answer = new VisitAnswer { Next = [.. sink.Next], Processes = [.. sink.Processes], Placed = [.. sink.Placed] };
        Stand(ask.Stand, bound, answer);
        return answer;
    }

    /// <summary>The steps from some nodes to their neighbours, each with where it comes from: for paths, where there are few nodes.</summary>
    public Step[] Steps(Window[] windows, TraceDirection direction, EdgeKind follow, long bound)
    {
        var sink = new StepSink { Steps = [] };
        foreach (var window in windows) WalkFrom(window, direction, follow, Clamp(bound), ref sink);
        return [.. sink.Steps];
    }

    /// <summary>
    /// Steps over placements, as seen from the other end, checked and cut by what this end knows: a content knows when it was next placed elsewhere, a container
    /// when it was emptied. Returns the window of each step in the order asked; an empty window (From ≥ Until) is no step.
    /// </summary>
    public Window[] Admit(Step[] steps, long bound)
    {
        var windows = new Window[steps.Length];
        for (var i = 0; i < steps.Length; i++) windows[i] = Admit(steps[i], Clamp(bound));
        return windows;
    }

    interface IStepSink
    {
        void Derivation(int from, in Edge edge);
        void Placement(in Step step);
    }

    struct VisitSink : IStepSink
    {
        public List<int> Next, Processes;
        public List<Step> Placed;

        public readonly void Derivation(int from, in Edge edge) => (edge.ToProcess ? Processes : Next).Add(edge.Other);
        public readonly void Placement(in Step step) => Placed.Add(step);
    }

    struct StepSink : IStepSink
    {
        public List<Step> Steps;

        public readonly void Derivation(int from, in Edge edge) =>
            Steps.Add(new() { From = from, To = edge.Other, Kind = edge.Kind, ToProcess = edge.ToProcess, Sequence = edge.Sequence, Window = Window.At(edge.Other) });

        public readonly void Placement(in Step step) => Steps.Add(step);
    }

    void WalkFrom<TSink>(in Window window, TraceDirection direction, EdgeKind follow, uint bound, ref TSink sink) where TSink : struct, IStepSink
    {
        if (!Knows(window.Node)) return;
        ref var node = ref nodes[Local(window.Node)];
        if ((follow & EdgeKind.Derivation) != 0)
            for (var i = direction == TraceDirection.Forward ? node.Outputs : node.Inputs; i != 0; i = edges[i].Next)
            {
                ref var edge = ref edges[i];
                if ((edge.Kind & follow) != 0 && IsLive(edge.Sequence, bound)) sink.Derivation(window.Node, edge);
            }
        if ((follow & EdgeKind.Placement) == 0) return;
        if (direction == TraceDirection.Forward) WalkToContents(window, node, follow, bound, ref sink);
        else WalkToContainers(window, node.Stays, follow, bound, ref sink);
    }

    /// <summary>A container knows when it was emptied; when a content left by itself, the content knows, and says so when it admits the step.</summary>
    void WalkToContents<TSink>(in Window window, in Node node, EdgeKind follow, uint bound, ref TSink sink) where TSink : struct, IStepSink
    {
        for (var i = node.Contents; i != 0; i = placements[i].Next)
        {
            ref var put = ref placements[i];
            if (put.Out || (put.Kind & follow) == 0 || !IsLive(put.Sequence, bound)) continue;
            AddPlacement(window, put, EndInside(node, put.Kind, put.IsAmount ? put.Other : 0, put.Time, put.TieBreak, bound), toContent: true, ref sink);
        }
    }

    void WalkToContainers<TSink>(in Window window, int stays, EdgeKind follow, uint bound, ref TSink sink) where TSink : struct, IStepSink
    {
        for (var i = stays; i != 0; i = placements[i].Next)
        {
            ref var put = ref placements[i];
            if (put.Out || (put.Kind & follow) == 0 || !IsLive(put.Sequence, bound)) continue;
            AddPlacement(window, put, EndOfStay(stays, put, bound), toContent: false, ref sink);
        }
    }

    static void AddPlacement<TSink>(in Window window, in Placement put, long until, bool toContent, ref TSink sink) where TSink : struct, IStepSink
    {
        var from = Math.Max(put.Time, window.From);
        until = Math.Min(until, window.Until);
        if (from >= until) return;
        sink.Placement(new()
        {
            From = window.Node, To = put.Other, Kind = put.Kind, Sequence = put.Sequence, Start = put.Time, StartTieBreak = put.TieBreak,
            ToContent = toContent, IsAmount = put.IsAmount, Window = new() { Node = put.Other, From = from, Until = until },
        });
    }

    Window Admit(in Step step, uint bound)
    {
        var none = new Window { Node = step.To, From = 0, Until = 0 };
        if (!Knows(step.To)) return none;
        ref var node = ref nodes[Local(step.To)];
        long until;
        if (!step.ToContent) until = EndInside(node, step.Kind, step.IsAmount ? step.From : 0, step.Start, step.StartTieBreak, bound);
        else if (FindPlacement(node.Stays, step, bound) is var put and not 0) until = EndOfStay(node.Stays, placements[put], bound);
        else return none;
        return step.Window with { Until = Math.Min(step.Window.Until, until) };
    }

    int FindPlacement(int list, in Step step, uint bound)
    {
        for (var i = list; i != 0; i = placements[i].Next)
        {
            ref var put = ref placements[i];
            if (put.Sequence == step.Sequence && put.Other == step.From && put.Kind == step.Kind && put.IsAmount == step.IsAmount && !put.Out && IsLive(put.Sequence, bound)) return i;
        }
        return 0;
    }

    /// <summary>When a stay ended as far as the content knows: an instance leaves with its next placement of the same kind; an amount when as much was taken out as put in.</summary>
    long EndOfStay(int stays, in Placement put, uint bound)
    {
        if (put.IsAmount) return EndOfAmount(stays, put.Other, put.Kind, put.Time, put.TieBreak, null, bound);
        var end = Window.Forever;
        for (var i = stays; i != 0; i = placements[i].Next)
        {
            ref var later = ref placements[i];
            if ((later.Time, later.TieBreak).CompareTo((put.Time, put.TieBreak)) <= 0) break;
            if (later.Kind == put.Kind && IsLive(later.Sequence, bound)) end = later.Time;
        }
        return end;
    }

    /// <summary>
    /// When the last of an amount left after it was put in at a stamp, from the stays of the content or the contents of the container. A taking-out without
    /// quantity empties; with quantities, what was put in since the container was last emptied (<paramref name="emptied"/>) must have left.
    /// </summary>
    long EndOfAmount(int list, int other, EdgeKind kind, long start, ulong startTieBreak, (long Time, ulong TieBreak)? emptied, uint bound)
    {
        var between = new List<(long Time, ulong TieBreak, decimal? Quantity, bool Out)>();
        for (var i = list; i != 0; i = placements[i].Next)
        {
            ref var p = ref placements[i];
            if (p.IsAmount && p.Other == other && p.Kind == kind && !(emptied?.CompareTo((p.Time, p.TieBreak)) > 0) && IsLive(p.Sequence, bound))
                between.Add((p.Time, p.TieBreak, placedQuantities.TryGetValue(i, out var placed) ? placed.Quantity : null, p.Out));
        }
        between.Sort((a, b) => (a.Time, a.TieBreak).CompareTo((b.Time, b.TieBreak)));
        decimal inside = 0;
        foreach (var (time, tieBreak, quantity, isOut) in between)
        {
            if (!isOut)
            {
                inside += quantity ?? 0;
                continue;
            }
            inside = quantity is null ? 0 : Math.Max(0, inside - quantity.Value);
            if (inside == 0 && (time, tieBreak).CompareTo((start, startTieBreak)) > 0) return time;
        }
        return Window.Forever;
    }

    /// <summary>
    /// When a stay ended as far as the container knows: when it was next emptied. Of an amount put in after an emptying it also knows that what had been there
    /// before is no longer to be taken out; the content, which hears of no emptying, would wait for that for ever.
    /// </summary>
    long EndInside(in Node container, EdgeKind kind, int amount, long start, ulong tieBreak, uint bound)
    {
        var end = FirstEmptied(container, kind, start, tieBreak, bound);
        if (amount == 0 || LastEmptied(container, kind, start, tieBreak, bound) is not { } emptied) return end;
        return Math.Min(end, EndOfAmount(container.Contents, amount, kind, start, tieBreak, emptied, bound));
    }

    (long Time, ulong TieBreak)? LastEmptied(in Node container, EdgeKind kind, long start, ulong tieBreak, uint bound)
    {
        (long Time, ulong TieBreak)? last = null;
        for (var i = container.Emptied; i != 0; i = placements[i].Next)
        {
            ref var p = ref placements[i];
            var stamp = (p.Time, p.TieBreak);
            if (p.Kind == kind && stamp.CompareTo((start, tieBreak)) < 0 && !(last?.CompareTo(stamp) >= 0) && IsLive(p.Sequence, bound)) last = stamp;
        }
        return last;
    }

    long FirstEmptied(in Node container, EdgeKind kind, long start, ulong tieBreak, uint bound)
    {
        var first = Window.Forever;
        for (var i = container.Emptied; i != 0; i = placements[i].Next)
        {
            ref var p = ref placements[i];
            if (p.Kind == kind && p.Time < first && (p.Time, p.TieBreak).CompareTo((start, tieBreak)) > 0 && IsLive(p.Sequence, bound))
                first = p.Time;
        }
        return first;
    }
}
