using System.Globalization;
using System.Text.Json.Nodes;

namespace TraceGrains.Silo.Links;

/// <summary>The public record for programs.</summary>
static class RecordJson
{
    public static JsonObject Of(PublicRecord record, PageWords words) => new()
    {
        ["code"] = record.Code,
        ["kind"] = record.Kind.ToString(),
        ["name"] = record.Name?.In(words.IsChinese),
        ["lotCode"] = record.LotCode,
        ["expires"] = record.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["madeFrom"] = new JsonArray([.. record.MadeFrom.Select(name => JsonValue.Create(name.In(words.IsChinese)))]),
        ["recalled"] = record.IsRecalled,
        ["recalls"] = Recalls(record),
        ["steps"] = new JsonArray([.. record.Steps.Select(step => new JsonObject
        {
            ["time"] = step.Time, ["bizStep"] = step.Step, ["text"] = words.Step(step),
            ["who"] = step.Who?.In(words.IsChinese), ["district"] = step.Who?.DistrictIn(words.IsChinese),
            ["to"] = step.To?.In(words.IsChinese), ["toDistrict"] = step.To?.DistrictIn(words.IsChinese),
        })]),
    };

    public static JsonObject RecallStatus(PublicRecord record) => new() { ["code"] = record.Code, ["recalled"] = record.IsRecalled, ["recalls"] = Recalls(record) };

    static JsonArray Recalls(PublicRecord record) => new([.. record.Recalls.Select(recall => new JsonObject
    {
        ["id"] = recall.Id, ["class"] = recall.Class, ["reason"] = recall.Reason, ["issuedAt"] = recall.IssuedAt,
    })]);
}
