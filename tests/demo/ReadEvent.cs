using System.Text.Json;

namespace TraceGrains.Demo.Tests;

/// <summary>One event as the tests read it back from the JSON, with nothing taken from the generator. Every code is in its Digital Link spelling.</summary>
sealed record ReadEvent(JsonElement Json)
{
    public string Type => Json.GetProperty("type").GetString()!;
    public string? Id => Text("eventID");
    public string? Action => Text("action");
    public string BizStep => Text("bizStep")!;
    public string? Process => Text("transformationID");
    public string? Parent => Text("parentID") is { } code ? Canonical(code) : null;
    public DateTimeOffset At => Json.GetProperty("eventTime").GetDateTimeOffset();
    public bool IsErrorDeclaration => Json.TryGetProperty("errorDeclaration", out _);
    public string? LotNumber => Json.TryGetProperty("ilmd", out var ilmd) ? ilmd.GetProperty("cbvmda:lotNumber").GetString() : null;
    public string[] Epcs => Codes(Type is "AggregationEvent" or "AssociationEvent" ? "childEPCs" : "epcList");
    public string[] OutputEpcs => Codes("outputEPCList");
    public (string Lot, decimal Quantity)[] Quantities => Amounts("quantityList");
    public (string Lot, decimal Quantity)[] Inputs => Amounts("inputQuantityList");
    public (string Lot, decimal Quantity)[] Outputs => Amounts("outputQuantityList");
    public string? From => PossessingParty("source");
    public string? To => PossessingParty("destination");
    public bool Goes => BizStep is "shipping";

    /// <summary>Every instance the event names, its container too.</summary>
    public IEnumerable<string> Instances => [.. Epcs, .. OutputEpcs, .. Parent is null ? [] : new[] { Parent }];

    public static List<ReadEvent> All(int seed = 2016) => [.. DemoChain.Documents(seed).SelectMany(Of)];

    public static IEnumerable<ReadEvent> Of(DemoDocument document) =>
        JsonDocument.Parse(document.Utf8).RootElement.GetProperty("epcisBody").GetProperty("eventList").EnumerateArray().Select(e => new ReadEvent(e));

    /// <summary>Product class of a serialised code.</summary>
    public static string ProductOf(string unit) => unit[..unit.IndexOf("/21/", StringComparison.Ordinal)];

    public static string Canonical(string code)
    {
        const string root = "https://id.gs1.org";
        if (code.StartsWith("urn:epc:id:", StringComparison.Ordinal))
        {
            var scheme = code.Split(':')[3];
            var part = code.Split(':')[4].Split('.');
            return scheme switch
            {
                "sscc" => $"{root}/00/{WithCheck(part[1][..1] + part[0] + part[1][1..])}",
                "sgtin" => $"{root}/01/{WithCheck(part[1][..1] + part[0] + part[1][1..])}/21/{part[2]}",
                "sgln" when part[2] == "0" => $"{root}/414/{WithCheck(part[0] + part[1])}",
                "pgln" => $"{root}/417/{WithCheck(part[0] + part[1])}",
                _ => throw new InvalidOperationException(code),
            };
        }
        var lot = code.IndexOf("/10/", StringComparison.Ordinal);
        var serial = code.IndexOf("/21/", StringComparison.Ordinal);
        return lot > 0 && serial > lot ? code[..lot] + code[serial..] : code;
    }

    /// <summary>The next multiple of ten, reckoned from the left over even and odd places: not the generator's loop.</summary>
    public static string WithCheck(string digits)
    {
        var padded = digits.PadLeft(17, '0').Select(c => c - '0').ToArray();
        var sum = 3 * padded.Where((_, i) => i % 2 == 0).Sum() + padded.Where((_, i) => i % 2 == 1).Sum();
        return digits + (char)('0' + (1000 - sum) % 10);
    }

    string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    string[] Codes(string name) => Json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(e => Canonical(e.GetString()!))] : [];

    (string, decimal)[] Amounts(string name) => Json.TryGetProperty(name, out var list)
        ? [.. list.EnumerateArray().Select(e => (Canonical(e.GetProperty("epcClass").GetString()!), e.GetProperty("quantity").GetDecimal()))]
        : [];

    string? PossessingParty(string end) => Json.TryGetProperty(end + "List", out var list)
        ? list.EnumerateArray().Where(e => e.GetProperty("type").GetString() == "possessing_party").Select(e => Canonical(e.GetProperty(end).GetString()!)).Single()
        : null;
}
