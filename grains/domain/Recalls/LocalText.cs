namespace TraceGrains.Domain.Recalls;

/// <summary>One text in the two languages that people work in.</summary>
/// <param name="En">English.</param>
/// <param name="Zh">Chinese.</param>
[GenerateSerializer, Immutable, Alias("tg.LocalText")]
public sealed record LocalText([property: Id(0)] string En, [property: Id(1)] string Zh)
{
    /// <inheritdoc/>
    public override string ToString() => En;
}
