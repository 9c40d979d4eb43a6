namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>What is wrong with a scope.</summary>
/// <param name="Field">Path of the field at fault, such as <c>scope.anyOf[1].batch</c>.</param>
/// <param name="Message">What was expected there, and what was found.</param>
public sealed record ScopeProblem(string Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Message}";
}

/// <summary>Ends the reading or the working-out of a scope at its first problem.</summary>
sealed class ScopeException(string field, string message) : Exception(message)
{
    public ScopeProblem Problem { get; } = new(field, message);
}
