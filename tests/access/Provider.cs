using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TraceGrains.Access.Tests;

/// <summary>An identity provider as an organisation has one: it publishes where its keys are, and signs with RSA. Its claims have names of its own.</summary>
sealed class Provider : IAsyncDisposable
{
    public const string RoleClaim = "roles", PartyClaim = "org";

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
        provider.app.MapGet("/.well-known/openid-configuration", () => Results.Text(JsonSerializer.Serialize(new { issuer = provider.Address, jwks_uri = provider.Address + "/keys" }), "application/json"));
        provider.app.MapGet("/keys", () => Results.Text(JsonSerializer.Serialize(new { keys }), "application/json"));
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

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }
}
