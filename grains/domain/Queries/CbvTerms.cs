using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Queries;

/// <summary>Words of the Core Business Vocabulary that are resources of their own in the REST binding.</summary>
public static class CbvTerms
{
    /// <summary>Every business step of CBV 2.0, bare.</summary>
    public static IReadOnlyList<string> BizSteps { get; } = [.. CbvVocabulary.BizStep.Words];

    /// <summary>Every disposition of CBV 2.0, bare.</summary>
    public static IReadOnlyList<string> Dispositions { get; } = [.. CbvVocabulary.Disposition.Words];

    /// <summary>The five event types.</summary>
    public static IReadOnlyList<string> EventTypes { get; } = ["AggregationEvent", "AssociationEvent", "ObjectEvent", "TransactionEvent", "TransformationEvent"];

    /// <summary>The bare word of a business step in any spelling, or the URI of a term of one's own; null when it is neither.</summary>
    public static string? BizStep(string term) => CbvVocabulary.BizStep.TryRead(term, JsonLdContext.Empty, out var word) ? word : null;

    /// <summary>See <see cref="BizStep"/>.</summary>
    public static string? Disposition(string term) => CbvVocabulary.Disposition.TryRead(term, JsonLdContext.Empty, out var word) ? word : null;
}
