using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

public sealed class ApiKeyTests(Guarded silo)
{
    const string Party = "urn:ex:party:keys";

    Task<(int Status, string Body, HttpResponseMessage Response)> With(string key, bool asHeader = true) => silo.Send(HttpMethod.Get, "/epcis/events", also: request =>
    {
        if (asHeader) request.Headers.Add("X-API-Key", key);
        else request.Headers.TryAddWithoutValidation("Authorization", "ApiKey " + key);
    });

    static string Create(string role, string party = Party) => 
        $$"""mutation { createApiKey(input: { name: "ERP", role: "{{role}}", party: "{{party}}" }) { secret key { id role party revokedAt } refusal { reason message } } }""";

    [Fact]
    public async Task A_key_is_made_changed_and_revoked_without_a_break()
    {
        var admin = silo.Token(Role.EnterpriseAdmin, Party);
        var made = (await silo.Data(Create("reporter"), admin)).GetProperty("createApiKey");
        var (id, first) = (made.GetProperty("key").GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
        Assert.Equal(200, (await With(first)).Status);
        Assert.Equal(200, (await With(first, asHeader: false)).Status);

        var second = (await silo.Data($$"""mutation { rotateApiKey(id: "{{id}}", overlapDays: 1) { secret } }""", admin)).GetProperty("rotateApiKey").GetProperty("secret").GetString()!;
        Assert.Equal((200, 200), ((await With(first)).Status, (await With(second)).Status));
        var third = (await silo.Data($$"""mutation { rotateApiKey(id: "{{id}}", overlapDays: 0) { secret } }""", admin)).GetProperty("rotateApiKey").GetProperty("secret").GetString()!;
        Assert.Equal((401, 401, 200), ((await With(first)).Status, (await With(second)).Status, (await With(third)).Status));

        var listed = (await silo.Data($$"""{ apiKeys(party: "{{Party}}") { id name role by revokedAt } }""", admin)).GetProperty("apiKeys");
        Assert.DoesNotContain(third[^64..], listed.ToString(), StringComparison.Ordinal);
        Assert.Contains(listed.EnumerateArray(), one => one.GetProperty("id").GetString() == id);
        await silo.Data($$"""mutation { revokeApiKey(id: "{{id}}") { key { revokedAt } } }""", admin);
        Assert.Equal(401, (await With(third)).Status);
        Assert.Equal(401, (await With($"tgk_{id}_{new string('0', 64)}")).Status);
        Assert.DoesNotContain(third[^64..], await File.ReadAllTextAsync(Path.Combine(silo.Folder, "cases.db"), System.Text.Encoding.Latin1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_made_for_ones_own_machines_by_who_runs_its_accounts()
    {
        var admin = silo.Token(Role.EnterpriseAdmin, Party);
        async Task<string?> Code(string query, string? token) => (await silo.Ask(query, token)).TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
        Assert.Equal("FORBIDDEN", await Code(Create("reporter", "urn:ex:party:other"), admin));
        Assert.Equal("FORBIDDEN", await Code(Create("enterprise-admin"), admin));
        Assert.Equal("FORBIDDEN", await Code(Create("reporter"), silo.Token(Role.Quality, Party)));
        Assert.Equal("UNAUTHENTICATED", await Code(Create("reporter"), null));
        Assert.Equal("FORBIDDEN", await Code(Create("trusted", "urn:ex:party:other"), admin));
        Assert.Null(await Code(Create("enterprise-admin"), silo.Token(Role.Administrator)));
        var foreign = (await silo.Data(Create("device", "urn:ex:party:other"), silo.Token(Role.Administrator))).GetProperty("createApiKey").GetProperty("key").GetProperty("id").GetString();
        Assert.Equal("FORBIDDEN", await Code($$"""mutation { revokeApiKey(id: "{{foreign}}") { key { id } } }""", admin));
    }

    [Fact]
    public async Task What_cannot_be_done_with_a_key_is_refused_and_says_why()
    {
        var admin = silo.Token(Role.EnterpriseAdmin, Party);
        async Task<string> Refused(string field, string query)
        {
            var answer = (await silo.Data(query, admin)).GetProperty(field);
            Assert.Equal(JsonValueKind.Null, answer.GetProperty("key").ValueKind);
            Assert.DoesNotContain("tgk_", answer.ToString(), StringComparison.Ordinal);
            return $"{answer.GetProperty("refusal").GetProperty("reason").GetString()} {answer.GetProperty("refusal").GetProperty("message").GetString()!.Split(':')[0]}";
        }
        string Making(string more) => $$"""mutation { createApiKey(input: { {{more}}, party: "{{Party}}" }) { secret key { id } refusal { reason message } } }""";
        string Rotating(string id) => $$"""mutation { rotateApiKey(id: "{{id}}") { secret key { id } refusal { reason message } } }""";
        string Revoking(string id) => $$"""mutation { revokeApiKey(id: "{{id}}") { secret key { id revokedAt } refusal { reason message } } }""";
        Assert.Equal("FIELD_INVALID input.role", await Refused("createApiKey", Making("""name: "x", role: "trusted" """)));
        Assert.Equal("FIELD_INVALID input.name", await Refused("createApiKey", Making("""name: " ", role: "device" """)));
        Assert.Equal("FIELD_INVALID input.district", await Refused("createApiKey", Making("""name: "x", role: "device", district: "500103" """)));
        Assert.Equal("FIELD_INVALID input.expires", await Refused("createApiKey", Making("""name: "x", role: "device", expires: "2020-01-01T00:00:00Z" """)));
        var unknown = new string('0', 32);
        Assert.Equal("KEY_UNKNOWN id", await Refused("rotateApiKey", Rotating(unknown)));
        Assert.Equal("KEY_UNKNOWN id", await Refused("revokeApiKey", Revoking(unknown)));
        var id = (await silo.Data(Create("device"), admin)).GetProperty("createApiKey").GetProperty("key").GetProperty("id").GetString()!;
        var revoked = (await silo.Data(Revoking(id), admin)).ToString();
        Assert.Equal("KEY_REVOKED id", await Refused("rotateApiKey", Rotating(id)));
        Assert.Equal(revoked, (await silo.Data(Revoking(id), admin)).ToString());
    }

    [Fact]
    public async Task A_key_ends_at_its_time()
    {
        var expires = DateTimeOffset.UtcNow.AddSeconds(3);
        var key = (await silo.Data($$"""mutation { createApiKey(input: { name: "x", role: "reporter", party: "{{Party}}", expires: "{{expires:O}}" }) { secret } }""", silo.Token(Role.EnterpriseAdmin, Party)))
            .GetProperty("createApiKey").GetProperty("secret").GetString()!;
        if (DateTimeOffset.UtcNow < expires.AddSeconds(-1)) Assert.Equal(200, (await With(key)).Status);
        await Task.Delay(expires - DateTimeOffset.UtcNow is { Ticks: > 0 } left ? left + TimeSpan.FromMilliseconds(50) : TimeSpan.Zero);
        Assert.Equal(401, (await With(key)).Status);
    }

    [Theory]
    [InlineData("tgk_")]
    [InlineData("tgk_0_0")]
    [InlineData("TGK_{id}_{secret}")]
    [InlineData("tgk_{id}_{secret}0")]
    [InlineData("tgk_{id}_")]
    [InlineData("tgk_../../admin.key_{secret}")]
    public async Task What_only_looks_like_a_key_is_refused(string form)
    {
        var key = form.Replace("{id}", new('a', 32), StringComparison.Ordinal).Replace("{secret}", new('b', 64), StringComparison.Ordinal);
        Assert.Equal((401, 401), ((await With(key)).Status, (await With(key, asHeader: false)).Status));
    }
}
