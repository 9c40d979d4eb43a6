using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Ledger;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>The rows of the sheet, one after the other: of a million only some thousands are there at a time.</summary>
sealed class GoodsSheet(ReportDesk desk, ILedger ledger, IPublicDirectory directory)
{
    const int EventsKept = 20_000;

    static readonly string[] taking = ["receiving", "accepting", "arriving"], sending = ["shipping", "departing", "transporting", "loading", "consigning", "staging_outbound"];

    public async IAsyncEnumerable<GoodsRow> Rows(CaseReport report, PageWords words)
    {
        var (names, events) = (new ReportNames(directory, report.Parties), new Dictionary<(long, bool), ToldEvent>());
        await foreach (var (lines, codes) in desk.Goods(report))
        {
            var ends = await Ends(lines);
            for (var i = 0; i < lines.Length; i++)
            {
                var key = (ends[i], IsAmount: lines[i].Kind == GoodsKind.LotAmount);
                if (!events.TryGetValue(key, out var last))
                {
                    if (events.Count >= EventsKept) events.Clear();
                    events.Add(key, last = await ReadEvent(key.Item1, key.IsAmount));
                }
                yield return await Row(lines[i], codes, last, report.Answers, names, words);
            }
        }
    }

    sealed record ToldEvent(string? Id, DateTimeOffset? Time, string? Step);

    /// <summary>The last event of each line.</summary>
    async Task<long[]> Ends(GoodsLine[] lines)
    {
        var heads = await ledger.ReadChainHeads([.. lines.Select(line => line.Thing)]);
        return [.. lines.Zip(heads).Select(pair => pair.First.LastSequence != 0 ? pair.First.LastSequence : pair.Second.Sequence)];
    }

    /// <summary>An event with a thousand things in its list is read once for all of them; what it says is looked at for amounts only, whose times nothing else tells.</summary>
    async Task<ToldEvent> ReadEvent(long sequence, bool isAmount)
    {
        if (sequence == 0 || await ledger.ReadEvent(sequence) is not { } recorded) return new(null, null, null);
        if (!isAmount) return new(recorded.EventId, null, null);
        var said = EpcisJson.ReadStored(recorded.Json).Event;
        return new(recorded.EventId, said.EventTime, said.BizStep);
    }

    static async ValueTask<GoodsRow> Row(GoodsLine line, IReadOnlyDictionary<int, string> codes, ToldEvent last, AnswerBook answers, ReportNames names, PageWords words)
    {
        string? Code(int number) => number == 0 ? null : codes[number];
        var (code, holder, consignee, place) = (codes[line.Thing], Code(line.Standing.Holder), Code(line.Standing.Consignee), Code(line.Standing.Place));
        var (holderName, answered) = (await names.Of(holder), line.Answer is { } answer ? answers.Entry(answer.Entry) : (AnswerEntry?)null);
        var disposition = line.Standing.Disposition;
        return new()
        {
            Code = code, Kind = ReportWords.Kind(line.Kind, words), Lot = Code(line.Lot), Product = ProductCode.Of(code), Description = (await names.OfProduct(code))?.In(words.IsChinese),
            Quantity = line.Quantity, Uom = line.Quantity is null ? null : line.Uom ?? words.Of("件", "pieces"),
            Holder = holder, HolderName = holderName?.In(words.IsChinese), HolderDistrict = holderName?.DistrictIn(words.IsChinese),
            Consignee = consignee, ConsigneeName = (await names.Of(consignee))?.In(words.IsChinese), Location = place, LocationName = (await names.Of(place))?.In(words.IsChinese),
            Disposition = disposition switch { 0 => null, > 0 => Dispositions.WordOf(disposition), _ => Code(-disposition) }, Fate = ReportWords.Fate(line.Fate, words),
            Received = TimeOf(line.Received) ?? (taking.Contains(last.Step) ? last.Time : null), Shipped = TimeOf(line.Shipped) ?? (sending.Contains(last.Step) ? last.Time : null),
            Answer = AnswerText(line, answers, words), AnsweredBy = answered?.Party, AnsweredAt = answered?.At, LastEvent = last.Id,
        };
    }

    static string? AnswerText(in GoodsLine line, AnswerBook answers, PageWords words)
    {
        if (line.Answer is not { } answer) return null;
        if (line.Kind != GoodsKind.LotAmount) return ReportWords.Answer(answer.Outcome, words);
        var party = line.Standing.Consignee != 0 ? line.Standing.Consignee : line.Standing.Holder;
        return string.Join("; ", answers.Of(party, line.Lot).Select(part => $"{ReportWords.Answer(part.Note.Outcome, words)} {ReportWords.Quantity(part.Quantity, part.Uom, words)}"));
    }

    static DateTimeOffset? TimeOf(long? milliseconds) => milliseconds is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}
