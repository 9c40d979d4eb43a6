using System.Text.Json.Nodes;

namespace TraceGrains.Stories.Tests.Designs;

/// <summary>A scenario of the openEPCIS test data generator as its editor saves it: boxes that number things, boxes that are events, and lines between them.</summary>
sealed class Design
{
    const string Folder = "testdata-generator-designs/examples/Design Template for GS1 Implementation Guideline examples";

    Design(JsonNode saved)
    {
        Events = [.. Objects(saved["eventNodeInfo"]).Select(node => new EventBox((int)node["eventId"]!, (string)node["eventType"]!, node["eventInfo"]!.AsObject()))];
        Numberings = [.. Objects(saved["identifiersNodeInfo"]).Select(node => new NumberingBox((int)node["identifiersId"]!, node))];
        Lines = [.. Objects(saved["connectorsInfo"]).Select(line => LineOf(line, saved["drawflowInfo"]!["drawflow"]!["Home"]!["data"]!))];
    }

    public IReadOnlyList<EventBox> Events { get; }

    public IReadOnlyList<NumberingBox> Numberings { get; }

    public IReadOnlyList<DesignLine> Lines { get; }

    /// <summary>All designs there are, by the number at the beginning of their file's name.</summary>
    public static IReadOnlyDictionary<int, string> Files { get; } = Corpus.Files(Folder, ".json").ToDictionary(file => int.Parse(Path.GetFileName(file).Split('.')[0], System.Globalization.CultureInfo.InvariantCulture));

    public static Design Read(int number) => new(JsonNode.Parse(File.ReadAllText(Files[number]))!);

    static IEnumerable<JsonObject> Objects(JsonNode? list) => list!.AsArray().Select(node => node!.AsObject());

    /// <summary>Some designs keep only in the drawing which side of a box a line ends at.</summary>
    static DesignLine LineOf(JsonObject line, JsonNode drawing)
    {
        var (from, to) = ((string)line["source"]!, (string)line["target"]!);
        var drawn = drawing[from]!["outputs"]!.AsObject().SelectMany(side => side.Value!["connections"]!.AsArray().Select(end => (Out: side.Key, To: (string)end!["node"]!, In: (string)end["output"]!)))
            .First(end => end.To == to);
        int Count(string name) => (int?)line[name] ?? 0;
        return new(int.Parse(from, System.Globalization.CultureInfo.InvariantCulture), int.Parse(to, System.Globalization.CultureInfo.InvariantCulture),
            (string?)line["output_class"] ?? drawn.Out, (string?)line["input_class"] ?? drawn.In, Math.Max(Count("epcCount"), Count("inheritParentCount")), Count("classCount"), (decimal?)line["quantity"] ?? 0);
    }
}

/// <summary>A box that becomes one event or several.</summary>
sealed record EventBox(int Id, string Type, JsonObject Info)
{
    public string Name => ((string)Info["name"]!).Trim();

    public int Count => (int)Info["eventCount"]!;

    /// <summary>Whether it says that an earlier event is in error.</summary>
    public bool DeclaresError => !(bool)Info["ordinaryEvent"]!;
}

/// <summary>A box that numbers things.</summary>
sealed record NumberingBox(int Id, JsonObject Info)
{
    /// <summary>Whether its things contain others.</summary>
    public bool IsParent => (string)Info["identifierType"]! == "ParentID";
}

/// <summary>A line: so many things, and so many classes of so much each, go from one side of a box to one side of another.</summary>
sealed record DesignLine(int From, int To, string Out, string In, int Things, int Classes, decimal Quantity);
