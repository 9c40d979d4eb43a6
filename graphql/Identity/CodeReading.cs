using System.ComponentModel;

namespace TraceGrains.GraphQL.Identity;

[Description("What a text turned out to be.")]
public sealed class CodeReading(Domain.Identity.Scanning.CodeReading reading)
{
    [Description("The text, without what scanners put around it.")]
    public string Text => reading.Text;

    [Description("Whether it is a right code of some known scheme.")]
    public bool Valid => reading.IsValid;

    [Description("Whether several schemes fit, so that only the context can tell which is meant.")]
    public bool Ambiguous => reading.IsAmbiguous;

    [Description("The likeliest right reading; null where there is none.")]
    public CodeCandidate? Best => reading.Best is { } best ? new(best) : null;

    [Description("Every reading, the likeliest first; wrong ones, with what is wrong, behind right ones.")]
    public IReadOnlyList<CodeCandidate> Candidates => [.. reading.Candidates.Select(candidate => new CodeCandidate(candidate))];

    [Description("Why there is no right reading; null where there is one.")]
    public CodeProblem? Problem => reading.Problem is { } problem ? new(problem) : null;
}

[Description("One reading of a text: as a code of one scheme.")]
public sealed class CodeCandidate(Domain.Identity.Scanning.CodeCandidate candidate)
{
    [Description("The scheme, a stable word such as gs1:gtin-13, gs1:element-string, cn:drug, uri.")]
    public string Scheme => candidate.Scheme;

    [Description("What people call the scheme.")]
    public string Title => candidate.Title;

    [Description("What sort of thing such a code names.")]
    public CodeKind Kind => (CodeKind)candidate.Kind;

    [Description("The canonical identity, to ask the other fields with; null where the reading has a problem.")]
    public string? Code => candidate.Code;

    [Description("For an item whose spelling also carried its lot: the lot's canonical code.")]
    public string? LotCode => candidate.LotCode;

    [Description("What the code is made of, in the order in which it is written.")]
    public IReadOnlyList<CodePart> Parts => [.. candidate.Parts.Select(part => new CodePart(part))];

    [Description("Whether it is a right code, as far as the scheme's rules are known.")]
    public bool Valid => candidate.IsValid;

    [Description("What is wrong; null for a right code.")]
    public CodeProblem? Problem => candidate.Problem is { } problem ? new(problem) : null;

    [Description("Why it has its rank.")]
    public string Why => candidate.Why;

    [Description("Of so many random texts of its length about one would pass the scheme's rules; 2147483647 where the text names its scheme.")]
    public int OneIn => candidate.OneIn;

    [Description("Where the rules were read: standard and clause, or the page.")]
    public string Source => candidate.Source;

    [Description("What could not be verified at the source, and is not enforced; null where nothing is open.")]
    public string? Unverified => candidate.Unverified;
}

[Description("One part of a code.")]
public sealed class CodePart(Domain.Identity.Scanning.CodePart part)
{
    [Description("What the part is.")]
    public string Name => part.Name;

    [Description("Its characters.")]
    public string Value => part.Value;

    [Description("What they say; null where the rules give them no meaning.")]
    public string? Meaning => part.Meaning;
}

[Description("Why a text is not a right code.")]
public sealed class CodeProblem(Domain.Identity.Scanning.CodeProblem problem)
{
    [Description("The part that is wrong.")]
    public string Field => problem.Field;

    [Description("What belongs there.")]
    public string Expected => problem.Expected;

    [Description("What was there; null where nothing was.")]
    public string? Found => problem.Found;
}
