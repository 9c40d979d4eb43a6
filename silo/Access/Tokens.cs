using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using TraceGrains.Domain.Access;
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

    readonly ConfigurationManager<OpenIdConnectConfiguration>? provider = options.Authority is null ? null : new(
        options.Authority.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = options.Authority.StartsWith("https:", StringComparison.Ordinal) });

    /// <summary>Who a token says somebody is, or what is wrong with it.</summary>
    public async Task<Presented> Read(string token)
    {
        if (token.Length > LengthMax || !handler.CanReadToken(token)) return Presented.Refused("Authorization: expected a signed JSON Web Token");
        var isLocal = handler.ReadJsonWebToken(token).Issuer == LocalIssuer.Name;
        if (isLocal && local is null) return Presented.Refused("iss: expected a token of another issuer; this silo was given no key of its own (access:key)");
        if (!isLocal && provider is null) return Presented.Refused("iss: expected a token of this silo's own issuer; no other is set (access:authority)");
        var parameters = new TokenValidationParameters
        {
            ValidAlgorithms = isLocal ? [SecurityAlgorithms.EcdsaSha256] : algorithms, ValidAudience = options.Audience, ClockSkew = skew, RequireExpirationTime = true, RequireSignedTokens = true,
            LifetimeValidator = (from, until, _, _) => until is not null && until.Value.ToUniversalTime() > clock.GetUtcNow().UtcDateTime - skew && (from is null || from.Value.ToUniversalTime() < clock.GetUtcNow().UtcDateTime + skew),
        };
        if (isLocal)
            (parameters.ValidIssuer, parameters.IssuerSigningKey) = (LocalIssuer.Name, local!.Key);
        else
            parameters.ConfigurationManager = provider;
        var result = await handler.ValidateTokenAsync(token, parameters);
        return result.IsValid ? CallerOf((JsonWebToken)result.SecurityToken, isLocal ? new("tg_role", "tg_party", "tg_district") : options.Claims) : Presented.Refused(Why(result.Exception));
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

    static Presented CallerOf(JsonWebToken token, ClaimNames names)
    {
        // Providers write one value as a text or as a list of one; of several, nobody could say which is meant.
        string? Claim(string name) => token.Claims.Where(claim => claim.Type == name).Take(2).ToList() is [{ Value: { Length: > 0 } value }] ? value : null;
        if (RoleNames.Find(Claim(names.Role)) is not { } role) return Presented.Refused($"{names.Role}: expected one of {RoleNames.Expected}");
        return Make(role, Claim(JwtRegisteredClaimNames.Sub) ?? "unnamed", Claim(names.Party), Claim(names.District), names, token.ValidTo < DateTime.MaxValue - skew ? new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + skew : null);
    }

    /// <summary>Puts a caller together: an enterprise's roles take a party, a district's regulator a district.</summary>
    public static Presented Make(Role role, string subject, string? party, string? district, ClaimNames names, DateTimeOffset? until = null)
    {
        if (RoleNames.IsOfEnterprise(role))
        {
            if (party is null || !Identifier.TryIdentify(party, out var identified, out _)) return Presented.Refused($"{names.Party}: expected the code of an enterprise, which the role {RoleNames.Of(role)} acts for");
            return new(new() { Role = role, Subject = subject, Party = identified.Code }, null, until);
        }
        if (role == Role.DistrictRegulator)
            return district is not null && Territory.IsCode(district) ? new(new() { Role = role, Subject = subject, District = district }, null, until) : Presented.Refused($"{names.District}: expected a code of GB/T 2260, six digits, which the role {RoleNames.Of(role)} supervises");
        return new(new() { Role = role, Subject = subject }, null, until);
    }
}

/// <summary>What came of credentials.</summary>
/// <param name="Caller">Who it is; null where they are no good.</param>
/// <param name="Problem">What is wrong with them; null where nothing is.</param>
/// <param name="Until">When they end to be good; null for no time in particular.</param>
sealed record Presented(Caller? Caller, string? Problem, DateTimeOffset? Until = null)
{
    public static Presented Refused(string problem) => new(null, problem);
}
