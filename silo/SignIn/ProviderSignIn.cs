using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TraceGrains.Domain.Access;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Labels;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.SignIn;

/// <summary>
/// Signing in at an OIDC provider: authorization code flow with PKCE (OpenID Connect Core 1.0, 3.1; RFC 7636; RFC 9207). What has to be known again when the browser comes back lies in a cookie of ten minutes; the silo remembers
/// nothing, so that any silo may take up what another began. The session is the token that the provider gives, checked as every bearer token is.
/// </summary>
sealed class ProviderSignIn(AccessOptions options, Tokens tokens, Credentials credentials, SessionCookie session, PublicAddress address, TimeProvider clock, ILogger<ProviderSignIn> log) : IDisposable
{
    const string Cookie = "tracegrains-signing-in";
    const int AnswerBytesMax = 256 * 1024;

    static readonly TimeSpan within = TimeSpan.FromMinutes(10), patience = TimeSpan.FromSeconds(10);

    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = patience, MaxResponseContentBufferSize = AnswerBytesMax };

    /// <summary>Sends the browser to the provider.</summary>
    public async Task<IResult> Begin(HttpContext http)
    {
        if (options.ClientId is not { } clientId) return Results.Problem(title: "No identity provider", detail: "this silo was given none to sign in at (access:authority, access:clientId)", statusCode: StatusCodes.Status404NotFound);
        if (await Provider(http) is not { } provider) return Away(http);
        var begun = new Begun(Random(), Random(), Random(), LocalPath.Of(http.Request.Query["returnTo"]));
        // Coming back from the provider is another site's doing, so this cookie is sent then too; it opens nothing by itself.
        http.Response.Cookies.Append(session.NameOf(http.Request, Cookie), begun.Write(), session.OptionsOf(http.Request, SameSiteMode.Lax, clock.GetUtcNow() + within));
        http.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(QueryHelpers.AddQueryString(provider.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = clientId, ["redirect_uri"] = Callback(http), ["scope"] = options.Scope, ["state"] = begun.State, ["nonce"] = begun.Nonce,
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(begun.Verifier))), ["code_challenge_method"] = "S256",
        }));
    }

    /// <summary>Takes up what the browser brings back.</summary>
    public async Task<IResult> Complete(HttpContext http)
    {
        var (words, query) = (SignInEndpoints.Words(http), http.Request.Query);
        var name = session.NameOf(http.Request, Cookie);
        http.Features.Set(new NotedAs(Caller.Anonymous, ""));
        if (options.ClientId is null || Begun.Read(http.Request.Cookies[name]) is not { } begun || query["state"] is not [{ } state] || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(begun.State)))
            return Refuse(http, LocalPath.Default, "state: expected that of a sign-in that was begun in this browser within ten minutes");
        http.Response.Cookies.Delete(name, session.OptionsOf(http.Request, SameSiteMode.Lax, null));
        if (await Provider(http) is not { } provider) return Away(http);
        if (query["iss"] is [{ } issuer] && issuer != provider.Issuer) return Refuse(http, begun.ReturnTo, "iss: expected the provider at which the sign-in was begun");
        if (query["error"] is [{ } error]) return Refuse(http, begun.ReturnTo, $"the provider said: {Short(error)} {Short(query["error_description"].ToString())}");
        if (query["code"] is not [{ Length: > 0 } code]) return Refuse(http, begun.ReturnTo, "code: expected one, found none");
        Answer given;
        try
        {
            given = await Redeem(provider, code, begun, Callback(http), http.RequestAborted);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            log.LogWarning(failure, "the identity provider gave no token for a code");
            return Refuse(http, begun.ReturnTo, "the provider gave no token for the code that it had given");
        }
        if (given.IdToken is not { } idToken) return Refuse(http, begun.ReturnTo, "id_token: expected one, found none");
        if (await tokens.ProblemOfIdToken(idToken, begun.Nonce) is { } problem) return Refuse(http, begun.ReturnTo, problem);
        // Access tokens of some providers are not for us to read; then the token that says who somebody is serves.
        var (token, presented) = (idToken, given.AccessToken is { } access ? await credentials.OfText(access) : Presented.Refused(""));
        if (presented is { Caller: not null, Token: not null } && tokens.SubjectOf(given.AccessToken!) == tokens.SubjectOf(idToken)) token = given.AccessToken!;
        else presented = await credentials.OfText(idToken);
        if (presented.Caller is not { } caller) return Refuse(http, begun.ReturnTo, presented.Problem!);
        SignInEndpoints.Begin(http, session, presented, caller, token);
        return SignInPages.SendOn(http, words, begun.ReturnTo);
    }

    async Task<Answer> Redeem(OpenIdConnectConfiguration provider, string code, Begun begun, string callback, CancellationToken stop)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = callback, ["client_id"] = options.ClientId!, ["code_verifier"] = begun.Verifier };
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint);
        if (options.ClientSecret is { } secret)
            // OpenID Connect Core 1.0, 9: Basic, unless the provider says that it knows only the other way.
            if (provider.TokenEndpointAuthMethodsSupported is { Count: > 0 } ways && !ways.Contains("client_secret_basic")) fields["client_secret"] = secret;
            else request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(options.ClientId!)}:{Uri.EscapeDataString(secret)}")));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = new FormUrlEncodedContent(fields);
        using var response = await client.SendAsync(request, stop);
        response.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stop));
        string? Text(string name) => body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return new(Text("id_token"), Text("access_token"));
    }

    async Task<OpenIdConnectConfiguration?> Provider(HttpContext http)
    {
        try
        {
            return await tokens.ProviderOf(http.RequestAborted) is { AuthorizationEndpoint.Length: > 0, TokenEndpoint.Length: > 0 } provider ? provider : null;
        }
        catch (InvalidOperationException failure)
        {
            log.LogWarning(failure, "the identity provider cannot be reached");
            return null;
        }
    }

    string Callback(HttpContext http) => address.Of(http.Request) + "/sign-in/callback";

    IResult Away(HttpContext http)
    {
        var words = SignInEndpoints.Words(http);
        return SignInPages.Send(http, SignInPages.SignIn(words, LocalPath.Default, options.ProviderName, new(false, words.Of("暂时无法连接统一身份认证。", "The identity provider cannot be reached at the moment."))), StatusCodes.Status503ServiceUnavailable);
    }

    IResult Refuse(HttpContext http, string returnTo, string problem)
    {
        var words = SignInEndpoints.Words(http);
        return SignInPages.Send(http, SignInPages.SignIn(words, returnTo, options.ProviderName, new(false, words.Of("统一身份认证登录未成功。", "Signing in at the identity provider did not succeed."), problem)), StatusCodes.Status401Unauthorized);
    }

    static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    static string Short(string text) => text.Length > 200 ? text[..200] + "…" : text;

    public void Dispose() => client.Dispose();

    readonly record struct Answer(string? IdToken, string? AccessToken);

    /// <summary>A sign-in under way.</summary>
    sealed record Begun(string State, string Nonce, string Verifier, string ReturnTo)
    {
        public string Write() => $"{State}.{Nonce}.{Verifier}.{WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(ReturnTo))}";

        public static Begun? Read(string? cookie)
        {
            try
            {
                return cookie?.Split('.') is [{ Length: > 0 } state, { Length: > 0 } nonce, { Length: > 0 } verifier, { } to] ? new(state, nonce, verifier, LocalPath.Of(Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(to)))) : null;
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}
