using TraceGrains.Domain.Access;
using TraceGrains.Silo.Access;

namespace TraceGrains.Access.Tests;

/// <summary>What proxies say of who sends a request, and by what way.</summary>
public sealed class ProxyTests(Guarded silo)
{
    /// <summary>Answers of one silo to a request at a time: status, and the cookie that it set.</summary>
    static async Task<(int Status, string Cookie)> SignIn(HttpClient client, string token, string scheme, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("credential", token)]) };
        request.Headers.TryAddWithoutValidation("Origin", $"{scheme}://{client.BaseAddress!.Authority}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : "");
    }

    [Fact]
    public async Task A_named_proxy_is_believed()
    {
        var folder = Directory.CreateTempSubdirectory("tracegrains-proxies-");
        try
        {
            await using var process = await SiloProcess.Start(folder.FullName, "--shards", "2", "--access", "on", "--proxies", "127.0.0.1, 10.0.0.0/8", "--limits:perSecond", "1", "--limits:burst", "5");
            using var issuer = LocalIssuer.Open(Path.Combine(folder.FullName, "access-key.pem"), mayMake: false);
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = process.Address };
            var token = issuer.Mint(new() { Role = Role.Auditor, Subject = "s" }, AccessOptions.DefaultAudience, DateTimeOffset.UtcNow, TimeSpan.FromHours(1));
            var (status, cookie) = await SignIn(client, token, "https", ("X-Forwarded-Proto", "https"));
            Assert.Equal(303, status);
            Assert.StartsWith("__Host-tracegrains-session=", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.Ordinal);
            // What came in by https is not for a page that came by plain http.
            Assert.Equal(403, (await SignIn(client, token, "http", ("X-Forwarded-Proto", "https"))).Status);

            async Task<int> From(string forwarded)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/transparency/keys");
                request.Headers.Add("X-Forwarded-For", forwarded);
                using var response = await client.SendAsync(request);
                return (int)response.StatusCode;
            }
            // Each sender has a rate of its own; what stands before the last address that is no proxy's is anybody's invention.
            var answers = new List<int>();
            for (var i = 0; i < 20; i++) answers.Add(await From($"198.51.100.{i}, 203.0.113.1, 10.0.0.1"));
            Assert.Contains(429, answers);
            Assert.Equal(200, await From("203.0.113.2"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Nobody_elses_word_counts()
    {
        var (status, cookie) = await SignIn(silo.Http, silo.Token(Role.Auditor), "http", ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.1"));
        Assert.Equal(303, status);
        Assert.StartsWith("tracegrains-session=", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_none_ends_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("tracegrains-proxies-");
        try
        {
            var (code, _, errors) = await SiloProcess.RunToEnd(folder.FullName, "--shards", "2", "--proxies", "the-proxy", "--urls", "http://127.0.0.1:0");
            Assert.Equal(1, code);
            Assert.Contains(errors, line => line.StartsWith("--proxies:", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
