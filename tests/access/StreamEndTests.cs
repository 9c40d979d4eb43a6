using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>What goes on for long ends with the credentials it was begun with.</summary>
public sealed class StreamEndTests(Guarded silo)
{
    const string Violations = "subscription { violations { id } }", Party = "urn:ex:party:streams";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(25);

    /// <summary>Opens a stream of events and reads to its end; how it ended, and after how long.</summary>
    async Task<TimeSpan> Follow(Action<HttpRequestMessage> credentials, Func<Task>? meanwhile = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(JsonSerializer.Serialize(new { query = Violations }), Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new("text/event-stream"));
        credentials(request);
        var began = DateTimeOffset.UtcNow;
        using var response = await silo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(patience);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        if (meanwhile is not null) await meanwhile();
        // In good order: a stream that breaks off makes this throw.
        Assert.DoesNotContain("error", await response.Content.ReadAsStringAsync().WaitAsync(patience), StringComparison.Ordinal);
        return DateTimeOffset.UtcNow - began;
    }

    [Fact]
    public async Task A_stream_of_events_ends_with_its_token()
    {
        var token = silo.Ending(4);
        var took = await Follow(request => request.Headers.Authorization = new("Bearer", token));
        Assert.True(took < TimeSpan.FromSeconds(15), $"{took}");
        Assert.Equal(401, (await silo.Get("/epcis/events", token)).Status);
    }

    [Fact]
    public async Task A_stream_of_events_ends_when_its_key_is_revoked()
    {
        var admin = silo.Token(Role.EnterpriseAdmin, Party);
        var made = (await silo.Data($$"""mutation { createApiKey(input: { name: "x", role: "quality", party: "{{Party}}" }) { secret key { id } } }""", admin)).GetProperty("createApiKey");
        await Follow(request => request.Headers.Add("X-API-Key", made.GetProperty("secret").GetString()),
            () => silo.Data($$"""mutation { revokeApiKey(id: "{{made.GetProperty("key").GetProperty("id").GetString()}}") { key { id } } }""", admin));
    }

    [Fact]
    public async Task An_operation_on_a_reserved_stream_ends_with_its_token_and_the_stream_goes_on()
    {
        var reserved = (await silo.Send(HttpMethod.Put, "/graphql")).Body;
        using var open = new HttpRequestMessage(HttpMethod.Get, "/graphql");
        open.Headers.Accept.Add(new("text/event-stream"));
        open.Headers.Add("X-GraphQL-Event-Stream-Token", reserved);
        using var stream = await silo.Http.SendAsync(open, HttpCompletionOption.ResponseHeadersRead);
        Task<(int Status, string Body, HttpResponseMessage Response)> Operate(string token) => silo.Send(HttpMethod.Post, "/graphql", token,
            JsonSerializer.Serialize(new { query = Violations, extensions = new { operationId = "1" } }), also: request => request.Headers.Add("X-GraphQL-Event-Stream-Token", reserved));
        Assert.Equal(202, (await Operate(silo.Ending(10))).Status);
        Assert.Equal(409, (await Operate(silo.Token(Role.Auditor))).Status);   // Its id is in use while it runs.
        for (var left = 40; (await Operate(silo.Token(Role.Auditor))).Status == 409; left--)
        {
            Assert.True(left > 0);
            await Task.Delay(1_000);
        }
    }
}
