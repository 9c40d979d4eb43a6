using TraceGrains.Domain.Access.Revocations;

namespace TraceGrains.Contracts.Access;

/// <summary>The bearer tokens that were revoked, by their id or by their account. There is one, with the key 0. What it answers is durable.</summary>
[Alias("tg.IRevocationsGrain")]
public interface IRevocationsGrain : IGrainWithIntegerKey
{
    /// <summary>Revokes a token of which only the id is known; null where the list is full. One that was revoked before stays as it was.</summary>
    [Alias("RevokeToken")] Task<Revocation?> RevokeToken(string tokenId, string by);

    /// <summary>Revokes a token that its bearer brings; null where the list has no room for such.</summary>
    [Alias("RevokeOwn")] Task<Revocation?> RevokeOwn(string tokenId, string subject, DateTimeOffset until);

    /// <summary>Revokes every token of an account that was issued before now; null where the list is full.</summary>
    [Alias("RevokeAllOf")] Task<Revocation?> RevokeAllOf(string subject, string by);

    /// <summary>The list as it stands; null where nothing was added since.</summary>
    /// <param name="version">The list that the caller has; -1 for none.</param>
    [Alias("Since")] Task<RevocationsView?> Since(long version);
}

/// <summary>The list of revocations.</summary>
[GenerateSerializer, Immutable, Alias("tg.RevocationsView")]
public sealed class RevocationsView
{
    /// <summary>Rises with every revocation.</summary>
    [Id(0)] public long Version { get; set; }
    /// <summary>Those in force, the oldest first.</summary>
    [Id(1)] public Revocation[] Revocations { get; set; } = [];
}
