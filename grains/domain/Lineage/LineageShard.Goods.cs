using TraceGrains.Domain.Balances;

namespace TraceGrains.Domain.Lineage;

public sealed partial class LineageShard
{
    struct FlowEntry
    {
        public decimal Quantity;
        public long Time;
        public ulong TieBreak;
        public int From, To, Place, Next;
        public uint Sequence;
        public short Uom;
        public FlowKind Kind;
        public byte Stage;
        public bool IsKnown, IsReturn, IsLoose;
    }

    readonly Arena<FlowEntry> flows = new();
    readonly List<string> uoms = [""];

    /// <summary>What a balance needs of some things and lots, in the order asked.</summary>
    public GoodsLine[] Goods(int[] asked, long bound)
    {
        var lines = new GoodsLine[asked.Length];
        for (var i = 0; i < lines.Length; i++)
            if (Knows(asked[i])) lines[i] = GoodsOf(asked[i], nodes[Local(asked[i])], Clamp(bound));
        return lines;
    }

    /// <summary>Amounts of some lots or classes by account, in the order asked; null for one that lies or lay in a container, because only that container's shard knows who has it.</summary>
    public Holding[]?[] Held(int[] asked, long bound) => [.. asked.Select(node => Knows(node) ? HoldingsOf(nodes[Local(node)], Clamp(bound)) : [])];

    void AddFlow(uint at, long time, ulong tieBreak, Fact.Flowed fact)
    {
        var index = flows.Add();
        ref var node = ref Get(fact.Node);
        flows[index] = new()
        {
            Quantity = fact.Quantity ?? 0, IsKnown = fact.Quantity is not null, Uom = NumberOf(fact.Uom), Time = time, TieBreak = tieBreak, Sequence = at, Next = node.Flows,
            Kind = fact.Kind, From = fact.From, To = fact.To, Place = fact.Place, Stage = fact.Stage, IsReturn = fact.IsReturn, IsLoose = fact.IsLoose,
        };
        node.Flows = index;
    }

    short NumberOf(string uom)
    {
        var number = uoms.IndexOf(uom);
        if (number >= 0) return (short)number;
        uoms.Add(uom);
        return (short)(uoms.Count - 1);
    }

    GoodsLine GoodsOf(int number, in Node node, uint bound)
    {
        var line = new GoodsLine { Roles = node.Roles, Flows = FlowsOf(node, bound) is { Length: > 0 } rows ? rows : null };
        for (var i = node.Outputs; i != 0; i = edges[i].Next)
        {
            ref var edge = ref edges[i];
            if (!IsLive(edge.Sequence, bound)) continue;
            if (edge.Kind == EdgeKind.MadeOf) line.IsUsed = true;
            else line.Units++;
        }
        // The same tie may have been told more than once.
        if (line.Units > 1) line.Units = UnitsOf(node, bound);
        for (var i = node.Inputs; i != 0; i = edges[i].Next)
        {
            ref var edge = ref edges[i];
            if (edge.Kind != EdgeKind.MemberOf || edge.Other == line.Lot || !IsLive(edge.Sequence, bound)) continue;
            if (line.Lot == 0) line.Lot = edge.Other;
            else line.OtherLots = [.. line.OtherLots ?? [], edge.Other];
        }
        if ((node.Roles & Roles.Class) != 0 && node.Stays != 0) line.Packed = PackedOf(number, node, bound) is { Length: > 0 } packed ? packed : null;
        return line;
    }

    int UnitsOf(in Node node, uint bound)
    {
        var units = new HashSet<int>();
        for (var i = node.Outputs; i != 0; i = edges[i].Next)
            if (edges[i].Kind == EdgeKind.MemberOf && IsLive(edges[i].Sequence, bound)) units.Add(edges[i].Other);
        return units.Count;
    }

    FlowRow[] FlowsOf(in Node node, uint bound)
    {
        if (node.Flows == 0) return [];
        var rows = new List<FlowRow>();
        for (var i = node.Flows; i != 0; i = flows[i].Next)
        {
            ref var flow = ref flows[i];
            if (!IsLive(flow.Sequence, bound)) continue;
            rows.Add(new()
            {
                Kind = flow.Kind, From = flow.From, To = flow.To, Place = flow.Place, Stage = flow.Stage, IsReturn = flow.IsReturn, IsLoose = flow.IsLoose, Quantity = flow.IsKnown ? flow.Quantity : null,
                Uom = uoms[flow.Uom], Time = flow.Time, TieBreak = flow.TieBreak, Sequence = flow.Sequence,
            });
        }
        return [.. rows];
    }

    Holding[]? HoldingsOf(in Node node, uint bound) => WasPacked(node, bound) ? null : node.Flows == 0 ? [] : LotBook.Held(LotBook.Of(FlowsOf(node, bound)));

    bool WasPacked(in Node node, uint bound)
    {
        for (var i = node.Stays; i != 0; i = placements[i].Next)
            if (placements[i] is { IsAmount: true, Kind: EdgeKind.ContainedIn, Out: false } && IsLive(placements[i].Sequence, bound)) return true;
        return false;
    }

    /// <summary>What was put into containers, each part with the time it was there: what is taken out is what was put in first.</summary>
    PackedRow[] PackedOf(int lot, in Node node, uint bound)
    {
        var puts = new List<(Stay Stay, uint Sequence, decimal? Left, short Uom)>();
        var outs = new List<(int Container, long Time, ulong TieBreak, decimal Quantity)>();
        for (var i = node.Stays; i != 0; i = placements[i].Next)
        {
            ref var placement = ref placements[i];
            if (!placement.IsAmount || placement.Kind != EdgeKind.ContainedIn || !IsLive(placement.Sequence, bound)) continue;
            var isKnown = placedQuantities.TryGetValue(i, out var placed);
            if (placement.Out)
            {
                if (isKnown) outs.Add((placement.Other, placement.Time, placement.TieBreak, placed.Quantity));
                continue;
            }
            puts.Add((new()
            {
                Container = placement.Other, Start = placement.Time, StartTieBreak = placement.TieBreak, Until = EndOfStay(node.Stays, placement, bound), Kind = placement.Kind,
                From = placement.Time, FromTieBreak = placement.TieBreak, Amount = lot,
            }, placement.Sequence, isKnown ? placed.Quantity : null, placed.Uom));
        }
        puts.Sort(static (a, b) => (a.Stay.Start, a.Stay.StartTieBreak, a.Sequence).CompareTo((b.Stay.Start, b.Stay.StartTieBreak, b.Sequence)));
        outs.Sort(static (a, b) => (a.Time, a.TieBreak).CompareTo((b.Time, b.TieBreak)));
        var packed = new List<PackedRow>();
        foreach (var taken in outs)
        {
            var quantity = taken.Quantity;
            for (var i = 0; i < puts.Count && quantity > 0; i++)
            {
                var (stay, sequence, left, uom) = puts[i];
                if (stay.Container != taken.Container || left is not { } inside || inside == 0 || (stay.Start, stay.StartTieBreak).CompareTo((taken.Time, taken.TieBreak)) >= 0 || stay.Until < taken.Time) continue;
                var part = Math.Min(inside, quantity);
                quantity -= part;
                puts[i] = (stay, sequence, inside - part, uom);
                packed.Add(Row(node, stay with { Until = taken.Time }, sequence, part, uom));
            }
        }
        foreach (var (stay, sequence, left, uom) in puts) if (left != 0) packed.Add(Row(node, stay, sequence, left, uom));
        return [.. packed];
    }

    /// <summary>Who had it and where, as the event says that put it in.</summary>
    PackedRow Row(in Node node, in Stay stay, uint sequence, decimal? quantity, short uom)
    {
        var row = new PackedRow { Stay = stay, Quantity = quantity, Uom = uoms[uom], Sequence = sequence };
        for (var i = node.Positions; i != 0; i = positions[i].Next)
            if (positions[i].Sequence == sequence) return row with { Holder = positions[i].Holder, Place = positions[i].Place };
        return row;
    }
}
