using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Reports;

/// <summary>What was last said of recalled goods.</summary>
/// <param name="Outcome">What became of them; null when they were passed on to somebody.</param>
/// <param name="Entry">Number of the entry of the case that says so.</param>
public readonly record struct AnswerNote(AnswerOutcome? Outcome, int Entry);

/// <summary>A part of a lot for which somebody answered.</summary>
/// <param name="Note">What was said.</param>
/// <param name="Quantity">How much, as said.</param>
/// <param name="Uom">UN/ECE Recommendation 20 unit of measure, as said; null counts pieces.</param>
public readonly record struct AnsweredPart(AnswerNote Note, decimal Quantity, string? Uom);

/// <summary>Where an answer stands.</summary>
/// <param name="Sequence">Place of the entry's event in the ledger.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Party">Canonical code of the party whose it is.</param>
public readonly record struct AnswerEntry(long Sequence, DateTimeOffset At, string Party);

/// <summary>All answers of a case, by the goods they are about. Of a thing the later answer counts; parts of a lot add up.</summary>
public sealed class AnswerBook
{
    readonly Dictionary<int, AnswerNote> things = [];
    readonly Dictionary<(int Party, int Lot), List<AnsweredPart>> lots = [];
    readonly Dictionary<int, AnswerEntry> entries = [];

    /// <summary>Takes an entry in; entries come in their order. Such as are no answers say nothing here.</summary>
    /// <param name="number">The entry's number.</param>
    /// <param name="sequence">Its event's place in the ledger.</param>
    /// <param name="at">When it was recorded.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="find">Entity numbers of codes, in the order asked; 0 for one that no event has named.</param>
    public async ValueTask Add(int number, long sequence, DateTimeOffset at, CaseEntry entry, Func<IReadOnlyList<string>, ValueTask<int[]>> find)
    {
        switch (entry)
        {
            case CaseEntry.Answered e:
                entries[number] = new(sequence, at, e.Party);
                foreach (var line in e.Lines) await Add(new(line.Outcome, number), e.Party, line.Codes, line.Amounts, find);
                break;
            case CaseEntry.PassedOn e:
                entries[number] = new(sequence, at, e.Party);
                foreach (var to in e.To) await Add(new(null, number), e.Party, to.Codes, to.Amounts, find);
                break;
        }
    }

    async ValueTask Add(AnswerNote note, string party, string[] codes, AnsweredAmount[] amounts, Func<IReadOnlyList<string>, ValueTask<int[]>> find)
    {
        var numbers = await find([party, .. codes, .. amounts.Select(amount => amount.Lot)]);
        foreach (var thing in numbers.AsSpan(1, codes.Length)) if (thing != 0) things[thing] = note;
        for (var i = 0; i < amounts.Length; i++)
        {
            var key = (numbers[0], numbers[1 + codes.Length + i]);
            if (!lots.TryGetValue(key, out var parts)) lots.Add(key, parts = []);
            parts.Add(new(note, amounts[i].Quantity, amounts[i].Uom));
        }
    }

    /// <summary>What was last said of a thing; null when nothing was.</summary>
    public AnswerNote? Of(int thing) => things.TryGetValue(thing, out var note) ? note : null;

    /// <summary>What a party said of a lot, in the order said.</summary>
    public IReadOnlyList<AnsweredPart> Of(int party, int lot) => lots.GetValueOrDefault((party, lot)) ?? [];

    /// <summary>All parts of lots for which somebody answered.</summary>
    public IEnumerable<(int Party, int Lot, AnsweredPart Part)> Parts => lots.SelectMany(pair => pair.Value.Select(part => (pair.Key.Party, pair.Key.Lot, part)));

    /// <summary>The entry of an answer.</summary>
    public AnswerEntry Entry(int number) => entries[number];
}
