namespace TraceGrains.Domain.Queries;

/// <summary>What a query asks of master data before it can be decided about events.</summary>
public abstract record MasterQuestion
{
    MasterQuestion()
    {
    }

    /// <summary>Which codes are these, or are direct or indirect children of these (<c>WD_</c>: with descendants; EPCIS 2.0, 6.5).</summary>
    /// <param name="Codes">Canonical codes.</param>
    public sealed record Descendants(IReadOnlyList<string> Codes) : MasterQuestion;

    /// <summary>Which codes have one of the attributes (<c>HASATTR_</c>), or the attribute with one of the values (<c>EQATTR_</c>).</summary>
    /// <param name="Attributes">Attribute ids.</param>
    /// <param name="Values">The values; null when any will do.</param>
    public sealed record WithAttribute(IReadOnlyList<string> Attributes, IReadOnlyList<string>? Values) : MasterQuestion;
}
