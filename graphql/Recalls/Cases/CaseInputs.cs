using System.ComponentModel;
using GraphQL;

namespace TraceGrains.GraphQL.Recalls.Cases;

[Description("Who acts.")]
public sealed class CaseActorInput
{
    [Description("Name, 1 to 200 characters." + FreeText.KeptApart)]
    public string Name { get; set; } = "";

    [Description("Code of the enterprise or authority for which they act, in any spelling.")]
    public string? Party { get; set; }

    [Description("In what capacity, up to 200 characters." + FreeText.NoNames)]
    public string? Role { get; set; }
}

[Description("Which case, who acts, and what the client calls the act.")]
public sealed class CaseActInput
{
    [Id]
    [Description("The case: its URN, or the UUID at its end.")]
    public string Case { get; set; } = "";

    [Description("Who acts.")]
    public CaseActorInput By { get; set; } = new();

    [Id]
    [Description("An id of the client's own choice, up to 100 characters. Store it before sending and send the same again after a lost answer: it is done once.")]
    public string? ActId { get; set; }
}

[Description("A case to be opened.")]
public sealed class OpenCaseInput
{
    [Id]
    [Description("A UUID of the client's own choice; a new one is made, when left out. The same again after a lost answer opens one case.")]
    public string? Id { get; set; }

    [Description("Who opens it.")]
    public CaseActorInput By { get; set; } = new();

    [Description("What it is called, 1 to 200 characters." + FreeText.NoNames)]
    public string Title { get; set; } = "";

    [Description("Meant, or an exercise; LIVE, when left out.")]
    public RecallCaseMode? Mode { get; set; }

    [Description("What is suspected, 1 to 2,000 characters; the public reason of the recall, should it be issued." + FreeText.NoNames)]
    public string Reason { get; set; } = "";

    [Description("Where the suspicion came from, up to 2,000 characters." + FreeText.NoNames)]
    public string? Source { get; set; }

    [Description("What it is about.")]
    public RecallScopeQueryInput Scope { get; set; } = new();

    [Description("When the risk was known, where that was before now: some times are counted from then.")]
    public DateTimeOffset? KnownAt { get; set; }

    [Description("Under which regimes it is run, at most 10; recallRegimes lists them.")]
    public List<string>? Regimes { get; set; }
}

[Description("An assessment.")]
public sealed class AssessmentInput
{
    [Description("How grave.")]
    public RecallClass Class { get; set; }

    [Description("How far down the chain.")]
    public RecallDepth Depth { get; set; }

    [Description("The health hazard evaluation, 1 to 10,000 characters." + FreeText.NoNames)]
    public string Hazard { get; set; } = "";

    [Description("How the recall is run, 1 to 10,000 characters." + FreeText.NoNames)]
    public string Strategy { get; set; } = "";

    [Description("What holders are to do with the goods, 1 to 2,000 characters." + FreeText.NoNames)]
    public string Instructions { get; set; } = "";
}

[Description("A document that belongs to the case. The ledger holds its hash; whoever adds it keeps the document.")]
public sealed class EvidenceInput
{
    [Description("Name of the document, 1 to 200 characters." + FreeText.NoNames)]
    public string Name { get; set; } = "";

    [Description("SHA-256 of its bytes, 64 lower-case hexadecimal digits.")]
    public string Sha256 { get; set; } = "";

    [Description("What it is, such as application/pdf.")]
    public string MediaType { get; set; } = "";

    [Description("How many bytes it has.")]
    public long Bytes { get; set; }

    [Description("What it shows, up to 2,000 characters." + FreeText.NoNames)]
    public string? Note { get; set; }
}
