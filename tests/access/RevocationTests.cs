using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Revocations;
using TraceGrains.Silo.Access;

namespace TraceGrains.Access.Tests;

/// <summary>Bearer tokens that are ended before their time.</summary>
public sealed class RevocationTests(Guarded silo)
{
    const string Private = "/epcis/events";

    static readonly TimeSpan bound = TimeSpan.FromSeconds(5);

    string TokenOf(string subject, DateTimeOffset? issued = null) => silo.Issuer.Mint(new() { Role = Role.Auditor, Subject = subject }, AccessOptions.DefaultAudience, issued ?? DateTimeOffset.UtcNow, TimeSpan.FromHours(1));

    static string IdOf(string token) => new JsonWebToken(token).Id;

    Task<JsonElement> Revoke(string id) => silo.Data($$"""mutation { revokeToken(id: "{{id}}") { revocation { tokenId subject by at until } refusal { reason } } }""", silo.Token(Role.Administrator));

    Task<JsonElement> RevokeAllOf(string subject) => silo.Data($$"""mutation { revokeTokensOf(subject: "{{subject}}") { revocation { tokenId subject at } refusal { reason } } }""", silo.Token(Role.Administrator));

    async Task IsRefused(string token)
    {
        var began = DateTimeOffset.UtcNow;
        while ((await silo.Get(Private, token)).Status != 401)
        {
            Assert.True(DateTimeOffset.UtcNow - began < bound, "it was still taken after five seconds");
            await Task.Delay(100);
        }
        Assert.Contains("not revoked", (await silo.Get(Private, token)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_refused_within_seconds_and_its_accounts_others_are_not()
    {
        var (token, other) = (TokenOf("revoked one"), TokenOf("revoked one"));
        Assert.Equal(200, (await silo.Get(Private, token)).Status);
        var first = (await Revoke(IdOf(token))).GetProperty("revokeToken").GetProperty("revocation");
        Assert.Equal("test administrator", first.GetProperty("by").GetString());
        await IsRefused(token);
        Assert.Equal(200, (await silo.Get(Private, other)).Status);
        // Said again, it stays as it was.
        Assert.Equal(first.ToString(), (await Revoke(IdOf(token))).GetProperty("revokeToken").GetProperty("revocation").ToString());
        var listed = (await silo.Data("{ tokenRevocations(first: 1000) { nodes { tokenId } pageInfo { hasNextPage } } }", silo.Token(Role.Auditor))).GetProperty("tokenRevocations").GetProperty("nodes");
        Assert.Single(listed.EnumerateArray(), one => one.GetProperty("tokenId").GetString() == IdOf(token));
    }

    [Fact]
    public async Task All_tokens_of_an_account_end_and_later_ones_are_good()
    {
        string[] before = [TokenOf("leaves"), TokenOf("leaves", DateTimeOffset.UtcNow.AddMinutes(-10)), silo.Provider.Mint(new() { ["sub"] = "leaves", [Provider.RoleClaim] = "auditor" })];
        foreach (var token in before) Assert.Equal(200, (await silo.Get(Private, token)).Status);
        await RevokeAllOf("leaves");
        foreach (var token in before) await IsRefused(token);
        Assert.Equal(200, (await silo.Get(Private, TokenOf("stays"))).Status);
        await Task.Delay(1_100);
        Assert.Equal(200, (await silo.Get(Private, TokenOf("leaves"))).Status);
    }

    [Fact]
    public async Task A_providers_token_without_an_id_is_known_by_what_was_signed()
    {
        var token = silo.Provider.Mint(new() { ["sub"] = "nameless", [Provider.RoleClaim] = "auditor", ["n"] = Guid.NewGuid().ToString() });
        var signed = token[..token.LastIndexOf('.')];
        await Revoke("sha256-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(signed))));
        await IsRefused(token);
    }

    [Fact]
    public async Task A_stream_ends_when_its_token_is_revoked()
    {
        var token = TokenOf("streams");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(JsonSerializer.Serialize(new { query = "subscription { violations { id } }" }), Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new("text/event-stream"));
        request.Headers.Authorization = new("Bearer", token);
        using var response = await silo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        await Revoke(IdOf(token));
        var began = DateTimeOffset.UtcNow;
        await response.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(20));
        // Five seconds, and something for a machine that has more to do.
        Assert.True(DateTimeOffset.UtcNow - began < TimeSpan.FromSeconds(9));
    }

    [Theory]
    [InlineData(Role.EnterpriseAdmin, "FORBIDDEN", "FORBIDDEN")]
    [InlineData(Role.CityRegulator, "FORBIDDEN", "FORBIDDEN")]
    [InlineData(Role.DistrictRegulator, "FORBIDDEN", "FORBIDDEN")]
    [InlineData(Role.Auditor, "FORBIDDEN", null)]
    [InlineData(Role.Administrator, null, null)]
    [InlineData(null, "UNAUTHENTICATED", "UNAUTHENTICATED")]
    public async Task Administrators_revoke_and_auditors_see_it(Role? role, string? revoking, string? reading)
    {
        var token = role is { } known ? silo.Token(known, RoleNames.IsOfEnterprise(known) ? "urn:ex:party:1" : null, role == Role.DistrictRegulator ? "500103" : null) : null;
        async Task<string?> Code(string query) => (await silo.Ask(query, token)).TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
        Assert.Equal(revoking, await Code("""mutation { revokeToken(id: "none") { revocation { at } } }"""));
        Assert.Equal(revoking, await Code("""mutation { revokeTokensOf(subject: "nobody") { revocation { at } } }"""));
        Assert.Equal(reading, await Code("{ tokenRevocations(first: 1) { nodes { at } } }"));
    }

    [Theory]
    [InlineData("""mutation { revokeToken(id: "") { revocation { at } } }""", "id")]
    [InlineData("""mutation { revokeTokensOf(subject: "") { revocation { at } } }""", "subject")]
    [InlineData("""{ tokenRevocations(after: "x") { nodes { at } } }""", "after")]
    public async Task Bad_input_is_told_by_its_field(string query, string field)
    {
        var error = (await silo.Ask(query, silo.Token(Role.Administrator))).GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal(("BAD_USER_INPUT", field), (error.GetProperty("code").GetString(), error.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData(-1, 400, 401)]
    [InlineData(-1, 366, 200)]
    [InlineData(2, 366, 401)]
    public async Task A_token_that_a_revocation_could_not_outlast_is_not_taken(int issuedInMinutes, int days, int status)
    {
        // 366 days from its issue, and none from the future: by then a revocation is forgotten.
        var issued = DateTime.UtcNow.AddMinutes(issuedInMinutes);
        var token = silo.Provider.Mint(new() { ["sub"] = "long", [Provider.RoleClaim] = "auditor" }, one => (one.IssuedAt, one.NotBefore, one.Expires) = (issued, DateTime.UtcNow.AddMinutes(-1), issued.AddDays(days)));
        Assert.Equal(status, (await silo.Get(Private, token)).Status);
    }

    [Fact]
    public async Task Revocations_outlive_the_silo()
    {
        var folder = Directory.CreateTempSubdirectory("tracegrains-revocations-");
        try
        {
            string token, gone;
            async Task<int> Ask(SiloProcess process, string with, string? query = null)
            {
                using var client = new HttpClient { BaseAddress = process.Address };
                using var request = new HttpRequestMessage(query is null ? HttpMethod.Get : HttpMethod.Post, query is null ? Private : "/graphql") { Headers = { Authorization = new("Bearer", with) } };
                if (query is not null) request.Content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
                using var response = await client.SendAsync(request);
                return (int)response.StatusCode;
            }
            await using (var process = await SiloProcess.Start(folder.FullName, "--shards", "2", "--access", "on"))
            {
                using var issuer = LocalIssuer.Open(Path.Combine(folder.FullName, "access-key.pem"), mayMake: false);
                string Mint(Role role) => issuer.Mint(new() { Role = role, Subject = "s" }, AccessOptions.DefaultAudience, DateTimeOffset.UtcNow, TimeSpan.FromHours(1));
                (token, gone) = (Mint(Role.Auditor), Mint(Role.Auditor));
                Assert.Equal(200, await Ask(process, Mint(Role.Administrator), $$"""mutation { revokeToken(id: "{{IdOf(gone)}}") { refusal { reason } } }"""));
                await process.Kill();
            }
            await using (var process = await SiloProcess.Start(folder.FullName, "--access", "on"))
                Assert.Equal((200, 401), (await Ask(process, token), await Ask(process, gone)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A list of revocations that can be out of reach.</summary>
    public class Lists : DispatchProxy
    {
        internal IRevocationsGrain Grain = null!;

        protected override object? Invoke(MethodInfo? method, object?[]? arguments) => Grain;
    }

    sealed class OneList : IRevocationsGrain
    {
        public Revocation[] Revocations { get; set; } = [];
        public long Version { get; set; }
        public bool IsAway { get; set; }
        public int Asked { get; private set; }

        public Task<RevocationsView?> Since(long version)
        {
            Asked++;
            if (IsAway) throw new InvalidOperationException("away");
            return Task.FromResult(version == Version ? null : new RevocationsView { Version = Version, Revocations = Revocations });
        }

        public Task<Revocation?> RevokeToken(string tokenId, string by) => throw new NotSupportedException();
        public Task<Revocation?> RevokeOwn(string tokenId, string subject, DateTimeOffset until) => throw new NotSupportedException();
        public Task<Revocation?> RevokeAllOf(string subject, string by) => throw new NotSupportedException();
    }

    [Fact]
    public async Task A_silo_asks_once_a_second_and_takes_nobodys_token_when_it_has_not_heard_for_five()
    {
        var (clock, list) = (new FakeTimeProvider(), new OneList());
        var grains = DispatchProxy.Create<IGrainFactory, Lists>();
        ((Lists)(object)grains).Grain = list;
        var revoked = new RevokedTokens(grains, clock);
        var token = new TokenIdentity("a", "s", clock.GetUtcNow(), clock.GetUtcNow().AddHours(1));
        for (var i = 0; i < 1_000; i++) Assert.False(await revoked.Contain(token));
        Assert.Equal(1, list.Asked);

        (list.Version, list.Revocations) = (1, [new() { Number = 1, TokenId = "a" }]);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await revoked.Contain(token));
        Assert.Equal(2, list.Asked);

        list.IsAway = true;
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.True(await revoked.Contain(token));
        Assert.False(await revoked.Contain(token with { Id = "b" }));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAsync<RevocationsUnknownException>(async () => await revoked.Contain(token with { Id = "b" }));
        list.IsAway = false;
        Assert.False(await revoked.Contain(token with { Id = "b" }));
        Assert.True(await revoked.Contain(token));
    }
}
