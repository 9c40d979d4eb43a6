namespace TraceGrains.Demo.Tests;

/// <summary>A small lineage of the tests' own: edges from what the events say, places by replaying them in event-time order.</summary>
sealed class Walk
{
    readonly Dictionary<string, HashSet<string>> forward = [];
    readonly Dictionary<string, HashSet<string>> contents = [];

    public Dictionary<string, string> Holder { get; } = [];
    public HashSet<string> OnTheRoad { get; } = [];
    public HashSet<string> Sold { get; } = [];
    public List<string> TakenFromWhereItWasNot { get; } = [];

    /// <param name="events">In order of capture.</param>
    /// <param name="heedErrors">Whether an error declaration withdraws the event it names.</param>
    /// <param name="heedTime">Whether events are replayed as they happened, or else as they came in.</param>
    public Walk(IReadOnlyList<ReadEvent> events, bool heedErrors = true, bool heedTime = true)
    {
        var withdrawn = events.Where(e => e.IsErrorDeclaration).Select(e => e.Id).ToHashSet();
        var standing = events.Where(e => !e.IsErrorDeclaration && !(heedErrors && e.Id is not null && withdrawn.Contains(e.Id))).OrderBy(e => heedTime ? e.At : default).ToList();

        foreach (var process in standing.Where(e => e.Type == "TransformationEvent").GroupBy(e => e.Process ?? $"alone {e.At:O} {e.Id}"))
            foreach (var input in process.SelectMany(e => e.Inputs))
                foreach (var output in process.SelectMany(e => e.OutputEpcs.Concat(e.Outputs.Select(amount => amount.Lot))))
                    Edge(input.Lot, output);
        foreach (var birth in standing.Where(e => e.LotNumber is not null))
            foreach (var unit in birth.Epcs.Concat(birth.OutputEpcs).Where(code => code.Contains("/21/")))
                Edge($"{ReadEvent.ProductOf(unit)}/10/{birth.LotNumber}", unit);
        foreach (var e in standing)
            Replay(e);
    }

    public HashSet<string> Reached(string start)
    {
        HashSet<string> reached = [start];
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var code))
            foreach (var next in forward.GetValueOrDefault(code, []))
                if (reached.Add(next))
                    open.Enqueue(next);
        return reached;
    }

    public IEnumerable<string> ContainersOf(string thing) => contents.Where(pair => pair.Value.Contains(thing)).Select(pair => pair.Key);

    void Edge(string from, string to) => (forward.TryGetValue(from, out var set) ? set : forward[from] = []).Add(to);

    void Replay(ReadEvent e)
    {
        if (e.Type == "AggregationEvent")
        {
            var inside = contents.TryGetValue(e.Parent!, out var set) ? set : contents[e.Parent!] = [];
            if (e.Action == "ADD")
            {
                TakenFromWhereItWasNot.AddRange(e.Epcs.Where(child => ContainersOf(child).Any()));
                inside.UnionWith(e.Epcs);
            }
            else if (e.Epcs is { Length: > 0 } children)
            {
                TakenFromWhereItWasNot.AddRange(children.Where(child => !inside.Remove(child)));
            }
            else
            {
                inside.Clear();
            }
        }
        string[] named = [.. e.Epcs, .. e.OutputEpcs, .. e.Quantities.Select(amount => amount.Lot), .. e.Outputs.Select(amount => amount.Lot)];
        if (e.Goes)
            Deep(named, thing => OnTheRoad.Add(thing));
        else if (e.To is { } party)
            Deep(named, thing =>
            {
                OnTheRoad.Remove(thing);
                Holder[thing] = party;
            });
        if (e.BizStep is "retail_selling" or "dispensing")
            Sold.UnionWith(e.Epcs);
    }

    void Deep(IEnumerable<string> things, Action<string> act)
    {
        foreach (var thing in things.ToArray())
        {
            act(thing);
            Deep(contents.GetValueOrDefault(thing, []), act);
        }
    }
}
