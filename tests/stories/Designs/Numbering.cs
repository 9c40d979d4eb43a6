using System.Globalization;
using System.Text.Json.Nodes;

namespace TraceGrains.Stories.Tests.Designs;

/// <summary>Gives out the codes of a numbering box, one after the other.</summary>
/// <remarks>
/// The designs number alike (an SSCC 200 stands in six of them), and all are told to one silo: design <em>n</em> counts from <em>n</em> thousand on. Many of their keys have a wrong check digit; the
/// right one takes its place (GS1 General Specifications 7.9).
/// </remarks>
sealed class Numbering
{
    const string Gs1 = "https://id.gs1.org/";

    readonly JsonObject form;
    readonly string kind;
    readonly long shift;
    long next;

    public Numbering(NumberingBox box, int design)
    {
        form = (box.Info["parentData"] ?? box.Info["classData"] ?? box.Info["instanceData"])!.AsObject();
        kind = (string)form["identifierType"]!;
        shift = design * 1000L;
        next = (string?)form["serialType"] switch
        {
            "range" => (long)form["rangeFrom"]!,
            "none" => long.Parse((string)form["serialNumber"]!, CultureInfo.InvariantCulture),
            null => 0,
            var other => throw new StoryException($"designs that number by {other} are not known here"),
        } + shift;
    }

    /// <summary>The unit of measure of a class, where it is measured.</summary>
    public string? Uom => (string?)form["uom"];

    /// <summary>The next code.</summary>
    public string Next()
    {
        var serial = next;
        if ((string?)form["serialType"] == "range") next++;
        string Serial(int width = 0) => serial.ToString("D" + width, CultureInfo.InvariantCulture);
        string Key(string name) => Checked(((string)form[name]!)[..^1]);
        var prefix = (string?)form["gcp"] ?? "";
        return kind switch
        {
            // Extension digit 0.
            "sscc" => $"{Gs1}00/{Checked($"0{prefix}{Serial(16 - prefix.Length)}")}",
            "sgtin" => $"{Gs1}01/{Key("sgtin")}/21/{Serial()}",
            "lgtin" => $"{Gs1}01/{Key("lgtin")}/10/{Serial()}",
            "gtin" => $"{Gs1}01/{Key("gtin")}",
            "gcn" => $"{Gs1}255/{Checked(prefix.PadRight(12, '0'))}{Serial()}",
            "grai" => $"{Gs1}8003/0{Key("grai")}{Serial()}",
            "giai" => $"{Gs1}8004/{prefix}{Serial()}",
            "bic" => $"urn:epc:id:bic:{form["bic"]}",
            "imovn" => $"urn:epc:id:imovn:{form["imovn"]}",
            _ => throw new StoryException($"designs with things of the kind {kind} are not known here"),
        };
    }

    /// <summary>A place or party by its GLN, with its extension where it has one.</summary>
    public static string Place(JsonObject place) =>
        (string?)place["manualURI"] ?? $"{Gs1}414/{Checked(((string)place["gln"]!)[..^1])}{(place["extension"]?.ToString() is null or "" or "0" ? "" : $"/254/{place["extension"]}")}";

    /// <summary>Digits with their check digit.</summary>
    public static string Checked(string digits)
    {
        var sum = digits.Reverse().Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 3 : 1)).Sum();
        return $"{digits}{(10 - sum % 10) % 10}";
    }
}
