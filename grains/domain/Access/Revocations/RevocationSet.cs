using System.Collections.Frozen;

namespace TraceGrains.Domain.Access.Revocations;

/// <summary>Revocations, made quick to ask.</summary>
public sealed class RevocationSet
{
    readonly FrozenSet<string> tokens;
    readonly FrozenDictionary<string, DateTimeOffset> subjects;

    /// <summary>Takes revocations in, in any order.</summary>
    public RevocationSet(IReadOnlyCollection<Revocation> revocations)
    {
        tokens = revocations.Select(one => one.TokenId).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        subjects = revocations.Where(one => one is { TokenId: null, Subject: not null }).GroupBy(one => one.Subject!, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Max(one => one.At), StringComparer.Ordinal);
    }

    /// <summary>Whether a token was revoked. One that was issued in the second in which all of its account were is taken for one of them: tokens tell no more than the second.</summary>
    public bool Covers(TokenIdentity token) => tokens.Contains(token.Id) || (subjects.TryGetValue(token.Subject, out var at) && token.IssuedAt <= at);
}
