using System.Text.Json.Serialization;

namespace TraceGrains.Domain.Recalls.Cases;

/// <summary>
/// What somebody did in a recall case. The entries of a case, in their order, are the case: its file, which everything else about it is worked out from. Entries are recorded in the ledger and never
/// changed.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Rescoped), "rescoped")]
[JsonDerivedType(typeof(Assessed), "assessed")]
[JsonDerivedType(typeof(EvidenceAdded), "evidenceAdded")]
[JsonDerivedType(typeof(Signed), "signed")]
[JsonDerivedType(typeof(Issued), "issued")]
[JsonDerivedType(typeof(Spread), "spread")]
[JsonDerivedType(typeof(Widened), "widened")]
[JsonDerivedType(typeof(Narrowed), "narrowed")]
[JsonDerivedType(typeof(ReportSubmitted), "reportSubmitted")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Terminated), "terminated")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
public abstract partial record CaseEntry
{
    /// <summary>A suspicion becomes a case.</summary>
    /// <param name="Title">What it is called, 1 to 200 characters.</param>
    /// <param name="Mode">Meant, or an exercise.</param>
    /// <param name="Reason">What is suspected, 1 to 2,000 characters; the public reason of the recall, should it be issued.</param>
    /// <param name="Scope">What it is about, as a question in its saved form (<see cref="Scopes.ScopeJson"/>).</param>
    /// <param name="Regimes">Under which laws it is run, at most 10; names of the regimes that the clocks know.</param>
    /// <param name="Source">Where the suspicion came from, such as a complaint or a laboratory's report; up to 2,000 characters.</param>
    /// <param name="KnownAt">When the risk was known (知悉), where that was before the case was opened: some times are counted from then.</param>
    /// <param name="District">The district whose authority opens it (GB/T 2260); null where no district's does.</param>
    public sealed record Opened(string Title, CaseMode Mode, string Reason, string Scope, string[] Regimes, string? Source = null, DateTimeOffset? KnownAt = null, string? District = null) : CaseEntry;

    /// <summary>Before the recall is issued: it is about something else than first thought. An assessment made before does not count any more.</summary>
    public sealed record Rescoped(string Scope, string Reason) : CaseEntry;

    /// <summary>The hazard is assessed (21 CFR 7.41) and the strategy decided (7.42).</summary>
    /// <param name="Class">How grave.</param>
    /// <param name="Depth">How far down the chain.</param>
    /// <param name="Hazard">The health hazard evaluation, 1 to 10,000 characters.</param>
    /// <param name="Strategy">How the recall is run: communication, public warning, effectiveness checks; 1 to 10,000 characters.</param>
    /// <param name="Instructions">What holders are to do with the goods, 1 to 2,000 characters: it is in every notice.</param>
    public sealed record Assessed(RecallClass Class, RecallDepth Depth, string Hazard, string Strategy, string Instructions) : CaseEntry;

    /// <summary>A document belongs to the case. The ledger holds its hash; the document is kept by whoever added it.</summary>
    /// <param name="Name">Name of the document, 1 to 200 characters.</param>
    /// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
    /// <param name="MediaType">What it is, such as <c>application/pdf</c>.</param>
    /// <param name="Bytes">How long it is.</param>
    /// <param name="Note">What it shows, up to 2,000 characters.</param>
    public sealed record EvidenceAdded(string Name, string Sha256, string MediaType, long Bytes, string? Note = null) : CaseEntry;

    /// <summary>Somebody puts their name to an entry.</summary>
    /// <param name="Entry">Number of the entry.</param>
    /// <param name="EntryHash">The entry's event hash: what exactly is signed.</param>
    /// <param name="Statement">What the signature says, such as "approved"; 1 to 2,000 characters.</param>
    public sealed record Signed(int Entry, string EntryHash, string Statement) : CaseEntry;

    /// <summary>The recall is issued as assessed. Recorded in one commit with the notice that puts it into force; a drill issues nothing.</summary>
    public sealed record Issued() : CaseEntry;

    /// <summary>The wave has gone through: everything reached is marked (in a drill: would be).</summary>
    /// <param name="Reached">How many things.</param>
    /// <param name="Holders">How many holders have them.</param>
    /// <param name="Milliseconds">From the notice on record to everything marked.</param>
    public sealed record Spread(int Reached, int Holders, double Milliseconds) : CaseEntry;

    /// <summary>More is brought into the scope.</summary>
    public sealed record Widened(string Scope, string Reason) : CaseEntry;

    /// <summary>Something is taken out of the scope.</summary>
    public sealed record Narrowed(string Scope, string Reason) : CaseEntry;

    /// <summary>A report that a regime asks for was handed in.</summary>
    /// <param name="Regime">Which regime.</param>
    /// <param name="Report">Which of its reports.</param>
    /// <param name="Sha256">SHA-256 of the report as handed in, 64 lower-case hexadecimal digits.</param>
    /// <param name="Note">To whom and how, up to 2,000 characters.</param>
    public sealed record ReportSubmitted(string Regime, string Report, string Sha256, string? Note = null) : CaseEntry;

    /// <summary>What can be brought back has been.</summary>
    /// <param name="Statement">What came of it, 1 to 10,000 characters.</param>
    /// <param name="Unanswered">Why it is completed although not everybody has answered for everything; null when everybody has.</param>
    public sealed record Completed(string Statement, string? Unanswered = null) : CaseEntry;

    /// <summary>The case is closed.</summary>
    /// <param name="Lessons">What was learnt and what is changed because of it, 1 to 10,000 characters.</param>
    /// <param name="StaysBlocked">Whether the marks stay in force: goods that turn up later are still recalled. Otherwise they end.</param>
    public sealed record Terminated(string Lessons, bool StaysBlocked) : CaseEntry;

    /// <summary>The case is taken back; the marks of an issued recall end at once.</summary>
    public sealed record Withdrawn(string Reason) : CaseEntry;
}

/// <summary>An entry where it stands in the ledger.</summary>
/// <param name="Number">Its number in the case, from 1.</param>
/// <param name="Sequence">Its event's place in the ledger.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="EventHash">Hash of its event, 64 hexadecimal digits.</param>
/// <param name="By">Who did it.</param>
/// <param name="ActId">What the client called the act, so that the same act sent again is done once; null when it did not.</param>
/// <param name="Entry">What was done.</param>
public sealed record RecordedEntry(int Number, long Sequence, DateTimeOffset At, string EventHash, CaseActor By, string? ActId, CaseEntry Entry);
