using System.Globalization;
using TraceGrains.Domain.Recalls.Answers;

namespace TraceGrains.Domain.Events;

/// <summary>
/// What a holder says of recalled goods as an ordinary EPCIS event about them, so that it counts like any other: in their chains, in where they stand, in what is left. The member <c>tg:case</c> says to
/// which entry of which case it belongs.
/// </summary>
public static class AnswerEvent
{
    /// <summary>The event of one line of an answer.</summary>
    public static CanonicalEvent OfLine(CaseReference entry, int index, string party, AnswerLine line, DateTimeOffset time)
    {
        var words = OutcomeWords.Of(line.Outcome);
        return Build(entry, index, time, words.Action, words.BizStep, words.Disposition, line.Codes, line.Amounts, words.LeavesTheHolder ? party : null, words.LeavesTheHolder ? line.To : party, line.Place);
    }

    /// <summary>The event of goods passed on.</summary>
    public static CanonicalEvent OfPassing(CaseReference entry, int index, string party, PassedOnTo to, DateTimeOffset time) =>
        Build(entry, index, time, EventAction.Observe, "shipping", "in_transit", to.Codes, to.Amounts, party, AnswerRules.CodeOf(to), null);

    static CanonicalEvent Build(
        CaseReference entry, int index, DateTimeOffset time, EventAction action, string step, string disposition, string[] codes, AnsweredAmount[] amounts, string? from, string? to, string? place) =>
        OwnEvent.Write("ObjectEvent", string.Create(CultureInfo.InvariantCulture, $"{CaseEntryEvent.IdOf(entry.RecallId, entry.Number)}:{index}"), time, json =>
        {
            json.WriteString("action", action == EventAction.Delete ? "DELETE" : "OBSERVE");
            json.WriteString("bizStep", step);
            json.WriteString("disposition", disposition);
            OwnEvent.WriteInstances(json, codes);
            OwnEvent.WriteAmounts(json, [.. amounts.Select(amount => new Amount(amount.Lot, amount.Quantity, amount.Uom))]);
            if (place is not null)
            {
                json.WriteStartObject("bizLocation");
                json.WriteString("id", place);
                json.WriteEndObject();
            }
            OwnEvent.WritePossessor(json, "sourceList", "source", from);
            OwnEvent.WritePossessor(json, "destinationList", "destination", to);
            json.WriteStartObject("tg:case");
            json.WriteString("recall", entry.RecallId);
            json.WriteNumber("number", entry.Number);
            json.WriteEndObject();
        });
}
