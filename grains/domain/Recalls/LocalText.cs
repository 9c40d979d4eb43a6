namespace TraceGrains.Domain.Recalls;

/// <summary>One text in the two languages that people work in.</summary>
/// <param name="En">English.</param>
/// <param name="Zh">Chinese.</param>

public sealed record LocalText(string En, string Zh)
{
    /// <inheritdoc/>
    public override string ToString() => En;
}
