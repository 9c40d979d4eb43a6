namespace TraceGrains.Domain.Recalls;

/// <summary>What is wrong with a value or a data file.</summary>
/// <param name="Field">Path of the field at fault, such as <c>regimes[0].clocks[2].within</c>.</param>
/// <param name="Message">What was expected there, and what was found.</param>
public sealed record FieldProblem(string Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Message}";
}
