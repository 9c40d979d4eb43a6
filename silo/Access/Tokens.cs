using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Revocations;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Silo.Access;

/// <summary>Reads bearer tokens: those of the silo's own issuer, and of the OIDC issuer that is set. Only asymmetric signatures count, so that a public key can never pass for a secret.</summary>
sealed class Tokens(AccessOptions options, LocalIssuer? local, TimeProvider clock)
{
    const int LengthMax = 16 * 1024;

    static readonly string[] algorithms =
        [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
            SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512];

    static readonly TimeSpan skew = TimeSpan.FromSeconds(30);

    readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LengthMax };

    /// <summary>Whom tokens may be meant for: this service, or this service as the client that people sign in to.</summary>
    readonly string[] audiences = options.ClientId is null ? [options.Audience] : [options.Audience, options.ClientId];

    readonly ConfigurationManager<OpenIdConnectConfiguration>? provider = options.Authority is null ? null : new(
        options.Authority.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = options.Authority.StartsWith("https:", StringComparison.Ordinal) });

    /// <summary>What the identity provider says of itself.</summary>
    /// <exception cref="InvalidOperationException">It cannot be reached, or no such provider is set.</exception>
    public Task<OpenIdConnectConfiguration> ProviderOf(CancellationToken stop) => (provider ?? throw new InvalidOperationException("no identity provider is set (access:authority)")).GetConfigurationAsync(stop);

    /// <summary>Whether a token is the provider's word to this service as its client, about a sign-in that was begun with a nonce; null, or what is wrong.</summary>
    public async Task<string?> ProblemOfIdToken(string token, string nonce)
    {
        if (token.Length > LengthMax || !handler.CanReadToken(token)) return "id_token: expected a signed JSON Web Token";
        var parameters = ParametersOf(isLocal: false);
        parameters.ValidAudiences = [options.ClientId];
        var result = await handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid) return "id_token: " + Why(result.Exception);
        return ((JsonWebToken)result.SecurityToken).TryGetPayloadValue<string>("nonce", out var found) && found == nonce ? null : "nonce: expected that of the sign-in that was begun in this browser";
    }

    /// <summary>The account that a token of the provider names; it was checked before.</summary>
    public string SubjectOf(string token) => handler.ReadJsonWebToken(token).Subject;

    /// <summary>Who a token says somebody is, or what is wrong with it. Whether it was revoked is not looked at.</summary>
    public async Task<Presented> Read(string token)
    {
        if (token.Length > LengthMax || !handler.CanReadToken(token)) return Presented.Refused("Authorization: expected a signed JSON Web Token");
        var isLocal = handler.ReadJsonWebToken(token).Issuer == LocalIssuer.Name;
        if (isLocal && local is null) return Presented.Refused("iss: expected a token of another issuer; this silo was given no key of its own (access:key)");
        if (!isLocal && provider is null) return Presented.Refused("iss: expected a token of this silo's own issuer; no other is set (access:authority)");
        var result = await handler.ValidateTokenAsync(token, ParametersOf(isLocal));
        return result.IsValid ? CallerOf((JsonWebToken)result.SecurityToken, isLocal) : Presented.Refused(Why(result.Exception));
    }

    TokenValidationParameters ParametersOf(bool isLocal)
    {
        var parameters = new TokenValidationParameters
        {
            ValidAlgorithms = isLocal ? [SecurityAlgorithms.EcdsaSha256] : algorithms, ValidAudiences = audiences, ClockSkew = skew, RequireExpirationTime = true, RequireSignedTokens = true,
            LifetimeValidator = (from, until, _, _) => until is not null && until.Value.ToUniversalTime() > clock.GetUtcNow().UtcDateTime - skew && (from is null || from.Value.ToUniversalTime() < clock.GetUtcNow().UtcDateTime + skew),
        };
        if (isLocal)
            (parameters.ValidIssuer, parameters.IssuerSigningKey) = (LocalIssuer.Name, local!.Key);
        else
            parameters.ConfigurationManager = provider;
        return parameters;
    }

    static string Why(Exception? failure) => failure switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => "exp: expected a token whose time has come and is not over",
        SecurityTokenInvalidAudienceException => "aud: expected a token that is meant for this service",
        SecurityTokenInvalidIssuerException => "iss: expected an issuer that is set",
        SecurityTokenSignatureKeyNotFoundException => "kid: expected a token signed with a key of its issuer",
        // Whether it was the key, the algorithm or a bit that was wrong helps nobody who means well.
        _ => "Authorization: expected a token with a good signature",
    };

    Presented CallerOf(JsonWebToken token, bool isLocal)
    {
        var names = isLocal ? new("tg_role", "tg_party", "tg_district") : options.Claims;
        // Providers write one value as a text or as a list of one; of several, nobody could say which is meant.
        string? Claim(string name) => token.Claims.Where(claim => claim.Type == name).Take(2).ToList() is [{ Value: { Length: > 0 } value }] ? value : null;
        if (RoleNames.Find(Claim(names.Role)) is not { } role) return Presented.Refused($"{names.Role}: expected one of {RoleNames.Expected}");
        if (IdentityOf(token, isLocal) is not { } identity) return Presented.Refused($"exp: expected a token that was issued (iat, nbf) not in the future, and at most {RevocationRules.LongestDays} days before its end");
        return Make(role, identity.Subject, Claim(names.Party), Claim(names.District), names) with { Until = identity.Until, Token = identity };
    }

    /// <summary>What tells whether a token was revoked; null for one that says nothing of when it was issued, or is good for too long for a revocation to be kept so long.</summary>
    TokenIdentity? IdentityOf(JsonWebToken token, bool isLocal)
    {
        var issued = token.IssuedAt > DateTime.MinValue ? token.IssuedAt : token.ValidFrom;
        if (token.ValidTo - issued > RevocationRules.LongestLife || issued > clock.GetUtcNow().UtcDateTime + skew) return null;
        var id = token.Id is { Length: > 0 and <= RevocationRules.TextMax } given ? given : "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{token.EncodedHeader}.{token.EncodedPayload}")));
        // The clock of a provider may be ahead of this one.
        return new(id, token.Subject is { Length: > 0 } subject ? subject : "unnamed", new DateTimeOffset(issued, TimeSpan.Zero) - (isLocal ? TimeSpan.Zero : skew), new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + skew);
    }

    /// <summary>Puts a caller together: an enterprise's roles take a party, a district's regulator a district.</summary>
    public static Presented Make(Role role, string subject, string? party, string? district, ClaimNames names)
    {
        if (RoleNames.IsOfEnterprise(role))
        {
            if (party is null || !Identifier.TryIdentify(party, out var identified, out _)) return Presented.Refused($"{names.Party}: expected the code of an enterprise, which the role {RoleNames.Of(role)} acts for");
            return new(new() { Role = role, Subject = subject, Party = identified.Code }, null);
        }
        if (role == Role.DistrictRegulator)
            return district is not null && Territory.IsCode(district) ? new(new() { Role = role, Subject = subject, District = district }, null) : Presented.Refused($"{names.District}: expected a code of GB/T 2260, six digits, which the role {RoleNames.Of(role)} supervises");
        return new(new() { Role = role, Subject = subject }, null);
    }
}

/// <summary>What came of credentials.</summary>
/// <param name="Caller">Who it is; null where they are no good.</param>
/// <param name="Problem">What is wrong with them; null where nothing is.</param>
/// <param name="Until">When they end to be good; null for no time in particular.</param>
/// <param name="Token">The bearer token that they are; null for other credentials.</param>
/// <param name="IsSession">Whether a browser sent them along as the cookie of a session.</param>
sealed record Presented(Caller? Caller, string? Problem, DateTimeOffset? Until = null, TokenIdentity? Token = null, bool IsSession = false)
{
    public static Presented Refused(string problem) => new(null, problem);
}
