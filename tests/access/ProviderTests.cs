using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using TraceGrains.Silo.Access;

namespace TraceGrains.Access.Tests;

/// <summary>Tokens of an identity provider.</summary>
public sealed class ProviderTests(Guarded silo)
{
    const string Private = "/epcis/events";

    static Dictionary<string, object> Auditor => new() { ["sub"] = "a", [Provider.RoleClaim] = "auditor" };

    [Fact]
    public async Task Its_tokens_are_taken_with_the_claims_as_it_calls_them()
    {
        Assert.Equal(200, (await silo.Get(Private, silo.Provider.Mint(Auditor))).Status);
        Assert.Equal(200, (await silo.Get(Private, silo.Provider.Mint(new() { ["sub"] = "a", [Provider.RoleClaim] = new[] { "quality" }, [Provider.PartyClaim] = "urn:ex:party:provided" }))).Status);
        Assert.Equal(200, (await silo.Get(Private, silo.Provider.Mint(new() { ["sub"] = "a", [Provider.RoleClaim] = "district-regulator", ["tg_district"] = 500103 }))).Status);
    }

    [Theory]
    [InlineData("the name of another installation's claim", "roles:")]
    [InlineData("several roles", "roles:")]
    [InlineData("an unknown role", "roles:")]
    [InlineData("no party", "org:")]
    [InlineData("a party that is no code", "org:")]
    [InlineData("no district", "tg_district:")]
    [InlineData("another audience", "aud:")]
    [InlineData("expired", "exp:")]
    [InlineData("the provider in the name of the silo", "")]
    [InlineData("the silo in the name of the provider", "")]
    [InlineData("public key as secret", "")]
    [InlineData("modulus as secret", "")]
    [InlineData("a key of its own in the header", "")]
    [InlineData("an unknown key", "")]
    public async Task Those_that_are_no_good_are_refused_by_the_name_of_the_claim(string how, string named)
    {
        using var other = RSA.Create(2048);
        var provider = silo.Provider;
        var half = provider.Key.Rsa.ExportParameters(includePrivateParameters: false);
        SigningCredentials Hmac(byte[] secret) => new(new SymmetricSecurityKey(secret) { KeyId = provider.Key.KeyId }, SecurityAlgorithms.HmacSha256);
        var token = how switch
        {
            "the name of another installation's claim" => provider.Mint(new() { ["sub"] = "a", ["tg_role"] = "auditor" }),
            "several roles" => provider.Mint(new() { ["sub"] = "a", [Provider.RoleClaim] = new[] { "auditor", "administrator" } }),
            "an unknown role" => provider.Mint(new() { ["sub"] = "a", [Provider.RoleClaim] = "trusted" }),
            "no party" => provider.Mint(new() { ["sub"] = "a", [Provider.RoleClaim] = "reporter", ["tg_party"] = "urn:ex:party:provided" }),
            "a party that is no code" => provider.Mint(new() { ["sub"] = "a", [Provider.RoleClaim] = "reporter", [Provider.PartyClaim] = "we ourselves" }),
            "no district" => provider.Mint(new() { ["sub"] = "a", [Provider.RoleClaim] = "district-regulator", ["tg_district"] = "Yuzhong" }),
            "another audience" => provider.Mint(Auditor, one => one.Audience = "mail"),
            "expired" => provider.Mint(Auditor, one => (one.NotBefore, one.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddMinutes(-1))),
            "the provider in the name of the silo" => provider.Mint(new() { ["sub"] = "a", ["tg_role"] = "auditor" }, one => one.Issuer = LocalIssuer.Name),
            "the silo in the name of the provider" => provider.Mint(Auditor, one => one.SigningCredentials = new(silo.Issuer.Key, SecurityAlgorithms.EcdsaSha256)),
            "public key as secret" => provider.Mint(Auditor, one => one.SigningCredentials = Hmac(Encoding.UTF8.GetBytes(provider.Key.Rsa.ExportSubjectPublicKeyInfoPem()))),
            "modulus as secret" => provider.Mint(Auditor, one => one.SigningCredentials = Hmac(half.Modulus!)),
            "a key of its own in the header" => provider.Mint(Auditor, one =>
            {
                one.SigningCredentials = new(new RsaSecurityKey(other), SecurityAlgorithms.RsaSha256);
                var halfOfIt = other.ExportParameters(includePrivateParameters: false);
                one.AdditionalHeaderClaims = new Dictionary<string, object>
                {
                    ["jwk"] = new Dictionary<string, object> { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(halfOfIt.Modulus), ["e"] = Base64UrlEncoder.Encode(halfOfIt.Exponent) }, ["jku"] = "https://evil.example/keys",
                };
            }),
            _ => provider.Mint(Auditor, one => one.SigningCredentials = new(new RsaSecurityKey(other) { KeyId = "another" }, SecurityAlgorithms.RsaSha256)),
        };
        var (status, said, response) = await silo.Get(Private, token);
        Assert.True(status == 401, $"{status} {said}");
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains($"\"detail\":\"{named}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_is_gone_its_tokens_are_refused_and_nothing_breaks()
    {
        var gone = new AccessOptions(false, "", "http://127.0.0.1:9", AccessOptions.DefaultAudience, new("tg_role", "tg_party", "tg_district"));
        var presented = await new Tokens(gone, null, TimeProvider.System).Read(silo.Provider.Mint(Auditor));
        Assert.Null(presented.Caller);
        Assert.NotNull(presented.Problem);
    }
}
