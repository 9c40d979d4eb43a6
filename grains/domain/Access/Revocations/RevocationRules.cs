namespace TraceGrains.Domain.Access.Revocations;

/// <summary>How revocations come together in a list and leave it again.</summary>
public static class RevocationRules
{
    /// <summary>Most revocations in force at a time.</summary>
    public const int Max = 10_000;

    /// <summary>So many of them may be of people who ended their own tokens: there is always room for what an administrator revokes.</summary>
    public const int OwnMax = 9_000;

    /// <summary>Longest text of a token's id or an account.</summary>
    public const int TextMax = 255;

    /// <summary>The longest that a token may be good for. Longer ones are not taken, so that after this time nothing needs to be remembered of any.</summary>
    public const int LongestDays = 366;

    /// <summary><see cref="LongestDays"/>.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(LongestDays);

    /// <summary>
    /// The list with one more revocation, without those whose time is over; null where it is full. A token that is on it stays as it was revoked first. All tokens of an account stand in the place of what was
    /// revoked of it before.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="added">What is added.</param>
    /// <param name="isOwn">Whether somebody ends a token of their own.</param>
    public static IReadOnlyList<Revocation>? Add(IReadOnlyList<Revocation> list, Revocation added, bool isOwn)
    {
        var rest = list.Where(one => one.Until > added.At && !IsCovered(one, added)).ToList();
        if (added.TokenId is { } token && rest.Any(one => one.TokenId == token)) return rest;
        return rest.Count >= (isOwn ? OwnMax : Max) ? null : [.. rest, added];
    }

    /// <summary>Whoever ended a token of an account, or all before, did so with tokens that were issued before now.</summary>
    static bool IsCovered(Revocation one, Revocation added) => added.TokenId is null && one.Subject == added.Subject && one.At <= added.At && one.Until <= added.Until;
}
