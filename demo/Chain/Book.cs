namespace TraceGrains.Demo.Chain;

/// <summary>
/// The storyteller's own bookkeeping, kept while the events are told: what was made into what, what is in what, who has it.
/// It is what the demonstration expects of the system, so it is deliberately the plainest thing that can be right.
/// </summary>
sealed class Book
{
    readonly Dictionary<string, List<string>> becomes = [];
    readonly Dictionary<string, List<string>> contents = [];
    readonly Dictionary<string, string> holders = [];
    readonly HashSet<string> onTheRoad = [];
    readonly HashSet<string> sold = [];
    readonly HashSet<string> lots = [];
    readonly HashSet<string> units = [];

    public int Units => units.Count;

    public bool IsUnit(string code) => units.Contains(code);

    public bool IsLot(string code) => lots.Contains(code);

    public bool IsSold(string code) => sold.Contains(code);

    public bool IsOnTheRoad(string code) => onTheRoad.Contains(code);

    public string Holder(string code) => holders[code];

    public IReadOnlyList<string> Contents(string container) => contents.GetValueOrDefault(container, []);

    public void Lot(string lot, Business holder)
    {
        lots.Add(lot);
        holders[lot] = holder.Party;
    }

    public void Unit(string unit, Business holder)
    {
        units.Add(unit);
        holders[unit] = holder.Party;
    }

    public void Becomes(string from, string to)
    {
        if (!becomes.TryGetValue(from, out var list))
            becomes[from] = list = [];
        list.Add(to);
    }

    public void Put(string container, IEnumerable<string> things, Business holder)
    {
        if (!contents.TryGetValue(container, out var list))
            contents[container] = list = [];
        list.AddRange(things);
        holders[container] = holder.Party;
    }

    public void TakeOut(string container, IReadOnlyList<string> things)
    {
        foreach (var thing in things)
            if (!contents[container].Remove(thing))
                throw new InvalidOperationException($"the story takes {thing} out of {container}, where it is not");
    }

    public void Sent(IEnumerable<string> things) => Each(things, thing => onTheRoad.Add(thing));

    public void Arrived(IEnumerable<string> things, Business holder) => Each(things, thing =>
    {
        onTheRoad.Remove(thing);
        holders[thing] = holder.Party;
    });

    public void Sold(IEnumerable<string> things) => sold.UnionWith(things);

    /// <summary>Everything made from, or a member of, <paramref name="start"/>, itself included. Sharing a container makes nothing of anything.</summary>
    public IReadOnlySet<string> Reached(string start)
    {
        var reached = new HashSet<string> { start };
        var open = new Stack<string>(reached);
        while (open.TryPop(out var code))
            foreach (var next in becomes.GetValueOrDefault(code, []))
                if (reached.Add(next))
                    open.Push(next);
        return reached;
    }

    void Each(IEnumerable<string> things, Action<string> act)
    {
        foreach (var thing in things)
        {
            act(thing);
            Each(Contents(thing), act);
        }
    }
}
