using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TraceGrains.Access.Tests;

/// <summary>An identity provider as an organisation has one: it publishes where its keys are, and signs with RSA. Its claims have names of its own.</summary>
sealed class Provider : IAsyncDisposable
{
    public const string RoleClaim = "roles", PartyClaim = "org";

    /// <summary>As which client the silo comes, with a secret whose letters mean something in a header and in a form.</summary>
    public const string ClientId = "console", ClientSecret = "s:3+c/r&t %";

    readonly ConcurrentDictionary<string, Asked> codes = [];

    readonly RSA key = RSA.Create(2048);
    readonly WebApplication app;

    Provider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        Key = new(key) { KeyId = "provider-1" };
    }

    public RsaSecurityKey Key { get; }

    public string Address { get; private set; } = "";

    public static async Task<Provider> Start()
    {
        var provider = new Provider();
        // The public half alone goes out.
        var half = provider.key.ExportParameters(includePrivateParameters: false);
        object[] keys = [new { kty = "RSA", use = "sig", kid = provider.Key.KeyId, n = Base64UrlEncoder.Encode(half.Modulus), e = Base64UrlEncoder.Encode(half.Exponent) }];
        provider.app.MapGet("/.well-known/openid-configuration", () => Results.Text(JsonSerializer.Serialize(new
        {
            issuer = provider.Address, jwks_uri = provider.Address + "/keys", authorization_endpoint = provider.Address + "/authorize", token_endpoint = provider.Address + "/token",
        }), "application/json"));
        provider.app.MapGet("/keys", () => Results.Text(JsonSerializer.Serialize(new { keys }), "application/json"));
        provider.app.MapGet("/authorize", provider.Authorize);
        provider.app.MapPost("/token", (Delegate)provider.Redeem);
        provider.app.MapGet("/elsewhere", (string to) => Results.Content($"""
            <!doctype html><title>Elsewhere</title><a id="link" href="{to}/console?lang=en">console</a><form id="out" method="post" action="{to}/sign-out"></form>
            """, "text/html"));
        await provider.app.StartAsync();
        provider.Address = provider.app.Urls.First();
        return provider;
    }

    public string Mint(Dictionary<string, object> claims, Action<SecurityTokenDescriptor>? change = null)
    {
        var now = DateTime.UtcNow;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Address, Audience = TraceGrains.Silo.Access.AccessOptions.DefaultAudience, Claims = claims, NotBefore = now.AddMinutes(-1), IssuedAt = now, Expires = now.AddHours(1), SigningCredentials = new(Key, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>What it says at sign-in; a test changes it. Claims, and whether they are in an access token too.</summary>
    public Func<Asked, Answered> SaysAtSignIn { get; set; } = WellMeant;

    /// <summary>As a provider should.</summary>
    public static Answered WellMeant(Asked asked) => new(asked.Nonce, ClientId, new() { ["sub"] = "at the provider", [RoleClaim] = "auditor" }, new() { ["sub"] = "at the provider", [RoleClaim] = "auditor" });

    IResult Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        var asked = new Asked(query["redirect_uri"]!, query["nonce"]!, query["code_challenge"]!);
        if (query["response_type"] != "code" || query["client_id"] != ClientId || query["code_challenge_method"] != "S256" || !query["scope"].ToString().Split(' ').Contains("openid") || asked.Nonce.Length < 32) return Results.BadRequest();
        var code = Guid.NewGuid().ToString();
        codes[code] = asked;
        return Results.Redirect(QueryHelpers.AddQueryString(asked.RedirectUri, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"], ["iss"] = Address }));
    }

    /// <summary>A code is good once, for who asked for it and knows what its challenge was made of.</summary>
    async Task<IResult> Redeem(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var client = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(ClientSecret)}"));
        if (http.Request.Headers.Authorization != client) return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        if (form["grant_type"] != "authorization_code" || !codes.TryRemove(form["code"]!, out var asked) || form["redirect_uri"] != asked.RedirectUri
            || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) != asked.Challenge) return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        var answer = SaysAtSignIn(asked);
        return Results.Json(new
        {
            token_type = "Bearer", expires_in = 3600, id_token = Mint(new(answer.IdClaims) { ["nonce"] = answer.Nonce }, token => token.Audience = answer.IdAudience),
            access_token = answer.AccessClaims is { } claims ? Mint(claims) : "only the provider reads this",
        });
    }

    /// <summary>What the silo asked.</summary>
    public sealed record Asked(string RedirectUri, string Nonce, string Challenge);

    /// <summary>What it hears.</summary>
    public sealed record Answered(string Nonce, string IdAudience, Dictionary<string, object> IdClaims, Dictionary<string, object>? AccessClaims);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }
}
