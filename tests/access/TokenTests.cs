using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TraceGrains.Domain.Access;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Commands;

namespace TraceGrains.Access.Tests;

public sealed class TokenTests(Guarded silo)
{
    const string Private = "/epcis/events", Public = "/identify?text=https://id.gs1.org/01/09506000134352";

    static readonly DateTimeOffset now = DateTimeOffset.UtcNow;

    static string Part(string json) => Base64UrlEncoder.Encode(json);

    string Mint(Action<SecurityTokenDescriptor>? change = null, Dictionary<string, object>? claims = null, SigningCredentials? signing = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = LocalIssuer.Name, Audience = AccessOptions.DefaultAudience, Claims = claims ?? new() { ["sub"] = "x", ["tg_role"] = "auditor" }, NotBefore = now.UtcDateTime.AddMinutes(-1), IssuedAt = now.UtcDateTime,
            Expires = now.UtcDateTime.AddHours(1), SigningCredentials = signing ?? new(silo.Issuer.Key, SecurityAlgorithms.EcdsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    [Fact]
    public async Task A_good_token_opens_what_its_role_may_read() => Assert.Equal(200, (await silo.Get(Private, Mint())).Status);

    public static TheoryData<string> BadTokens => ["forged", "none", "none with a signature", "public key as secret", "expired", "not yet", "no end", "another audience", "another issuer", "no role", "unknown role", "no party", "no district", "one bit", "no token"];

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Credentials_that_are_no_good_are_refused_and_are_not_nobodys(string how)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var good = Mint();
        var body = good.Split('.')[1];
        var token = how switch
        {
            "forged" => Mint(signing: new(new ECDsaSecurityKey(other) { KeyId = silo.Issuer.Key.KeyId }, SecurityAlgorithms.EcdsaSha256)),
            "none" => $"{Part("""{"alg":"none","typ":"JWT"}""")}.{body}.",
            "none with a signature" => $"{Part("""{"alg":"none","typ":"JWT"}""")}.{body}.{good.Split('.')[2]}",
            "public key as secret" => Mint(signing: new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(silo.Issuer.Key.ECDsa.ExportSubjectPublicKeyInfoPem())), SecurityAlgorithms.HmacSha256)),
            "expired" => Mint(one => (one.NotBefore, one.Expires) = (now.UtcDateTime.AddHours(-2), now.UtcDateTime.AddMinutes(-1))),
            "not yet" => Mint(one => (one.NotBefore, one.Expires) = (now.UtcDateTime.AddMinutes(10), now.UtcDateTime.AddHours(2))),
            "no end" => Mint(one => one.Expires = null),
            "another audience" => Mint(one => one.Audience = "somebody-else"),
            "another issuer" => Mint(one => one.Issuer = "https://evil.example"),
            "no role" => Mint(claims: new() { ["sub"] = "x" }),
            "unknown role" => Mint(claims: new() { ["sub"] = "x", ["tg_role"] = "trusted" }),
            "no party" => Mint(claims: new() { ["sub"] = "x", ["tg_role"] = "quality" }),
            "no district" => Mint(claims: new() { ["sub"] = "x", ["tg_role"] = "district-regulator", ["tg_district"] = "50010" }),
            "one bit" => good[..^2] + (good[^2] == 'A' ? 'B' : 'A') + good[^1],
            _ => "let-me-in",
        };
        foreach (var path in new[] { Private, Public })
        {
            var (status, said, response) = await silo.Get(path, token);
            Assert.True(status == 401, $"{path}: {status} {said}");
            Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Two_credentials_at_once_are_refused() =>
        Assert.Equal(401, (await silo.Send(HttpMethod.Get, Public, Mint(), also: request => request.Headers.Add("X-API-Key", "tgk_x"))).Status);

    [Fact]
    public async Task The_command_makes_tokens_that_are_good_and_says_which_option_is_wrong()
    {
        async Task<(int, string, string)> Run(params string[] arguments)
        {
            var (output, error) = (new StringWriter(), new StringWriter());
            return (await CommandLine.Run(["token", "--data", silo.Folder, .. arguments], output, error, default), output.ToString().Trim(), error.ToString().Trim());
        }
        var (code, token, _) = await Run("--role", "city-regulator", "--name", "Wang");
        Assert.Equal(0, code);
        Assert.Equal(200, (await silo.Get(Private, token)).Status);
        Assert.Equal(200, (await silo.Get(Private, (await Run("--role", "quality", "--party", "urn:ex:party:1")).Item2)).Status);
        Assert.Equal((2, ""), ((await Run("--role", "king")) is var (refused, said, why) && why.StartsWith("--role:", StringComparison.Ordinal) ? refused : -1, said));
        Assert.StartsWith("--party:", (await Run("--role", "quality")).Item3, StringComparison.Ordinal);
        Assert.StartsWith("--district:", (await Run("--role", "district-regulator")).Item3, StringComparison.Ordinal);
        Assert.StartsWith("--days:", (await Run("--role", "auditor", "--days", "0")).Item3, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_the_silos_users_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(silo.Folder, "access-key.pem")));
    }

    [Fact]
    public async Task The_administrators_key_makes_an_administrator()
    {
        var key = (await File.ReadAllTextAsync(Path.Combine(silo.Folder, "admin.key"))).Trim();
        Assert.Equal(200, (await silo.Get("/dashboard/", key)).Status is 200 or 301 or 302 ? 200 : 0);
        Assert.Equal(403, (await silo.Get("/dashboard/", silo.Token(Role.CityRegulator))).Status);
        Assert.Equal(401, (await silo.Get("/dashboard/")).Status);
    }
}
