namespace TraceGrains.Domain.Lineage;

/// <summary>
/// One shard of the lineage index: the entities whose number is <c>shard</c> modulo the shard count, with their ties, placements, positions and recall marks,
/// in flat arenas. Fed with shard rows in ledger order; every answer depends only on which rows were applied and on event times, never on their arrival order.
/// Not thread-safe: its grain takes one turn at a time.
/// </summary>
public sealed partial class LineageShard
{
    /// <summary>Heads of a node's linked lists; 0 is the empty list.</summary>
    struct Node
    {
        public int Outputs, Inputs, Stays, Contents, Emptied, Positions, Amounts;
        public Roles Roles;
        public bool IsMarked;
    }

    struct Edge
    {
        public int Other, Next;
        public uint Sequence;
        public EdgeKind Kind;
        public bool ToProcess;
    }

    /// <summary>A placement as content keeps it (<see cref="Node.Stays"/>, latest first) or as a container keeps it (<see cref="Node.Contents"/>, unordered).</summary>
    struct Placement
    {
        public long Time;
        public ulong TieBreak;
        public int Other, Next;
        public uint Sequence;
        public EdgeKind Kind;
        public bool Out, IsAmount;
    }

    struct Position
    {
        public long Time;
        public ulong TieBreak;
        public int Holder, Consignee, Place, Disposition, Next;
        public uint Sequence;
        public Custody.CustodyStep Step;
        public byte BizStep;
        public bool Ends;
    }

    struct Amount
    {
        public decimal Delta;
        public int Account, Next;
        public uint Sequence;
        public AccountKind Kind;
        public bool IsKnown;
        public short Uom;
    }

    readonly int shard, shardCount;
    readonly Arena<Node> nodes = new();
    readonly Arena<Edge> edges = new();
    readonly Arena<Placement> placements = new();
    readonly Arena<Position> positions = new();
    readonly Arena<Amount> amounts = new();
    readonly Dictionary<int, decimal> placedQuantities = [];
    readonly List<string> uoms = [""];
    readonly Dictionary<uint, uint> withdrawn = [];

    /// <summary>An empty shard, the so-manieth (from 0) of so many.</summary>
    public LineageShard(int shard, int shardCount) => (this.shard, this.shardCount) = (shard, shardCount);

    /// <summary>Ledger sequence of the last row applied.</summary>
    public long AppliedThrough { get; private set; }

    /// <summary>Bytes of the arenas, as allocated.</summary>
    public long Bytes => nodes.Bytes + edges.Bytes + placements.Bytes + positions.Bytes + amounts.Bytes + caveats.Bytes;

    /// <summary>Entities this shard knows.</summary>
    public int NodeCount { get; private set; }

    /// <summary>Derivation ties, counted at both ends.</summary>
    public int EdgeCount => edges.Count;

    /// <summary>
    /// Applies a row. Ties that start at a marked node are reported in <paramref name="spills"/>: the other end must be marked before the event counts as captured.
    /// </summary>
    public void Apply(long sequence, ReadOnlySpan<byte> row, List<Spill> spills)
    {
        if (sequence > uint.MaxValue) throw new NotSupportedException("a ledger holds at most 4,294,967,295 events");
        var at = (uint)sequence;
        var reader = new FactCodec.Reader(row);
        while (reader.Next() is { } fact)
        {
            switch (fact)
            {
                case Fact.Named f:
                    Name(f);
                    break;
                case Fact.Tie f:
                    AddTie(at, f, spills);
                    break;
                case Fact.Placed f:
                    AddPlacement(at, reader.EventTime, reader.TieBreak, f);
                    break;
                case Fact.Position f:
                    AddPosition(at, reader.EventTime, reader.TieBreak, f);
                    RememberMovement(at, reader.EventTime, reader.TieBreak, f);
                    break;
                case Fact.Blocked f:
                    AddBlock(at, reader.EventTime, reader.TieBreak, f);
                    break;
                case Fact.Dated f:
                    AddDate(at, reader.EventTime, reader.TieBreak, f);
                    break;
                case Fact.Held f:
                    AddAmount(at, f);
                    break;
                case Fact.Marked f:
                    AddMark(f);
                    break;
                case Fact.RecallStatus f:
                    MarksOf(f.Node).IsActive = f.Active;
                    LearnIssue(at, reader.EventTime, reader.TieBreak, f);
                    break;
                case Fact.Withdrawn f:
                    withdrawn.TryAdd((uint)f.Sequence, at);
                    break;
            }
        }
        AppliedThrough = Math.Max(AppliedThrough, sequence);
    }

    /// <summary>Entity numbers are dense from 1 and dealt to shards in turn, so a node's place in its shard is its number divided by the shard count.</summary>
    int Local(int node) => node / shardCount + 1;

    ref Node Get(int node)
    {
        var local = Local(node);
        nodes.EnsureThrough(local);
        return ref nodes[local];
    }

    bool Knows(int node) => Local(node) <= nodes.Count;

    void Name(Fact.Named fact)
    {
        ref var node = ref Get(fact.Node);
        if (node.Roles == Roles.None) NodeCount++;
        var wasThing = IsThing(node);
        node.Roles |= fact.Roles;
        if (wasThing || !node.IsMarked || !IsThing(node)) return;
        // A working-out may have come here by a tie before this row did: only now it shows that the node is a thing.
        foreach (var marks in recalls.Values) if (marks.InForce.Contains(Local(fact.Node))) marks.InForceThings++;
    }

    void AddTie(uint at, Fact.Tie fact, List<Spill> spills)
    {
        var index = edges.Add();
        ref var node = ref Get(fact.Node);
        ref var edge = ref edges[index];
        edge = new() { Other = fact.Other, Sequence = at, Kind = fact.Kind, ToProcess = fact.ToProcess };
        ref var head = ref fact.Forward ? ref node.Outputs : ref node.Inputs;
        edge.Next = head;
        head = index;
        if (fact.Forward && node.IsMarked && IsLive(at, uint.MaxValue)) Spill(fact.Node, fact.Other, spills);
    }

    void AddPlacement(uint at, long time, ulong tieBreak, Fact.Placed fact)
    {
        var index = placements.Add();
        ref var node = ref Get(fact.Node);
        ref var placement = ref placements[index];
        placement = new()
        {
            Time = time, TieBreak = tieBreak, Other = fact.Other, Sequence = at, Kind = fact.Kind, Out = fact.Out, IsAmount = fact.IsAmount,
        };
        if (fact.Quantity is { } quantity) placedQuantities[index] = quantity;
        if (fact.AsContent) InsertLatestFirst(ref node.Stays, index, placements, static (in Placement p) => (p.Time, p.TieBreak), static (ref Placement p) => ref p.Next);
        else
        {
            ref var head = ref fact.Other == 0 ? ref node.Emptied : ref node.Contents;
            placement.Next = head;
            head = index;
        }
    }

    void AddPosition(uint at, long time, ulong tieBreak, Fact.Position fact)
    {
        var index = positions.Add();
        ref var node = ref Get(fact.Node);
        positions[index] = new()
        {
            Time = time, TieBreak = tieBreak, Sequence = at, Step = fact.Step,
            Holder = fact.Holder, Consignee = fact.Consignee, Place = fact.Place, Disposition = fact.Disposition,
            BizStep = fact.BizStep, Ends = fact.Ends,
        };
        InsertLatestFirst(ref node.Positions, index, positions, static (in Position p) => (p.Time, p.TieBreak), static (ref Position p) => ref p.Next);
    }

    void AddAmount(uint at, Fact.Held fact)
    {
        var uom = uoms.IndexOf(fact.Uom);
        if (uom < 0)
        {
            uom = uoms.Count;
            uoms.Add(fact.Uom);
        }
        var index = amounts.Add();
        ref var node = ref Get(fact.Node);
        amounts[index] = new()
        {
            Account = fact.Account, Kind = fact.Kind, Sequence = at, Delta = fact.Delta ?? 0, IsKnown = fact.Delta is not null, Uom = (short)uom, Next = node.Amounts,
        };
        node.Amounts = index;
    }

    delegate (long Time, ulong TieBreak) StampOf<T>(in T item);
    delegate ref int NextOf<T>(ref T item);

    /// <summary>Keeps a list latest first. Events mostly arrive in order, so the walk is short.</summary>
    static void InsertLatestFirst<T>(ref int head, int index, Arena<T> arena, StampOf<T> stampOf, NextOf<T> nextOf) where T : struct
    {
        var stamp = stampOf(arena[index]);
        ref var link = ref head;
        while (link != 0 && stampOf(arena[link]).CompareTo(stamp) > 0) link = ref nextOf(ref arena[link]);
        nextOf(ref arena[index]) = link;
        link = index;
    }

    /// <summary>Whether what an event said was on record, and not withdrawn, up to a ledger sequence.</summary>
    bool IsLive(uint sequence, uint bound) =>
        sequence <= bound && (withdrawn.Count == 0 || !withdrawn.TryGetValue(sequence, out var by) || by > bound);

    static uint Clamp(long bound) => bound >= uint.MaxValue ? uint.MaxValue : (uint)Math.Max(0, bound);
}
