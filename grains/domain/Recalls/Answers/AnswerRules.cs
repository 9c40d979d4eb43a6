using System.Security.Cryptography;
using System.Text;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;
using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Domain.Recalls.Answers;

/// <summary>By when a party has to answer. No law counts hours for holders; these are the defaults of the project, shorter the graver the hazard.</summary>
/// <param name="Answer">From its last notice to its answer for everything; then it is reminded, and again after each such time.</param>
public readonly record struct AnswerTimes(TimeSpan Answer)
{
    /// <summary>Reminders after which the district is told, and after which the city is.</summary>
    public const int RemindersToDistrict = 1, RemindersToCity = 3;

    /// <summary>The times of a class; before one is known, those of the gravest.</summary>
    public static AnswerTimes Of(RecallClass? gravity) => new(TimeSpan.FromHours(gravity switch { RecallClass.II => 48, RecallClass.III => 72, _ => 24 }));
}

/// <summary>What an answer may be, and what is due of those who do not answer.</summary>
public static class AnswerRules
{
    /// <summary>Things and amounts in one answer; more go into a next one.</summary>
    public const int GoodsMax = 10_000;
    /// <summary>Lines of one answer, and parties in one passing-on.</summary>
    public const int LinesMax = 100;
    /// <summary>Documents of one line.</summary>
    public const int EvidenceMax = 50;
    /// <summary>Parties in one entry; more go into a next one.</summary>
    public const int PartiesAtOnce = 500;
    /// <summary>How long a link may be good.</summary>
    public static readonly TimeSpan LinkMax = TimeSpan.FromDays(90);

    /// <summary>The code of somebody to whom goods were passed on: their own, or one made from what stands for their name, so that the same name is the same party and nobody finds a name by its code.</summary>
    public static string CodeOf(PassedOnTo to) => to.Party ?? "urn:uuid:" + NameGuid(to.Name.Trim()).ToString("D");

    /// <summary>A name as a UUID of version 8 (RFC 9562): the first 16 bytes of its SHA-256.</summary>
    static Guid NameGuid(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("tracegrains consignee:" + name))[..16];
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(hash, bigEndian: true);
    }

    /// <summary>Who is to be told now: whoever has more than they were told of. In chunks that fit an entry.</summary>
    public static IEnumerable<CaseEntry.Notified> ToNotify(CaseFile file, IEnumerable<PartyGoods> goods) => goods
        .Where(party => party.Things + party.OnTheWay + party.Lots > 0 && IsMore(party, file.Parties.GetValueOrDefault(party.Party)?.Told))
        .OrderBy(party => party.Party, StringComparer.Ordinal).Chunk(PartiesAtOnce).Select(chunk => new CaseEntry.Notified(chunk));

    static bool IsMore(PartyGoods now, PartyGoods? told) => told is null || now.Things > told.Things || now.OnTheWay > told.OnTheWay || now.Lots > told.Lots;

    /// <summary>What is due of parties that still have to answer for something: reminders first, then handing over.</summary>
    public static IEnumerable<CaseEntry> DueOf(CaseFile file, IEnumerable<string> owing, DateTimeOffset now)
    {
        var time = AnswerTimes.Of(file.Class).Answer;
        var late = owing.Select(party => file.Parties.GetValueOrDefault(party)).OfType<PartyRecord>()
            .Where(party => party.LastNotifiedAt is { } told && now - (party.RemindedAt ?? told) >= time).OrderBy(party => party.Party, StringComparer.Ordinal).ToList();
        foreach (var chunk in late.Chunk(PartiesAtOnce)) yield return new CaseEntry.Chased([.. chunk.Select(party => party.Party)]);
        foreach (var level in late.GroupBy(LevelOf).Where(group => group.Key != EscalationLevel.None).OrderBy(group => group.Key))
            foreach (var chunk in level.Where(party => party.Level < level.Key).Chunk(PartiesAtOnce)) yield return new CaseEntry.Escalated([.. chunk.Select(party => party.Party)], level.Key);
    }

    static EscalationLevel LevelOf(PartyRecord party) =>
        party.Reminders >= AnswerTimes.RemindersToCity ? EscalationLevel.City : party.Reminders >= AnswerTimes.RemindersToDistrict ? EscalationLevel.District : EscalationLevel.None;

    /// <summary>What is wrong with the fields of an entry about answers; null when nothing, or when it is another entry.</summary>
    public static CaseProblem? Fields(CaseEntry entry) => entry switch
    {
        CaseEntry.LinkMade e => Code("party", e.Party) ?? Hash("secretSha256", e.SecretSha256),
        CaseEntry.Acknowledged e => Code("party", e.Party),
        CaseEntry.Answered e => Code("party", e.Party) ?? Count("lines", e.Lines.Length, 1, LinesMax) ?? Count("lines", e.Lines.Sum(line => line.Codes.Length + line.Amounts.Length), 1, GoodsMax)
            ?? e.Lines.Select((line, i) => Line($"lines[{i}]", line)).FirstOrDefault(problem => problem is not null) ?? Text("note", e.Note),
        CaseEntry.PassedOn e => Code("party", e.Party) ?? Count("to", e.To.Length, 1, LinesMax) ?? Count("to", e.To.Sum(to => to.Codes.Length + to.Amounts.Length), 1, GoodsMax)
            ?? e.To.Select((to, i) => PassedOn($"to[{i}]", to)).FirstOrDefault(problem => problem is not null) ?? Text("note", e.Note),
        _ => null,
    };

    static CaseProblem? Line(string field, AnswerLine line) =>
        Goods(field, line.Codes, line.Amounts) ?? (line.To is null ? null : Code($"{field}.to", line.To)) ?? (line.Place is null ? null : Code($"{field}.place", line.Place)) ?? Text($"{field}.note", line.Note)
        ?? (line is { Outcome: AnswerOutcome.Destroyed, Witness: null or "" } ? Invalid($"{field}.witness", "expected who saw the destruction; found none") : null)
        ?? (line.Witness?.Length > CaseRules.NameMax ? Invalid($"{field}.witness", $"expected at most {CaseRules.NameMax} characters; found {line.Witness.Length}") : null)
        ?? (line.To is not null && line.Outcome != AnswerOutcome.Returned ? Invalid($"{field}.to", "expected a party only where goods were returned") : null)
        ?? (line.Evidence is { Length: > EvidenceMax } ? Invalid($"{field}.evidence", $"expected at most {EvidenceMax} documents; found {line.Evidence.Length}") : null)
        ?? line.Evidence?.Select((hash, i) => Hash($"{field}.evidence[{i}]", hash)).FirstOrDefault(problem => problem is not null);

    static CaseProblem? PassedOn(string field, PassedOnTo to) =>
        (string.IsNullOrWhiteSpace(to.Name) || to.Name.Length > CaseRules.NameMax ? Invalid($"{field}.name", $"expected 1 to {CaseRules.NameMax} characters; found {to.Name?.Length ?? 0}") : null)
        ?? (to.Party is null ? null : Code($"{field}.party", to.Party)) ?? Goods(field, to.Codes, to.Amounts);

    static CaseProblem? Goods(string field, string[] codes, AnsweredAmount[] amounts) =>
        codes.Length + amounts.Length == 0 ? Invalid(field, "expected at least one code or amount; found none")
        : codes.Distinct(StringComparer.Ordinal).Count() < codes.Length ? Invalid($"{field}.codes", "expected each code once")
        : codes.Select((code, i) => Code($"{field}.codes[{i}]", code)).FirstOrDefault(problem => problem is not null) is { } wrongCode ? wrongCode
        : amounts.Select((amount, i) => Code($"{field}.amounts[{i}].lot", amount.Lot)).FirstOrDefault(problem => problem is not null) is { } wrongLot ? wrongLot
        : amounts.Select((amount, i) => amount.Quantity > 0 ? null : Invalid($"{field}.amounts[{i}].quantity", $"expected more than 0; found {amount.Quantity}")).FirstOrDefault(problem => problem is not null);

    static CaseProblem? Code(string field, string code) =>
        !Identifier.TryIdentify(code, out var identified, out var error) ? Invalid(field, error)
        : identified.Code == code ? null : Invalid(field, $"expected the canonical spelling {identified.Code}; found {code}");

    static CaseProblem? Text(string field, string? text) => CaseRules.Optional(field, text, CaseRules.TextMax);

    static CaseProblem? Count(string field, int count, int min, int max) => count < min || count > max ? Invalid(field, $"expected {min} to {max} of them; found {count}") : null;

    static CaseProblem? Hash(string field, string hash) =>
        DrawSeed.IsHex(hash) ? null : Invalid(field, "expected a SHA-256, 64 lower-case hexadecimal digits");

    static CaseProblem Invalid(string field, string what) => new(CaseRefusal.FieldInvalid, $"{field}: {what}");
}
