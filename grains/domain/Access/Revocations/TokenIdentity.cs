namespace TraceGrains.Domain.Access.Revocations;

/// <summary>A bearer token, as far as it takes to tell whether it was revoked.</summary>
/// <param name="Id">Its <c>jti</c>, or a hash of what was signed where its issuer gave it none.</param>
/// <param name="Subject">The account it speaks for.</param>
/// <param name="IssuedAt">When it was issued, at the earliest by this installation's clock.</param>
/// <param name="Until">When it ends to be good.</param>
public sealed record TokenIdentity(string Id, string Subject, DateTimeOffset IssuedAt, DateTimeOffset Until);
