using System.Globalization;
using System.Text.Json.Nodes;

namespace TraceGrains.Stories.Tests.Telling;

/// <summary>An EPCIS event as one line for people.</summary>
static class Narration
{
    public static string Of(JsonObject e, Cast cast)
    {
        var line = new List<string> { $"{((string)e["eventTime"]!)[..16].Replace('T', ' ')} {e["bizStep"]}" };
        if ((string?)e["type"] is not "ObjectEvent") line[0] += e["type"]!.ToString() switch { "TransformationEvent" => "", "AssociationEvent" => " (attached)", _ => "" };
        line[0] += (string?)e["action"] is "ADD" or "DELETE" ? $" {e["action"]}" : "";
        if (e["epcList"] is not null || e["quantityList"] is not null) line[0] += " " + Goods(e, "epcList", "quantityList", cast);
        if (e["parentID"] is { } parent) line[0] += $" {Goods(e, "childEPCs", "childQuantityList", cast)} of {cast.NameOf((string)parent!)}";
        if ((string?)e["type"] == "TransformationEvent") line[0] += $" {Goods(e, "inputEPCList", "inputQuantityList", cast)} -> {Goods(e, "outputEPCList", "outputQuantityList", cast)}";
        if (e["transformationID"] is { } process) line.Add($"process {cast.NameOf((string)process!)}");
        if (e["readPoint"] is { } seen) line.Add($"seen at {cast.NameOf((string)seen["id"]!)}");
        if (e["bizLocation"] is { } place) line.Add($"is at {cast.NameOf((string)place["id"]!)}");
        foreach (var end in Each(e, "sourceList")) line.Add($"from {end["type"]} {cast.NameOf((string)end["source"]!)}");
        foreach (var end in Each(e, "destinationList")) line.Add($"to {end["type"]} {cast.NameOf((string)end["destination"]!)}");
        foreach (var paper in Each(e, "bizTransactionList")) line.Add($"{paper["type"]} {cast.NameOf((string)paper["bizTransaction"]!)}");
        foreach (var report in Each(e, "sensorElementList").SelectMany(element => Each(element, "sensorReport"))) line.Add(Reading(report));
        if (e["ilmd"] is { } ilmd) line.Add($"ilmd {ilmd.ToJsonString()}");
        foreach (var (field, value) in e.Where(field => field.Key.Contains(':', StringComparison.Ordinal))) line.Add($"{field} {value}");
        if (e["disposition"] is { } disposition) line.Add($"{disposition}");
        if (e["errorDeclaration"] is { } error) line.Add($"DECLARED WRONG {((string)error["declarationTime"]!)[..16].Replace('T', ' ')}: {error["reason"]}");
        return string.Join("; ", line);
    }

    static string Goods(JsonObject e, string things, string portions, Cast cast)
    {
        var amounts = Each(e, portions).Select(amount => string.Join(' ', new[] { amount["quantity"]?.ToString(), amount["uom"]?.ToString(), cast.NameOf((string)amount["epcClass"]!) }.Where(word => word is not null)));
        var codes = e[things]?.AsArray().Select(code => (string)code!).ToList() ?? [];
        return codes.Count == 0 && amounts.Any() ? string.Join(", ", amounts) : string.Join(", ", [cast.NamesOf(codes), .. amounts]);
    }

    static string Reading(JsonObject report)
    {
        var values = report.Where(field => field.Key is "value" or "minValue" or "maxValue" or "stringValue").Select(field => $"{(field.Key is "value" or "stringValue" ? "" : field.Key[..3] + " ")}{field.Value}");
        var of = report.Where(field => field.Key is "component" or "microorganism" or "chemicalSubstance" or "exception").Select(field => field.Value!.ToString());
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', [report["type"]!.ToString(), .. of])} {string.Join(' ', values)} {report["uom"]}").TrimEnd();
    }

    static IEnumerable<JsonObject> Each(JsonObject e, string list) => e[list]?.AsArray().Select(one => one!.AsObject()) ?? [];
}
