namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>What a scanned or typed text turned out to be.</summary>
/// <param name="Text">The text as it was read, without what scanners put around it.</param>
/// <param name="Candidates">Every reading, the likeliest first: right ones before wrong ones, then by how little they leave to chance and how common the scheme is. Empty where the text is no code of any known scheme.</param>
/// <param name="Problem">Why there is no right reading; null where there is one.</param>
public sealed record CodeReading(string Text, IReadOnlyList<CodeCandidate> Candidates, CodeProblem? Problem)
{
    /// <summary>The likeliest right reading; null where there is none.</summary>
    public CodeCandidate? Best => Candidates is [{ IsValid: true } first, ..] ? first : null;

    /// <summary>Whether there is a right reading.</summary>
    public bool IsValid => Best is not null;

    /// <summary>Whether several schemes fit, so that only the context can tell which is meant.</summary>
    public bool IsAmbiguous => Candidates.Count(candidate => candidate.IsValid) > 1;
}
