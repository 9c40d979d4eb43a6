using System.Net.Http.Headers;
using System.Text;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.Silo.Operations;

namespace TraceGrains.Silo.Access;

/// <summary>Finds out who sends a request, by what it brings: a bearer token, a machine's key, the administrator's key, or a session's cookie with one of the first two. Who brings nothing is anybody; who brings something that is no good is refused, not anybody.</summary>
sealed class Credentials(AccessOptions options, Tokens tokens, RevokedTokens revoked, SessionCookie session, AdminKeyHolder admin, IGrainFactory grains, TimeProvider clock) : IConnectionCredentials
{
    const string ApiKeyHeader = "X-API-Key", ApiKeyScheme = "ApiKey";

    /// <summary>How long somebody may go on with credentials before they are looked at again: with the second for which a silo may not know of a revoked token, a stream ends within 5 s of that.</summary>
    static readonly TimeSpan lookAgain = TimeSpan.FromSeconds(4), leastPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Who sends a request.</summary>
    public async Task<Presented> Of(HttpRequest request)
    {
        if (options.IsOpen) return Open(request.Headers.Authorization);
        var (authorization, key) = (request.Headers.Authorization, request.Headers[ApiKeyHeader]);
        if (authorization.Count + key.Count > 1) return Presented.Refused($"Authorization, {ApiKeyHeader}: expected one of them, once");
        if (key.Count == 1) return await OfApiKey(key.ToString());
        if (authorization.Count == 1) return await Of(authorization.ToString());
        return session.In(request) is { } credential ? await OfText(credential) with { IsSession = true } : new Presented(Caller.Anonymous, null);
    }

    /// <summary>Who has a token or a machine's key, as people paste it and sessions keep it.</summary>
    public Task<Presented> OfText(string credential) => ApiKeyText.TryRead(credential, out _, out _) ? OfApiKey(credential) : OfToken(credential);

    public string? In(HttpRequest request) => options.IsOpen ? null
        : request.Headers[ApiKeyHeader].ToString() is { Length: > 0 } key ? $"{ApiKeyScheme} {key}"
        : request.Headers.Authorization.ToString() is { Length: > 0 } authorization ? authorization
        : session.In(request) is { } credential ? $"{(ApiKeyText.TryRead(credential, out _, out _) ? ApiKeyScheme : "Bearer")} {credential}" : null;

    public async Task Ended(string authorization, CancellationToken stop)
    {
        while (true)
        {
            var pause = lookAgain;
            try
            {
                if (await Of(authorization) is not { Caller: not null } presented) return;
                if (presented.Until - clock.GetUtcNow() is { } left && left < pause) pause = left < leastPause ? leastPause : left;
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                // That a key or a revocation cannot be looked up at the moment does not make the credentials bad.
            }
            await Task.Delay(pause, clock, stop);
        }
    }

    /// <summary>Who presents these credentials, written as in the header <c>Authorization</c>.</summary>
    public Task<Presented> Of(string authorization)
    {
        if (options.IsOpen) return Task.FromResult(Open(authorization));
        if (!AuthenticationHeaderValue.TryParse(authorization, out var given) || given.Parameter is not { Length: > 0 } value)
            return Task.FromResult(Presented.Refused("Authorization: expected Bearer and a token, or ApiKey and a key"));
        return given.Scheme.ToLowerInvariant() switch
        {
            "bearer" => admin.Opens(value) ? Task.FromResult(Administrator) : OfToken(value),
            "apikey" => OfApiKey(value),
            "basic" => Task.FromResult(admin.Opens(PasswordOf(value)) ? Administrator : Presented.Refused("Authorization: expected user admin with the administrator's key")),
            _ => Task.FromResult(Presented.Refused("Authorization: expected Bearer and a token, or ApiKey and a key")),
        };
    }

    async Task<Caller?> IConnectionCredentials.Read(string authorization) => (await Of(authorization)).Caller;

    /// <summary>Everybody is trusted; only who brings the administrator's key is that.</summary>
    Presented Open(string? authorization) => AuthenticationHeaderValue.TryParse(authorization, out var given) && (admin.Opens(given.Parameter) || admin.Opens(PasswordOf(given.Parameter ?? ""))) ? Administrator : new(Caller.Trusted, null);

    static Presented Administrator { get; } = new(new() { Role = Role.Administrator, Subject = "admin.key" }, null);

    async Task<Presented> OfToken(string token) =>
        await tokens.Read(token) is var presented && presented is { Caller: not null, Token: { } identity } && await revoked.Contain(identity) ? Presented.Refused("Authorization: expected a token that was not revoked") : presented;

    async Task<Presented> OfApiKey(string key)
    {
        if (ApiKeyText.TryRead(key, out var id, out var secret) && await grains.GetGrain<IApiKeyGrain>(ApiKeyKey.Of(id)).Check(ApiKeyText.HashOf(secret)) is { } caller) return new(caller, null);
        return Presented.Refused("expected a key that is known, not revoked and whose time is not over");
    }

    static string? PasswordOf(string base64)
    {
        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(base64));
            return pair.StartsWith("admin:", StringComparison.Ordinal) ? pair["admin:".Length..] : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>The administrator's key, where there is one.</summary>
sealed class AdminKeyHolder(AdminKey? key)
{
    public bool Opens(string? presented) => key?.Opens(presented) == true;
}
