namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>Why a text is not a right code of a scheme: where, what belongs there, what was there.</summary>
/// <param name="Field">The part that is wrong, such as <c>check digit</c> or <c>(01) GTIN</c>.</param>
/// <param name="Expected">What the rules ask for.</param>
/// <param name="Found">What was there; null where nothing was.</param>
public sealed record CodeProblem(string Field, string Expected, string? Found)
{
    const string Expectation = "expected ", Finding = ", found ";

    /// <summary>Field, expectation and finding in one line.</summary>
    public override string ToString() => $"{Field}: expected {Expected}" + (Found is null ? "" : $", found {Found}");

    /// <summary>The readers of GS1 forms answer in sentences of the form "field: expected …, found …"; this takes them apart.</summary>
    public static CodeProblem OfSentence(string sentence)
    {
        var at = sentence.IndexOf(Expectation, StringComparison.Ordinal);
        if (at < 0)
            return new("text", sentence, null);
        var field = sentence[..at].TrimEnd(' ', ':');
        var rest = sentence[(at + Expectation.Length)..];
        var found = rest.LastIndexOf(Finding, StringComparison.Ordinal);
        return found < 0
            ? new(field.Length == 0 ? "text" : field, rest, null)
            : new(field.Length == 0 ? "text" : field, rest[..found], rest[(found + Finding.Length)..]);
    }
}
