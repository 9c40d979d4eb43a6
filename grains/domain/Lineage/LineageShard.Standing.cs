using System.Runtime.InteropServices;
using TraceGrains.Domain.Custody;

namespace TraceGrains.Domain.Lineage;

public sealed partial class LineageShard
{
    /// <summary>Everything this shard knows of a node, as on record up to a ledger sequence.</summary>
    public NodeAnswer Describe(int node, long bound)
    {
        if (!Knows(node)) return new();
        var at = Clamp(bound);
        ref var known = ref nodes[Local(node)];
        return new()
        {
            Roles = known.Roles,
            Registers = ReadRegisters(known.Positions, Window.Always, 0, Window.Forever, at),
            Stays = StaysOf(node, known, EdgeKind.ContainedIn, at),
            Attachments = StaysOf(node, known, EdgeKind.AttachedTo, at),
            Recalls = RecallsOf(node),
        };
    }

    /// <summary>For stays in this shard's containers: what the containers' own events said meanwhile, and where the containers themselves stayed.</summary>
    public StayAnswer[] Look(Stay[] stays, long bound)
    {
        var answers = new StayAnswer[stays.Length];
        for (var i = 0; i < stays.Length; i++) answers[i] = Look(stays[i], Clamp(bound));
        return answers;
    }

    /// <summary>Some nodes, one by one, in the order asked.</summary>
    public NodeLine[] Lines(int[] asked, long bound)
    {
        var lines = new NodeLine[asked.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            if (!Knows(asked[i])) continue;
            ref var node = ref nodes[Local(asked[i])];
            lines[i] = new()
            {
                Registers = ReadRegisters(node.Positions, Window.Always, 0, Window.Forever, Clamp(bound)),
                Stays = StaysOf(asked[i], node, EdgeKind.ContainedIn, Clamp(bound)), Recalls = RecallsOf(asked[i]), Roles = node.Roles,
            };
        }
        return lines;
    }

    /// <summary>Counts the standing of nodes that were in containers, given what their stays came to.</summary>
    public StandingCount[] StandPlaced(int[] pending, Stay[] stays, Registers[] found, long bound)
    {
        var table = new Dictionary<Stay, int>(stays.Length);
        for (var i = 0; i < stays.Length; i++) table[stays[i]] = i;
        var counts = new StandingCounter();
        var at = Clamp(bound);
        foreach (var node in pending)
        {
            ref var known = ref nodes[Local(node)];
            var registers = ReadRegisters(known.Positions, Window.Always, 0, Window.Forever, at);
            foreach (var stay in StaysOf(node, known, EdgeKind.ContainedIn, at))
                if (table.TryGetValue(stay, out var i)) registers.Merge(found[i]);
            counts.Add(registers.Read());
        }
        return counts.ToArray();
    }

    void Stand(int[] asked, uint bound, VisitAnswer answer)
    {
        if (asked.Length == 0) return;
        var counts = new StandingCounter();
        var pending = new List<int>();
        var stays = new HashSet<Stay>();
        foreach (var node in asked)
        {
            if (!Knows(node)) continue;
            ref var known = ref nodes[Local(node)];
            if (known.Stays == 0) counts.Add(StandingAlone(known.Positions, bound));
            else
            {
                pending.Add(node);
                foreach (var stay in StaysOf(node, known, EdgeKind.ContainedIn, bound)) stays.Add(stay);
            }
        }
        answer.Standings = counts.ToArray();
        answer.Pending = [.. pending];
        answer.Stays = [.. stays];
    }

    /// <summary>Standing of a thing that never lay in a container. Mostly its latest event says it all: nothing older can outdo that, so no register need be kept.</summary>
    Standing StandingAlone(int list, uint bound)
    {
        if (list != 0)
        {
            ref var latest = ref positions[list];
            if (latest is { Step: CustodyStep.Stated or CustodyStep.Sent, Holder: not 0, Place: not 0, Disposition: not 0 } && IsLive(latest.Sequence, bound))
                return new() { Holder = latest.Holder, Consignee = latest.Consignee, Place = latest.Place, Disposition = latest.Disposition };
        }
        return ReadRegisters(list, Window.Always, 0, Window.Forever, bound).Read();
    }

    StayAnswer Look(in Stay stay, uint bound)
    {
        if (!Knows(stay.Container)) return new() { Outer = [], Until = stay.Until };
        ref var container = ref nodes[Local(stay.Container)];
        var until = Math.Min(stay.Until, EndInside(container, stay.Kind, stay.Amount, stay.Start, stay.StartTieBreak, bound));
        var outer = new List<Stay>();
        foreach (var own in StaysOf(stay.Container, container, EdgeKind.ContainedIn, bound))
        {
            // Only the part of the container's own stay that falls into this one concerns the content.
            var cut = own with { Until = Math.Min(own.Until, until) };
            if ((own.From, own.FromTieBreak).CompareTo((stay.From, stay.FromTieBreak)) < 0) cut = cut with { From = stay.From, FromTieBreak = stay.FromTieBreak };
            if (cut.From < cut.Until) outer.Add(cut);
        }
        return new() { Registers = ReadRegisters(container.Positions, stay.From, stay.FromTieBreak, until, bound), Outer = [.. outer], Until = until };
    }

    /// <summary>Latest word of each aspect among positions from a stamp (inclusive) until a time (exclusive).</summary>
    Registers ReadRegisters(int list, long start, ulong startTieBreak, long until, uint bound)
    {
        var registers = new Registers();
        List<Register>? sentOn = null;
        for (var i = list; i != 0; i = positions[i].Next)
        {
            ref var p = ref positions[i];
            if (p.Time >= until && until != Window.Forever) continue;
            if (p.Time < start || (p.Time == start && p.TieBreak < startTieBreak)) break;
            if (!IsLive(p.Sequence, bound)) continue;
            Set(ref registers.Place, p, p.Place != 0, p.Place, 0);
            Set(ref registers.Disposition, p, p.Disposition != 0, p.Disposition, 0);
            Set(ref registers.Stated, p, p.Step == CustodyStep.Stated, p.Holder, 0);
            Set(ref registers.Sent, p, p.Step == CustodyStep.Sent && p.Holder != 0, p.Holder, p.Consignee);
            Set(ref registers.Arrived, p, p.Step == CustodyStep.Arrived, 0, 0);
            // A sending without its sender matters until a holder is named; of those before an arrival only the last.
            if (p.Step == CustodyStep.Sent && p.Holder == 0 && !registers.Stated.IsSet && !registers.Sent.IsSet && !(sentOn?.Count > 0 && registers.Arrived.IsLaterThan(sentOn[^1])))
                (sentOn ??= []).Add(new() { Time = p.Time, TieBreak = p.TieBreak, Second = p.Consignee, IsSet = true });
            if (registers is { Place.IsSet: true, Disposition.IsSet: true, Stated.IsSet: true, Sent.IsSet: true, Arrived.IsSet: true }) break;
        }
        registers.SentOn = sentOn?.ToArray();
        return registers;
    }

    static void Set(ref Register register, in Position p, bool speaks, int value, int second)
    {
        if (!speaks || register.IsSet) return;
        register = new() { Time = p.Time, TieBreak = p.TieBreak, Value = value, Second = second, IsSet = true };
    }

    /// <summary>Stays of one kind, latest first; one that the same container's next sighting continues keeps its own entry, so every end finds it.</summary>
    Stay[] StaysOf(int content, in Node node, EdgeKind kind, uint bound)
    {
        if (node.Stays == 0) return [];
        var stays = new List<Stay>();
        for (var i = node.Stays; i != 0; i = placements[i].Next)
        {
            ref var put = ref placements[i];
            if (put.Out || put.Kind != kind || !IsLive(put.Sequence, bound)) continue;
            var stay = new Stay
            {
                Container = put.Other, Start = put.Time, StartTieBreak = put.TieBreak, Until = EndOfStay(node.Stays, put, bound), Kind = kind, From = put.Time, FromTieBreak = put.TieBreak,
                Amount = put.IsAmount ? content : 0,
            };
            if (stay.Start < stay.Until) stays.Add(stay);
        }
        return [.. stays];
    }

    /// <summary>Counts equal standings; runs of the same one, which is what a lot looks like, skip the hashing.</summary>
    sealed class StandingCounter
    {
        readonly Dictionary<Standing, int> counts = [];
        Standing last;
        int run;

        public void Add(in Standing standing)
        {
            if (run > 0 && standing.Equals(last))
            {
                run++;
                return;
            }
            Flush();
            (last, run) = (standing, 1);
        }

        public StandingCount[] ToArray()
        {
            Flush();
            return [.. counts.Select(pair => new StandingCount { Standing = pair.Key, Count = pair.Value })];
        }

        void Flush()
        {
            if (run == 0) return;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, last, out _) += run;
            run = 0;
        }
    }
}
