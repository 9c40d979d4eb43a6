using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>The status report for programs: the same counts, and all consignees.</summary>
static class StatusJson
{
    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static async Task<byte[]> Of(CaseReport report, GoodsCounts counts, ReportNames names, PageWords words)
    {
        var (view, parties) = (report.Case, new PartyCounts(report.Parties));
        var consignees = new List<object>();
        foreach (var party in report.Parties)
            consignees.Add(new
            {
                party.Party, name = (await names.Of(party.Party))?.In(words.IsChinese), district = (await names.Of(party.Party))?.DistrictIn(words.IsChinese), party.ToldOf, party.Things, party.OnTheWay, party.Lots,
                party.NotifiedAt, party.AcknowledgedAt, party.AnsweredAt, party.AnswerDue, party.Reminders, escalated = party.Level, recovered = PartyCounts.Recovered(party),
                answered = party.Answered.ToDictionary(count => JsonNamingPolicy.CamelCase.ConvertName(count.Outcome.ToString()), count => count.Count),
            });
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            @case = view.Id, view.Title, view.State, view.Mode, view.Class, view.Depth, view.Reason, view.OpenedAt, view.IssuedAt, view.SpreadAt, view.CompletedAt, view.TerminatedAt, view.WithdrawnAt,
            asOf = new { sequence = report.AsOf, recordTime = report.AsOfTime, generatedAt = report.Now }, marked = report.IsMarked,
            reached = Amount(counts.All), fates = counts.ByFate.ToDictionary(pair => Name(pair.Key), pair => Amount(pair.Value)),
            products = counts.ByProduct.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new { product = pair.Key.Length == 0 ? null : pair.Key, fates = pair.Value.OrderBy(fate => fate.Key).ToDictionary(fate => Name(fate.Key), fate => Amount(fate.Value)) }),
            lots = counts.Lots.Count, answers = counts.ByOutcome.ToDictionary(pair => Name(pair.Key), pair => Amount(pair.Value)), counts.PassedOn,
            notified = new { count = parties.Notified.Count, first = parties.FirstNotified, last = parties.LastNotified },
            responding = new { count = parties.Responded.Count, itemsWhenTold = parties.Responded.Sum(party => party.ToldOf) },
            notResponding = parties.Silent.Select(party => party.Party), owing = new { count = parties.Owing.Count, lastDue = parties.LastDue }, consignees,
        }, options);
    }

    static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Things, and amounts of lots by unit; an amount is null where some event did not say how much.</summary>
    static object Amount(GoodsAmount amount) => new { items = amount.Things, amounts = amount.Amounts.Select(part => new { quantity = part.Value, uom = part.Key.Length == 0 ? null : part.Key }) };
}
