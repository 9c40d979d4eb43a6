namespace TraceGrains.Domain.Identity;

/// <summary>What one code, however it was spelt, turned out to name.</summary>
/// <param name="Code">The canonical form: the GS1 Digital Link URI on <c>https://id.gs1.org</c> at the finest level of identification
/// (a serialised item keeps its serial and drops its lot and consumer variant), or the URI itself where it is no GS1 key.
/// Two spellings of one thing have the same canonical form; two things never share one.</param>
/// <param name="Kind">What sort of thing the code names.</param>
/// <param name="LotCode">For a serialised item whose spelling also carried a lot (<c>/01/…/10/…/21/…</c>): the canonical code of that lot; else null.</param>
public sealed record Identification(string Code, CodeKind Kind, string? LotCode = null);
