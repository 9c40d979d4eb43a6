using System.Globalization;
using System.Text.Json.Nodes;

namespace TraceGrains.Stories.Tests.Designs;

/// <summary>Turns a design into the events it means, by box.</summary>
/// <remarks>
/// <para>A line from a numbering box brings new codes; one from an event box hands on what that event had on that side: parent or contents of an aggregation, inputs or outputs of a transformation, the
/// things of an object event. No event hands on more of a class than it has, whatever the line says.</para>
/// <para>The designs give no event an id, and two of them declare events to be in error: declaration and event then share an id, and the event behind the declaration has the first id that the declaration
/// names as its correction (EPCIS 2.0, 7.4.1.2).</para>
/// </remarks>
sealed class DesignEvents
{
    readonly Design design;
    readonly Dictionary<int, Numbering> numberings;
    readonly Dictionary<int, string> ids = [];
    readonly Dictionary<int, List<Load>> loads = [];
    readonly Dictionary<(DesignLine, int), int> taken = [];

    DesignEvents(Design design, int number)
    {
        this.design = design;
        numberings = design.Numberings.ToDictionary(box => box.Id, box => new Numbering(box, number));
        foreach (var box in design.Events.Where(box => box.DeclaresError))
        {
            var declared = design.Lines.Single(line => line.To == box.Id).From;
            ids[box.Id] = ids[declared] = FormattableString.Invariant($"https://stories.example.com/{number}/{declared}");
            if (box.Info["errorDeclaration"]!["correctiveIds"]!.AsArray() is [var corrective, ..]) ids[design.Lines.Single(line => line.From == box.Id).To] = (string)corrective!["value"]!;
        }
    }

    /// <summary>The events of each box, by its name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Of(int number)
    {
        var events = new DesignEvents(Design.Read(number), number);
        var told = new Dictionary<string, IReadOnlyList<JsonObject>>();
        var left = events.design.Events.ToList();
        while (left.Count > 0)
        {
            var box = left.FirstOrDefault(box => !events.design.Lines.Any(line => line.To == box.Id && left.Any(other => other.Id == line.From))) ?? throw new StoryException($"the boxes of design {number} go round in circles");
            left.Remove(box);
            told.Add(box.Name, [.. Enumerable.Range(0, box.Count).Select(i => events.Event(box, i))]);
        }
        return told;
    }

    JsonObject Event(EventBox box, int i)
    {
        var load = new Load();
        foreach (var line in design.Lines.Where(line => line.To == box.Id)) Bring(line, load);
        (loads.TryGetValue(box.Id, out var before) ? before : loads[box.Id] = []).Add(load);
        var e = new JsonObject { ["type"] = box.Type };
        if (ids.TryGetValue(box.Id, out var id)) e["eventID"] = id;
        EventDetails.Fill(e, box, i);
        var (first, second) = (load.Side("input_1"), load.Side("input_2"));
        switch (box.Type)
        {
            case "ObjectEvent":
                List(e, first, "epcList", "quantityList");
                break;
            case "AggregationEvent" or "AssociationEvent":
                e["parentID"] = first.Things.Single();
                List(e, second, "childEPCs", "childQuantityList");
                break;
            case "TransformationEvent":
                List(e, first, "inputEPCList", "inputQuantityList");
                List(e, second, "outputEPCList", "outputQuantityList");
                break;
            default:
                throw new StoryException($"designs with events of the type {box.Type} are not known here");
        }
        return e;
    }

    void Bring(DesignLine line, Load load)
    {
        var side = load.Side(line.In);
        if (numberings.TryGetValue(line.From, out var numbering))
        {
            var things = design.Numberings.Single(box => box.Id == line.From).IsParent ? 1 : line.Things;
            for (var i = 0; i < things; i++) side.Things.Add(numbering.Next());
            for (var i = 0; i < line.Classes; i++) side.Portions.Add(new(numbering.Next(), line.Quantity == 0 ? null : line.Quantity, numbering.Uom));
            return;
        }
        var source = design.Events.Single(box => box.Id == line.From);
        // What comes out of an event: of a transformation its outputs; of an aggregation its parent on one side and its contents on the other; of an object event the things it saw.
        var from = loads[line.From].Select(one => one.Side(source.Type == "TransformationEvent" || line.Out == "output_2" ? "input_2" : "input_1")).ToList();
        var start = taken.GetValueOrDefault((line, 0));
        var handed = from.SelectMany(one => one.Things).Skip(start).Take(line.Things).ToList();
        taken[(line, 0)] = start + handed.Count;
        side.Things.AddRange(handed);
        side.Portions.AddRange(from.SelectMany(one => one.Portions).Take(line.Classes).Select(portion => portion with { Quantity = line.Quantity == 0 ? portion.Quantity : Math.Min(line.Quantity, portion.Quantity ?? line.Quantity) }));
    }

    static void List(JsonObject e, Side side, string things, string portions)
    {
        if (side.Things.Count > 0) e[things] = new JsonArray([.. side.Things.Select(code => (JsonNode)code)]);
        if (side.Portions.Count == 0) return;
        e[portions] = new JsonArray([.. side.Portions.Select(portion =>
        {
            var amount = new JsonObject { ["epcClass"] = portion.Code };
            if (portion.Quantity is { } quantity) amount["quantity"] = quantity;
            if (portion.Uom is { } uom) amount["uom"] = uom;
            return (JsonNode)amount;
        })]);
    }

    sealed record Portion(string Code, decimal? Quantity, string? Uom);

    sealed class Side
    {
        public List<string> Things { get; } = [];
        public List<Portion> Portions { get; } = [];
    }

    /// <summary>What one event has on its sides.</summary>
    sealed class Load
    {
        readonly Dictionary<string, Side> sides = [];
        public Side Side(string name) => sides.TryGetValue(name, out var side) ? side : sides[name] = new();
    }
}
