using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Clocks;
using TraceGrains.Domain.Recalls.Effectiveness;
using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Domain.Recalls.Cases;

/// <summary>Why an act in a case was refused, in order of precedence.</summary>
public enum CaseRefusal
{
    /// <summary>A field is missing, too long or malformed.</summary>
    FieldInvalid = 1,
    /// <summary>There is no such case.</summary>
    CaseUnknown = 2,
    /// <summary>A case of that id, or an act of that id in the case, exists with other content.</summary>
    IdInUse = 3,
    /// <summary>The case does not stand where this can be done.</summary>
    StateForbids = 4,
    /// <summary>The scope names a code or event that nothing on record names, or names nothing.</summary>
    ScopeUnknown = 5,
    /// <summary>A scope that is to be widened would lose something, one that is to be narrowed would gain something, or nothing would change.</summary>
    ScopeDirection = 6,
    /// <summary>The recall was issued for a code, serial numbers or an event, without a case; its scope cannot be changed.</summary>
    ScopeFixed = 7,
    /// <summary>There is no such entry, or its hash is another.</summary>
    EntryUnknown = 8,
    /// <summary>Somebody else than who did it has to sign it first.</summary>
    SignatureMissing = 9,
    /// <summary>Not everybody has answered for everything, and no reason was given why the case is completed all the same.</summary>
    AnswersMissing = 10,
    /// <summary>Only TraceGrains itself records this.</summary>
    NotYours = 11,
    /// <summary>The goods named are not reached by the recall.</summary>
    NotRecalled = 12,
    /// <summary>The link is unknown, or its time is over.</summary>
    LinkInvalid = 13,
}

/// <summary>A refusal.</summary>
/// <param name="Refusal">Which rule.</param>
/// <param name="Message">The same in words, beginning with the field at fault.</param>
public sealed record CaseProblem(CaseRefusal Refusal, string Message);

/// <summary>What may be done in a case, and when.</summary>
public static partial class CaseRules
{
    /// <summary>Characters of a title, and of the name of a document or person.</summary>
    public const int NameMax = 200;
    /// <summary>Characters of a reason, a statement or a note.</summary>
    public const int TextMax = 2_000;
    /// <summary>Characters of an evaluation, a strategy or lessons.</summary>
    public const int LongTextMax = 10_000;
    /// <summary>Regimes of one case.</summary>
    public const int RegimesMax = 10;
    /// <summary>Entries of one case.</summary>
    public const int EntriesMax = 1_000_000;

    /// <summary>The first rule that an act breaks; null when it may be done. What needs the ledger (does the scope name anything?) is checked by whoever does it.</summary>
    public static CaseProblem? Check(CaseFile? file, CaseActor by, CaseEntry entry)
    {
        if (Required("by.name", by.Name, NameMax) is { } noName) return noName;
        if (Optional("by.role", by.Role, NameMax) is { } longRole) return longRole;
        if ((Fields(entry) ?? CaseClocks.Fields(entry) ?? CaseChecks.Fields(entry)) is { } field) return field;
        if (file is null) return entry is CaseEntry.Opened ? null : new(CaseRefusal.CaseUnknown, "id: expected a case on record; there is none of this id");
        if (file.Entries.Count >= EntriesMax) return new(CaseRefusal.StateForbids, $"id: expected a case of at most {EntriesMax} entries");
        return State(file, entry) ?? About(file, by, entry) ?? CaseChecks.About(file, entry);
    }

    static CaseProblem? Fields(CaseEntry entry) => entry switch
    {
        CaseEntry.Opened e => Required("title", e.Title, NameMax) ?? Required("reason", e.Reason, TextMax) ?? Optional("source", e.Source, TextMax) ?? Scope(e.Scope) ?? Regimes(e.Regimes),
        CaseEntry.Rescoped e => Required("reason", e.Reason, TextMax) ?? Scope(e.Scope),
        CaseEntry.Assessed e => Required("hazard", e.Hazard, LongTextMax) ?? Required("strategy", e.Strategy, LongTextMax) ?? Required("instructions", e.Instructions, TextMax),
        CaseEntry.EvidenceAdded e => Required("name", e.Name, NameMax) ?? Hash("sha256", e.Sha256) ?? MediaType(e.MediaType) ?? Optional("note", e.Note, TextMax)
            ?? (e.Bytes >= 0 ? null : Invalid("bytes", "expected a length, 0 or more", e.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        CaseEntry.Signed e => Required("statement", e.Statement, TextMax),
        CaseEntry.Widened e => Required("reason", e.Reason, TextMax) ?? Scope(e.Scope),
        CaseEntry.Narrowed e => Required("reason", e.Reason, TextMax) ?? Scope(e.Scope),
        CaseEntry.ReportSubmitted e => Required("regime", e.Regime, NameMax) ?? Required("report", e.Report, NameMax) ?? Hash("sha256", e.Sha256) ?? Optional("note", e.Note, TextMax),
        CaseEntry.Completed e => Required("statement", e.Statement, LongTextMax) ?? Optional("unanswered", e.Unanswered, TextMax),
        CaseEntry.Terminated e => Required("lessons", e.Lessons, LongTextMax),
        CaseEntry.Withdrawn e => Required("reason", e.Reason, TextMax),
        _ => AnswerRules.Fields(entry),
    };

    /// <summary>The table of states and acts; <c>ARCHITECTURE.md</c> draws it.</summary>
    static CaseProblem? State(CaseFile file, CaseEntry entry)
    {
        CaseState[]? allowed = entry switch
        {
            CaseEntry.Opened => [],
            CaseEntry.Rescoped or CaseEntry.Assessed => [CaseState.Suspected, CaseState.Assessed],
            CaseEntry.Issued => [CaseState.Assessed],
            CaseEntry.Spread => [CaseState.Issued],
            CaseEntry.Widened => [CaseState.Monitoring, CaseState.Widened, CaseState.Narrowed, CaseState.Completed],
            CaseEntry.Narrowed => [CaseState.Monitoring, CaseState.Widened, CaseState.Narrowed],
            CaseEntry.Completed => [CaseState.Monitoring, CaseState.Widened, CaseState.Narrowed],
            CaseEntry.Terminated => [CaseState.Completed],
            CaseEntry.Withdrawn => [.. Enum.GetValues<CaseState>().Except([CaseState.Terminated, CaseState.Withdrawn])],
            CaseEntry.Announced => [CaseState.Issued, CaseState.Monitoring, CaseState.Widened, CaseState.Narrowed, CaseState.Completed],
            CaseEntry.DrawCommitted or CaseEntry.Drawn or CaseEntry.Checked => [CaseState.Monitoring, CaseState.Widened, CaseState.Narrowed, CaseState.Completed],
            CaseEntry.ClocksEscalated => [.. Enum.GetValues<CaseState>().Except([CaseState.Terminated, CaseState.Withdrawn])],
            CaseEntry.Notified or CaseEntry.Chased or CaseEntry.Escalated => [CaseState.Monitoring, CaseState.Widened, CaseState.Narrowed],
            // Goods may turn up when the case is closed already.
            CaseEntry.LinkMade or CaseEntry.Acknowledged or CaseEntry.Answered or CaseEntry.PassedOn =>
                [CaseState.Issued, CaseState.Monitoring, CaseState.Widened, CaseState.Narrowed, CaseState.Completed, CaseState.Terminated],
            // What is learnt, signed or handed in later still belongs into the file.
            _ => null,
        };
        if (allowed is null || allowed.Contains(file.State)) return null;
        return entry is CaseEntry.Opened
            ? new(CaseRefusal.IdInUse, "id: expected an id of its own; a case of this id exists")
            : new(CaseRefusal.StateForbids, $"state: expected {string.Join(" or ", allowed.Select(state => state.ToString().ToUpperInvariant()))}; the case is {file.State.ToString().ToUpperInvariant()}");
    }

    static CaseProblem? About(CaseFile file, CaseActor by, CaseEntry entry) => entry switch
    {
        CaseEntry.Spread or CaseEntry.Notified or CaseEntry.Chased or CaseEntry.Escalated or CaseEntry.ClocksEscalated when by != CaseActor.System => new(CaseRefusal.NotYours, "entry: expected an act of a person; TraceGrains itself records this one"),
        CaseEntry.Signed e when file.Entries.Find(recorded => recorded.Number == e.Entry) is not { } signed || signed.EventHash != e.EntryHash =>
            new(CaseRefusal.EntryUnknown, $"entry: expected the number and hash of an entry of this case; found {e.Entry} and {e.EntryHash}"),
        CaseEntry.Terminated when !IsSignedOff(file) => new(CaseRefusal.SignatureMissing, "state: expected the completion signed by somebody else than who recorded it; nobody has"),
        _ => null,
    };

    /// <summary>Four eyes: the last completion is signed by somebody else than who recorded it.</summary>
    static bool IsSignedOff(CaseFile file)
    {
        var completed = file.Of<CaseEntry.Completed>().Last().Recorded;
        return file.Of<CaseEntry.Signed>().Any(signed => signed.Entry.Entry == completed.Number && signed.Recorded.By.Name != completed.By.Name);
    }

    static CaseProblem? Required(string field, string? text, int max) =>
        string.IsNullOrWhiteSpace(text) || text.Length > max ? new(CaseRefusal.FieldInvalid, $"{field}: expected 1 to {max} characters; found {text?.Length ?? 0}") : null;

    static CaseProblem? Optional(string field, string? text, int max) =>
        text?.Length > max ? new(CaseRefusal.FieldInvalid, $"{field}: expected at most {max} characters; found {text.Length}") : null;

    static CaseProblem Invalid(string field, string expected, string? found) => new(CaseRefusal.FieldInvalid, $"{field}: {expected}; found {found ?? "none"}");

    static CaseProblem? Scope(string text) =>
        !ScopeJson.TryRead(text, out var scope, out var problem) ? new(CaseRefusal.FieldInvalid, problem.ToString())
        : ScopeJson.Print(scope) == text ? null : Invalid("scope", "expected a scope in its saved form", text.Length <= 100 ? text : text[..100] + "…");

    static CaseProblem? Regimes(string[] regimes) =>
        regimes.Length > RegimesMax || regimes.Distinct().Count() != regimes.Length || regimes.Any(string.IsNullOrWhiteSpace)
            ? Invalid("regimes", $"expected at most {RegimesMax} names, each once", string.Join(", ", regimes.Take(RegimesMax + 1))) : null;

    static CaseProblem? Hash(string field, string hash) =>
        hash.Length == 64 && hash.All(digit => digit is >= '0' and <= '9' or >= 'a' and <= 'f') ? null : Invalid(field, "expected a SHA-256, 64 lower-case hexadecimal digits", hash.Length <= 80 ? hash : hash[..80] + "…");

    static CaseProblem? MediaType(string type) =>
        type.Length is > 2 and <= 100 && type.Count(letter => letter == '/') == 1 && type.All(letter => char.IsAsciiLetterOrDigit(letter) || "/.+-".Contains(letter)) && type[0] != '/' && type[^1] != '/'
            ? null : Invalid("mediaType", "expected a media type such as application/pdf", type.Length <= 80 ? type : type[..80] + "…");
}
