namespace TraceGrains.Domain.Lineage;

public sealed partial class LineageShard
{
    /// <summary>
    /// One recall's marks in this shard. Every working-out of a recall is a draft with a number, larger each time; shards begin one and put it into force one after the other, so
    /// every mark that travels says of which draft it is, and each set takes the marks of its own draft and of later ones only.
    /// </summary>
    sealed class RecallMarks
    {
        public bool IsActive;
        public readonly HashSet<int> Scope = [];
        /// <summary>What answers "recalled" now.</summary>
        public NodeSet InForce = new();
        /// <summary>The draft that is in force; 0 until one has been completed since this shard was loaded: what is on record stands in for it.</summary>
        public long InForceDraft;
        /// <summary>What will be in force when the draft that is being worked out is complete; null when none is.</summary>
        public NodeSet? Building;
        public long BuildingDraft;
        /// <summary>What the ledger has on record as reached.</summary>
        public readonly NodeSet OnRecord = new();
        public int InForceThings;
    }

    readonly Dictionary<int, RecallMarks> recalls = [];

    /// <summary>Recalls this shard knows to be active.</summary>
    public int[] ActiveRecalls() => [.. recalls.Where(pair => pair.Value.IsActive).Select(pair => pair.Key).Order()];

    /// <summary>Number of the newest draft of a recall's reach that this shard has heard of; 0 for none.</summary>
    public long NewestDraft(int recall) => Math.Max(MarksOf(recall).InForceDraft, MarksOf(recall).BuildingDraft);

    /// <summary>Starts a draft of a recall's reach, and drops an older one that was not completed. False when this shard has heard of one as new.</summary>
    public bool BeginReach(int recall, long draft)
    {
        if (draft <= NewestDraft(recall)) return false;
        var marks = MarksOf(recall);
        (marks.Building, marks.BuildingDraft) = (new(), draft);
        return true;
    }

    /// <summary>What the recall itself names in this shard. To be asked once every shard has begun: what joins the scope later carries on by itself.</summary>
    public int[] Scope(int recall) => [.. MarksOf(recall).Scope.Order()];

    /// <summary>
    /// Says what a recall names in this shard, where a question decides that and not the ledger's notices alone. Marks nothing: a working-out, or a spread from what was added, follows.
    /// </summary>
    /// <param name="recall">The recall.</param>
    /// <param name="named">The nodes of this shard that it names.</param>
    /// <param name="isWhole">Whether these are all; else they join those named before.</param>
    public void SetScope(int recall, int[] named, bool isWhole)
    {
        var scope = MarksOf(recall).Scope;
        if (isWhole) scope.Clear();
        scope.UnionWith(named);
    }

    /// <summary>
    /// Marks nodes for a draft of a recall and answers where to go on. With <paramref name="onlyNew"/> the neighbours of nodes that were marked already are left out:
    /// whoever marked them has gone on from there, unless a draft is just being worked out.
    /// </summary>
    public MarkAnswer Mark(int recall, int[] asked, long draft, bool onlyNew)
    {
        var marks = MarksOf(recall);
        var next = new List<int>();
        // A mark of an older draft than the one in force comes too late: the complete draft knows better.
        if (marks.IsActive && draft >= marks.InForceDraft)
            foreach (var item in asked)
            {
                // A node not heard of yet is marked all the same: an event's rows reach the shards one by one, and a tie to it may have been seen where it starts.
                ref var node = ref Get(item);
                var isNew = PutInForce(marks, item, ref node);
                if (marks.Building is { } building && draft >= marks.BuildingDraft) isNew |= building.Add(Local(item));
                // What is being built was marked by a walk that may not have gone on yet, or may have died: then one goes on oneself.
                if (onlyNew && !isNew && marks.Building?.Contains(Local(item)) != true) continue;
                for (var i = node.Outputs; i != 0; i = edges[i].Next)
                {
                    ref var edge = ref edges[i];
                    if ((edge.Kind & EdgeKind.Derivation) != 0 && IsLive(edge.Sequence, uint.MaxValue)) next.Add(edge.Other);
                }
            }
        return new() { Next = [.. next], InForce = marks.InForceThings };
    }

    /// <summary>
    /// Puts a draft into force; what is no longer reached is no longer marked. Answers how many things are marked here; null when this shard does not have the draft, because it was
    /// loaded anew or has begun a newer one.
    /// </summary>
    public int? CommitReach(int recall, long draft)
    {
        var marks = MarksOf(recall);
        if (marks.Building is not { } built || marks.BuildingDraft != draft) return null;
        marks.Building = null;
        marks.InForce = built;
        marks.InForceDraft = draft;
        marks.InForceThings = 0;
        foreach (var local in built.Ascending())
        {
            nodes[local].IsMarked = true;
            if (IsThing(nodes[local])) marks.InForceThings++;
        }
        return marks.InForceThings;
    }

    /// <summary>
    /// Things whose record in the ledger lags behind the marks: reached and not on record (<paramref name="released"/> false), or on record and no longer
    /// reached (true). Ascending, after a number, at most so many.
    /// </summary>
    public int[] OffRecord(int recall, bool released, int after, int max)
    {
        var marks = MarksOf(recall);
        // Deduplicated by construction: a node is in each set once.
        IEnumerable<int> lagging = released
            ? marks.OnRecord.Ascending().Where(local => !marks.IsActive || !marks.InForce.Contains(local))
            : marks.IsActive ? marks.InForce.Ascending().Where(local => !marks.OnRecord.Contains(local) && IsThing(nodes[local])) : [];
        return [.. lagging.Select(Number).Where(number => number > after).Take(max)];
    }

    /// <summary>How many things here are marked by a recall, and how many of them are on record.</summary>
    public (int InForce, int OnRecord) CountMarks(int recall)
    {
        var marks = MarksOf(recall);
        return (marks.IsActive ? marks.InForceThings : 0, marks.OnRecord.Count);
    }

    /// <summary>The things here that a recall reaches, ascending, after a number.</summary>
    public int[] Reached(int recall, int after, int max)
    {
        var marks = MarksOf(recall);
        return marks.IsActive ? [.. marks.InForce.Ascending().Where(local => IsThing(nodes[local])).Select(Number).Where(number => number > after).Take(max)] : [];
    }

    int Number(int local) => (local - 1) * shardCount + shard;

    RecallMarks MarksOf(int recall)
    {
        if (!recalls.TryGetValue(recall, out var marks)) recalls.Add(recall, marks = new());
        return marks;
    }

    void AddMark(Fact.Marked fact)
    {
        var marks = MarksOf(fact.Recall);
        ref var node = ref Get(fact.Node);
        var local = Local(fact.Node);
        switch (fact.Kind)
        {
            case MarkKind.Scope:
                marks.Scope.Add(fact.Node);
                PutInForce(marks, fact.Node, ref node);
                marks.Building?.Add(local);
                break;
            case MarkKind.Reached:
                // A notice written while the reach shrank must not bring a mark back; it is followed by a releasing notice.
                marks.OnRecord.Add(local);
                if (marks.InForceDraft == 0) PutInForce(marks, fact.Node, ref node);
                break;
            case MarkKind.Released:
                marks.OnRecord.Remove(local);
                break;
        }
    }

    bool PutInForce(RecallMarks marks, int number, ref Node node)
    {
        if (!marks.InForce.Add(Local(number))) return false;
        node.IsMarked = true;
        if (IsThing(node)) marks.InForceThings++;
        return true;
    }

    /// <summary>Processes pass a recall on but are no things.</summary>
    static bool IsThing(in Node node) => (node.Roles & ~Roles.Process) != 0;

    void Spill(int from, int to, List<Spill> spills)
    {
        var local = Local(from);
        foreach (var (recall, marks) in recalls)
        {
            if (!marks.IsActive) continue;
            if (marks.Building?.Contains(local) == true) spills.Add(new() { Recall = recall, Node = to, Draft = marks.BuildingDraft });
            else if (marks.InForce.Contains(local)) spills.Add(new() { Recall = recall, Node = to, Draft = marks.InForceDraft });
        }
    }

    int[] RecallsOf(int node)
    {
        var local = Local(node);
        if (!nodes[local].IsMarked) return [];
        return [.. recalls.Where(pair => pair.Value.IsActive && pair.Value.InForce.Contains(local)).Select(pair => pair.Key).Order()];
    }
}
