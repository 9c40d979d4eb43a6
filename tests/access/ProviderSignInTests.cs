using Microsoft.AspNetCore.WebUtilities;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>Signing in at an identity provider, step by step as a browser takes them.</summary>
[Collection("provider")]
public sealed class ProviderSignInTests(Guarded silo) : IDisposable
{
    const string Pending = "tracegrains-signing-in", Session = "tracegrains-session";

    Task<(int Status, string Body, HttpResponseMessage Response)> Get(string path, string? cookie) => silo.Send(HttpMethod.Get, path, also: request =>
    {
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
    });

    static string? CookieOf(HttpResponseMessage response, string name) => response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.FirstOrDefault(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal)) : null;

    /// <summary>Begins, goes to the provider, and comes back: the address to call, and the cookie of the sign-in under way.</summary>
    async Task<(string Callback, string Cookie)> Begin(string returnTo = "/graphql")
    {
        var (status, _, response) = await Get("/sign-in/provider?returnTo=" + Uri.EscapeDataString(returnTo), null);
        Assert.Equal(302, status);
        var pending = CookieOf(response, Pending)!;
        Assert.Contains("samesite=lax", pending, StringComparison.Ordinal);
        Assert.Contains("httponly", pending, StringComparison.Ordinal);
        var (there, _, back) = await silo.Send(HttpMethod.Get, response.Headers.Location!.OriginalString);
        Assert.Equal(302, there);
        Assert.StartsWith(silo.Address + "sign-in/callback?", back.Headers.Location!.OriginalString, StringComparison.Ordinal);
        return (back.Headers.Location!.PathAndQuery, pending.Split(';')[0]);
    }

    [Fact]
    public async Task The_session_is_the_token_that_the_provider_gives()
    {
        var (callback, cookie) = await Begin();
        var (status, body, response) = await Get(callback, cookie);
        Assert.True(status == 200, body);
        Assert.Equal("0; url=/graphql", response.Headers.GetValues("Refresh").Single());
        Assert.Contains("1970", CookieOf(response, Pending), StringComparison.Ordinal);
        var session = CookieOf(response, Session)!;
        Assert.Contains("samesite=strict", session, StringComparison.Ordinal);
        Assert.Equal(200, (await Get("/epcis/events", session.Split(';')[0])).Status);
        Assert.Contains("at the provider", (await Get("/console", session.Split(';')[0])).Body, StringComparison.Ordinal);
        // A code is good once.
        Assert.Equal(401, (await Get(callback, cookie)).Status);
    }

    [Fact]
    public async Task Where_only_the_provider_reads_access_tokens_the_other_one_serves()
    {
        silo.Provider.SaysAtSignIn = asked => Provider.WellMeant(asked) with { AccessClaims = null };
        var (callback, cookie) = await Begin("//evil.example");
        var (status, body, response) = await Get(callback, cookie);
        Assert.True(status == 200, body);
        Assert.Equal("0; url=/console", response.Headers.GetValues("Refresh").Single());
        Assert.Equal(200, (await Get("/epcis/events", CookieOf(response, Session)!.Split(';')[0])).Status);
    }

    [Theory]
    [InlineData("no cookie", "state:")]
    [InlineData("another sign-in's cookie", "state:")]
    [InlineData("another state", "state:")]
    [InlineData("another provider", "iss:")]
    [InlineData("the provider refuses", "access_denied")]
    [InlineData("no code", "code:")]
    [InlineData("another code", "no token")]
    [InlineData("another sign-in's code", "no token")]
    [InlineData("another nonce", "nonce:")]
    [InlineData("meant for another client", "id_token:")]
    [InlineData("no role", "roles:")]
    public async Task Whatever_does_not_belong_together_begins_no_session(string how, string named)
    {
        silo.Provider.SaysAtSignIn = asked => how switch
        {
            "another nonce" => Provider.WellMeant(asked) with { Nonce = "another" },
            "meant for another client" => Provider.WellMeant(asked) with { IdAudience = "tracegrains" },
            "no role" => Provider.WellMeant(asked) with { IdClaims = new() { ["sub"] = "a" }, AccessClaims = null },
            _ => Provider.WellMeant(asked),
        };
        var (callback, cookie) = await Begin();
        var other = await Begin();
        var query = QueryHelpers.ParseQuery(callback[callback.IndexOf('?', StringComparison.Ordinal)..]).ToDictionary(one => one.Key, one => (string?)one.Value.ToString());
        switch (how)
        {
            case "no cookie": cookie = null; break;
            case "another sign-in's cookie": cookie = other.Cookie; break;
            case "another state": query["state"] = "x"; break;
            case "another provider": query["iss"] = "https://evil.example"; break;
            case "the provider refuses": (query["error"], _) = ("access_denied", query.Remove("code")); break;
            case "no code": query.Remove("code"); break;
            case "another code": query["code"] = "x"; break;
            case "another sign-in's code": query["code"] = QueryHelpers.ParseQuery(other.Callback[other.Callback.IndexOf('?', StringComparison.Ordinal)..])["code"]; break;
        }
        var (status, body, response) = await Get(QueryHelpers.AddQueryString("/sign-in/callback", query), cookie);
        Assert.Equal(401, status);
        Assert.Contains(named, body, StringComparison.Ordinal);
        Assert.Null(CookieOf(response, Session));
    }

    [Fact]
    public async Task An_access_token_of_somebody_else_is_not_taken_with_ones_own()
    {
        silo.Provider.SaysAtSignIn = asked => Provider.WellMeant(asked) with { AccessClaims = new() { ["sub"] = "somebody else", [Provider.RoleClaim] = "administrator" } };
        var (callback, cookie) = await Begin();
        var session = CookieOf((await Get(callback, cookie)).Response, Session)!.Split(';')[0];
        Assert.Contains("at the provider", (await Get("/console", session)).Body, StringComparison.Ordinal);
    }

    public void Dispose() => silo.Provider.SaysAtSignIn = Provider.WellMeant;
}
