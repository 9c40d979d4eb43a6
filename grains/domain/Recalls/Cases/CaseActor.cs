namespace TraceGrains.Domain.Recalls.Cases;

/// <summary>Who acts in a case. As told: who may act as whom is decided before it gets here.</summary>
/// <param name="Name">Name of the person, or of the program; in the ledger what stands for it (<see cref="Access.PersonCommitment"/>).</param>
/// <param name="Party">Canonical code of the enterprise or authority for which they act; null when not told.</param>
/// <param name="Role">In what capacity, such as <c>quality</c>; null when not told.</param>
public sealed record CaseActor(string Name, string? Party = null, string? Role = null)
{
    /// <summary>TraceGrains itself.</summary>
    public static CaseActor System { get; } = new("TraceGrains", null, "system");
}
