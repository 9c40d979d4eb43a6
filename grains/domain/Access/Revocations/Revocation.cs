using Orleans;

namespace TraceGrains.Domain.Access.Revocations;

/// <summary>That a token, or every token that an account had by then, is no longer good.</summary>
[GenerateSerializer, Immutable, Alias("tg.Revocation")]
public sealed record Revocation
{
    /// <summary>Its place among all, from 1; never used again.</summary>
    [Id(0)] public long Number { get; set; }
    /// <summary>The token's id; null where all tokens of the account are meant.</summary>
    [Id(1)] public string? TokenId { get; set; }
    /// <summary>The account; null where only the token's id was known.</summary>
    [Id(2)] public string? Subject { get; set; }
    /// <summary>When it was revoked. Of an account, tokens issued up to then are meant.</summary>
    [Id(3)] public DateTimeOffset At { get; set; }
    /// <summary>The account that said so.</summary>
    [Id(4)] public string By { get; set; } = "";
    /// <summary>Until when it has to be remembered: whatever it is about has ended by then of itself.</summary>
    [Id(5)] public DateTimeOffset Until { get; set; }
}
