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

    static string Create(string role, string party = Party) => $$"""mutation { createApiKey(input: { name: "ERP", role: "{{role}}", party: "{{party}}" }) { secret key { id role party revokedAt } } }""";

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
        await silo.Data($$"""mutation { revokeApiKey(id: "{{id}}") { revokedAt } }""", admin);
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
        Assert.Equal("BAD_USER_INPUT", await Code(Create("trusted"), admin));
        Assert.Null(await Code(Create("enterprise-admin"), silo.Token(Role.Administrator)));
        var foreign = (await silo.Data(Create("device", "urn:ex:party:other"), silo.Token(Role.Administrator))).GetProperty("createApiKey").GetProperty("key").GetProperty("id").GetString();
        Assert.Equal("FORBIDDEN", await Code($$"""mutation { revokeApiKey(id: "{{foreign}}") { id } }""", admin));
    }
}
