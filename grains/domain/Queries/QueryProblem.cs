namespace TraceGrains.Domain.Queries;

/// <summary>One thing that is wrong with a query (the standard's <c>QueryParameterException</c>).</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Expected">What belongs there.</param>
/// <param name="Found">What was there; null when nothing was.</param>
public sealed record QueryProblem(string Parameter, string Expected, string? Found)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Parameter}: expected {Expected}{(Found is null ? "" : $", found {Found}")}";
}

/// <summary>What became of a query's text: the query, or everything that is wrong with it. Never both.</summary>
public sealed record ReadQuery(EventQuery? Query, IReadOnlyList<QueryProblem> Problems);
