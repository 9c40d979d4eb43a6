namespace TraceGrains.Domain.Queries;

/// <summary>A parameter as it was given, whether in a URL or in a JSON object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values as text; empty for one without value.</param>
public sealed record QueryParameter(string Name, IReadOnlyList<string> Values);
