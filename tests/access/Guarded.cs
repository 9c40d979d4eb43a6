using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Access;
using TraceGrains.Silo.Access;

[assembly: AssemblyFixture(typeof(TraceGrains.Access.Tests.Guarded))]
// Most of them wait for the end of something.
[assembly: Xunit.v3.Parallelization(MaxThreads = 6)]

namespace TraceGrains.Access.Tests;

/// <summary>A silo with access control on, and credentials for everybody.</summary>
public sealed class Guarded : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("tracegrains-access-").FullName;
    SiloProcess process = null!;
    LocalIssuer issuer = null!;
    Provider provider = null!;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => process.Address;

    internal LocalIssuer Issuer => issuer;

    /// <summary>The identity provider whose tokens the silo takes too.</summary>
    internal Provider Provider => provider;

    public string Folder => folder;

    public string Said => process.Said;

    public async ValueTask InitializeAsync()
    {
        provider = await Provider.Start();
        process = await SiloProcess.Start(folder, "--shards", "2", "--access", "on", "--subscriptions:private", "true", "--access:authority", provider.Address, "--access:claims:role", Provider.RoleClaim, "--access:claims:party", Provider.PartyClaim,
            "--access:clientId", Provider.ClientId, "--access:clientSecret", Provider.ClientSecret);
        issuer = LocalIssuer.Open(Path.Combine(folder, "access-key.pem"), mayMake: false);
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>A token for a role; an enterprise's is for the given party, a district regulator's for the given district.</summary>
    public string Token(Role role, string? party = null, string? district = null) => issuer.Mint(
        new() { Role = role, Subject = $"test {RoleNames.Of(role)}", Party = party, District = district }, AccessOptions.DefaultAudience, DateTimeOffset.UtcNow, TimeSpan.FromHours(1));

    /// <summary>An auditor's token that is taken for some seconds more: 30 s beyond its end are allowed for clocks that differ.</summary>
    public string Ending(int seconds) => issuer.Mint(new() { Role = Role.Auditor, Subject = "ending" }, AccessOptions.DefaultAudience, DateTimeOffset.UtcNow.AddMinutes(-1), TimeSpan.FromSeconds(30 + seconds));

    public async Task<(int Status, string Body, HttpResponseMessage Response)> Send(HttpMethod method, string path, string? token = null, string? body = null, string contentType = "application/json", Action<HttpRequestMessage>? also = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        also?.Invoke(request);
        var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public Task<(int Status, string Body, HttpResponseMessage Response)> Get(string path, string? token = null) => Send(HttpMethod.Get, path, token);

    /// <summary>The whole answer of a GraphQL operation.</summary>
    public async Task<JsonElement> Ask(string query, string? token)
    {
        var (_, body, _) = await Send(HttpMethod.Post, "/graphql", token, JsonSerializer.Serialize(new { query }));
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The data of a GraphQL operation that is to go well.</summary>
    public async Task<JsonElement> Data(string query, string? token)
    {
        var answer = await Ask(query, token);
        Assert.False(answer.TryGetProperty("errors", out _), answer.ToString());
        return answer.GetProperty("data");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        issuer.Dispose();
        await process.DisposeAsync();
        await provider.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
