using System.Net;
using System.Text.Json;
using TraceGrains.Domain.Access;
using TraceGrains.Silo.SignIn;

namespace TraceGrains.Access.Tests;

/// <summary>Sessions of browsers: how they begin, for which requests they count, how they end.</summary>
public sealed class SignInTests(Guarded silo)
{
    const string Cookie = "tracegrains-session", Private = "/epcis/events", Violations = "{ violations { nodes { id } } }";

    string Own => silo.Address.GetLeftPart(UriPartial.Authority);

    Task<(int Status, string Body, HttpResponseMessage Response)> Post(string path, string? origin, string? cookie, params (string Name, string Value)[] fields) => silo.Send(HttpMethod.Post, path, also: request =>
    {
        request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
    });

    Task<(int Status, string Body, HttpResponseMessage Response)> With(string cookie, string path = Private, HttpMethod? method = null, string? body = null, params (string Name, string Value)[] headers) => silo.Send(method ?? HttpMethod.Get, path, body: body, also: request =>
    {
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
    });

    static string[] CookiesOf(HttpResponseMessage response) => response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];

    [Fact]
    public async Task A_token_begins_a_session_that_lasts_as_long_as_it_does_and_no_script_can_read()
    {
        var token = silo.Token(Role.Auditor);
        var (status, _, response) = await Post("/sign-in", Own, null, ("credential", $" Bearer {token}\n"), ("returnTo", "/graphql?x=1"));
        Assert.Equal((303, "/graphql?x=1"), (status, response.Headers.Location?.OriginalString));
        var cookie = Assert.Single(CookiesOf(response));
        Assert.StartsWith($"{Cookie}={token};", cookie, StringComparison.Ordinal);
        var attributes = cookie.Split("; ")[1..];
        Assert.Equal(["expires", "httponly", "path=/", "samesite=strict"], attributes.Select(one => one.StartsWith("expires=", StringComparison.Ordinal) ? "expires" : one).Order(StringComparer.Ordinal));
        var expires = DateTimeOffset.Parse(attributes.Single(one => one.StartsWith("expires=", StringComparison.Ordinal))["expires=".Length..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(expires, DateTimeOffset.UtcNow.AddMinutes(55), DateTimeOffset.UtcNow.AddMinutes(61));
        var (read, _, answer) = await With($"{Cookie}={token}");
        Assert.Equal(200, read);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Contains("Cookie", answer.Headers.Vary);
        Assert.Contains("auditLog", (await With($"{Cookie}={token}", "/console?lang=en")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machines_key_begins_one_too_which_ends_when_the_key_is_revoked()
    {
        var administrator = silo.Token(Role.Administrator);
        var made = (await silo.Data("""mutation { createApiKey(input: { name: "x", role: "auditor" }) { secret key { id } } }""", administrator)).GetProperty("createApiKey");
        var cookie = $"{Cookie}={made.GetProperty("secret").GetString()}";
        var (status, _, response) = await Post("/sign-in", Own, null, ("credential", made.GetProperty("secret").GetString()!));
        Assert.Equal((303, "/console"), (status, response.Headers.Location?.OriginalString));
        Assert.DoesNotContain("expires", Assert.Single(CookiesOf(response)), StringComparison.Ordinal);
        Assert.Equal(200, (await With(cookie)).Status);
        // Signing out ends the session alone: a machine goes on with the key.
        Assert.Equal(303, (await Post("/sign-out", Own, cookie)).Status);
        Assert.Equal(200, (await With(cookie)).Status);
        await silo.Data($$"""mutation { revokeApiKey(id: "{{made.GetProperty("key").GetProperty("id").GetString()}}") { key { id } } }""", administrator);
        Assert.Equal(401, (await With(cookie)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("let me in")]
    [InlineData("tgk_0_0")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task What_is_no_good_begins_none_and_is_told_without_being_repeated(string credential)
    {
        var (status, body, response) = await Post("/sign-in?lang=en", Own, null, ("credential", credential));
        Assert.Equal(401, status);
        Assert.Empty(CookiesOf(response));
        Assert.Contains("no good", body, StringComparison.Ordinal);
        if (credential.Length > 0) Assert.DoesNotContain(credential, body.Replace("tgk_…", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_administrators_key_begins_none_since_it_could_not_be_ended() =>
        Assert.Equal(401, (await Post("/sign-in", Own, null, ("credential", (await File.ReadAllTextAsync(Path.Combine(silo.Folder, "admin.key"))).Trim()))).Status);

    /// <summary>Nobody is signed in as somebody else by a page of another site.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    public async Task Only_a_page_of_this_server_signs_in_and_out(string? origin)
    {
        var token = silo.Token(Role.Auditor);
        var (status, _, response) = await Post("/sign-in", origin, null, ("credential", token));
        Assert.Equal(403, status);
        Assert.Empty(CookiesOf(response));
        (status, _, response) = await Post("/sign-out", origin, $"{Cookie}={token}");
        Assert.Equal(403, status);
        Assert.Empty(CookiesOf(response));
        Assert.Equal(200, (await silo.Get(Private, token)).Status);
    }

    [Fact]
    public async Task Who_is_signed_in_already_gets_another_session_and_keeps_nothing_of_the_first()
    {
        var (first, second) = (silo.Token(Role.Auditor), silo.Token(Role.CityRegulator));
        var (status, _, response) = await Post("/sign-in", Own, $"{Cookie}={first}", ("credential", second));
        Assert.Equal(303, status);
        Assert.StartsWith($"{Cookie}={second};", Assert.Single(CookiesOf(response)), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string?, string?, bool> Requests => new()
    {
        // Reading, by an own page, by an address that somebody typed, by what says nothing of where it comes from.
        { "GET", Private, null, "same-origin", true }, { "GET", Private, null, "none", true }, { "GET", Private, null, null, true }, { "GET", Private, "own", null, true },
        { "GET", Private, null, "cross-site", false }, { "GET", Private, null, "same-site", false }, { "GET", Private, "https://evil.example", null, false }, { "GET", Private, "null", null, false }, { "GET", Private, "https://evil.example", "same-origin", false },
        // Whatever may change something takes word that an own page does it.
        { "POST", "/graphql", "own", null, true }, { "POST", "/graphql", null, "same-origin", true }, { "POST", "/graphql", "own", "same-origin", true },
        { "POST", "/graphql", null, null, false }, { "POST", "/graphql", null, "none", false }, { "POST", "/graphql", "own", "cross-site", false }, { "POST", "/graphql", "own", "same-site", false },
        { "DELETE", "/epcis/queries/none", "own", null, true }, { "DELETE", "/epcis/queries/none", null, null, false }, { "DELETE", "/epcis/queries/none", "http://localhost", null, false },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_session_counts_for_this_servers_own_pages(string method, string path, string? origin, string? site, bool counts)
    {
        var headers = new List<(string, string)>();
        if (origin is not null) headers.Add(("Origin", origin == "own" ? Own : origin));
        if (site is not null) headers.Add(("Sec-Fetch-Site", site));
        var (status, body, _) = await With($"{Cookie}={silo.Token(Role.Auditor)}", path, new(method), method == "POST" ? JsonSerializer.Serialize(new { query = Violations }) : null, [.. headers]);
        if (path != "/graphql") Assert.True(counts ? status is not (401 or 403) : status == 401, $"{status} {body}");
        else Assert.True(counts ? body.Contains("nodes", StringComparison.Ordinal) : body.Contains("UNAUTHENTICATED", StringComparison.Ordinal) || status == 403, $"{status} {body}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_takes_the_session_from_this_servers_own_pages(bool isOwn)
    {
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Cookie", $"{Cookie}={silo.Token(Role.Auditor)}");
        if (isOwn) socket.Options.SetRequestHeader("Origin", Own);
        await socket.ConnectAsync(new Uri($"ws://{silo.Address.Authority}/graphql"), default);
        async Task Say(string text) => await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), System.Net.WebSockets.WebSocketMessageType.Text, true, default);
        var buffer = new byte[4096];
        async Task<string> Hear() => System.Text.Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, default).WaitAsync(TimeSpan.FromSeconds(30))).Count);
        await Say("""{"type":"connection_init"}""");
        await Hear();
        await Say(JsonSerializer.Serialize(new { type = "subscribe", id = "1", payload = new { query = Violations } }));
        Assert.Contains(isOwn ? "nodes" : "UNAUTHENTICATED", await Hear(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_comes_before_the_cookie()
    {
        var cookie = $"{Cookie}={silo.Token(Role.Auditor)}";
        Assert.Equal(403, (await With(cookie, headers: ("Authorization", $"Bearer {silo.Token(Role.Device, "urn:ex:party:1")}"))).Status);
        Assert.Equal(401, (await With(cookie, headers: ("Authorization", "Bearer let-me-in"))).Status);
    }

    [Fact]
    public async Task A_session_that_is_over_is_refused_and_its_person_led_to_the_start()
    {
        var cookie = $"{Cookie}={silo.Ending(-5)}";
        var (status, _, response) = await With(cookie);
        Assert.Equal(401, status);
        Assert.Contains("1970", Assert.Single(CookiesOf(response)), StringComparison.Ordinal);
        var (page, body, answer) = await With(cookie, "/sign-in?lang=en", headers: ("Accept", "text/html"));
        Assert.Equal(200, page);
        Assert.Contains("has ended", body, StringComparison.Ordinal);
        Assert.Contains("1970", Assert.Single(CookiesOf(answer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_token_everywhere_and_is_on_record()
    {
        var (token, same) = (silo.Token(Role.Auditor), silo.Token(Role.Auditor));
        var (status, _, response) = await Post("/sign-out", Own, $"{Cookie}={token}");
        Assert.Equal(303, status);
        Assert.StartsWith("/sign-in", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Contains("1970", Assert.Single(CookiesOf(response)), StringComparison.Ordinal);
        // At once on this silo, by whatever way it comes; another token of the same account stays.
        Assert.Equal((401, 401, 200), ((await silo.Get(Private, token)).Status, (await With($"{Cookie}={token}")).Status, (await silo.Get(Private, same)).Status));
        var id = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Id;
        var log = (await silo.Data("""{ auditLog(first: 1000, action: "POST /sign-out") { nodes { subject target outcome } } }""", silo.Token(Role.Auditor))).GetProperty("auditLog").GetProperty("nodes");
        Assert.Contains(log.EnumerateArray(), entry => entry.GetProperty("target").GetString()!.Contains(id, StringComparison.Ordinal) && entry.GetProperty("subject").GetString() == "test auditor" && entry.GetProperty("outcome").GetString() == "ok");
    }

    [Fact]
    public async Task A_program_ends_its_own_token_and_no_key()
    {
        var token = silo.Token(Role.Auditor);
        Assert.Equal(204, (await silo.Send(HttpMethod.Post, "/sign-out", token)).Status);
        Assert.Equal(401, (await silo.Get(Private, token)).Status);
        Assert.Equal(401, (await silo.Send(HttpMethod.Post, "/sign-out", token)).Status);
        var key = (await File.ReadAllTextAsync(Path.Combine(silo.Folder, "admin.key"))).Trim();
        Assert.Equal(400, (await silo.Send(HttpMethod.Post, "/sign-out", key)).Status);
    }

    [Fact]
    public async Task Signing_in_and_failing_to_are_on_record()
    {
        var token = silo.Issuer.Mint(new() { Role = Role.Auditor, Subject = "signs in" }, TraceGrains.Silo.Access.AccessOptions.DefaultAudience, DateTimeOffset.UtcNow, TimeSpan.FromHours(1));
        await Post("/sign-in", Own, null, ("credential", token));
        await Post("/sign-in", Own, $"{Cookie}={token}", ("credential", "let me in"));
        var log = (await silo.Data("""{ auditLog(first: 1000, action: "POST /sign-in") { nodes { subject outcome } } }""", silo.Token(Role.Auditor))).GetProperty("auditLog").GetProperty("nodes").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("subject").GetString()} {entry.GetProperty("outcome").GetString()}").ToList();
        Assert.Contains("signs in ok", log);
        Assert.Contains("anonymous 401", log);
        Assert.DoesNotContain("signs in 401", log);
    }

    [Theory]
    [InlineData("/graphql?query=%7B%7D", true)]
    [InlineData("/", true)]
    [InlineData("/01/09506000134352?lang=en#x", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/a\\b", false)]
    [InlineData("\\/evil.example", false)]
    [InlineData("https://evil.example/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("evil", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("/a\r\nSet-Cookie: a=b", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("/产品", false)]
    public async Task The_way_back_stays_on_this_server(string? to, bool isLocal)
    {
        Assert.Equal(isLocal, LocalPath.Is(to));
        if (to is null) return;
        var (status, _, response) = await Post("/sign-in", Own, null, ("credential", silo.Token(Role.Auditor)), ("returnTo", to));
        Assert.Equal((303, isLocal ? to : "/console"), (status, response.Headers.Location?.OriginalString));
        Assert.DoesNotContain("evil", (await With($"{Cookie}={silo.Token(Role.Auditor)}", "/sign-in?returnTo=" + Uri.EscapeDataString(to))).Body, StringComparison.Ordinal);
    }

    /// <summary>Roles differ in what they may ask, and none is led to what is not theirs.</summary>
    [Theory]
    [InlineData(Role.Device)]
    [InlineData(Role.Reporter)]
    [InlineData(Role.Quality)]
    [InlineData(Role.EnterpriseAdmin)]
    [InlineData(Role.DistrictRegulator)]
    [InlineData(Role.CityRegulator)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task Every_link_of_the_console_works_for_whom_it_is_shown(Role role)
    {
        var token = silo.Token(role, RoleNames.IsOfEnterprise(role) ? "urn:ex:party:console" : null, role == Role.DistrictRegulator ? "500103" : null);
        var (status, body, _) = await With($"{Cookie}={token}", "/console?lang=en");
        Assert.Equal(200, status);
        var links = System.Text.RegularExpressions.Regex.Matches(body, "href=\"(/[^\"]*)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        Assert.Contains("/graphql", links);
        foreach (var link in links)
            if (link.StartsWith("/graphql?", StringComparison.Ordinal))
                await silo.Data(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(link["/graphql?".Length..])["query"].ToString(), token);
            else
            {
                var found = (await With($"{Cookie}={token}", link, headers: ("Accept", "text/html, */*;q=0.1"))).Status;
                Assert.True(found == 200 || (found == 404 && link == "/transparency/tree-head"), $"{link}: {found}");
            }
        Assert.Equal(role == Role.Administrator, links.Contains("/dashboard/"));
        Assert.Contains(role == Role.DistrictRegulator ? "Yuzhong" : RoleNames.IsOfEnterprise(role) ? "urn:ex:party:console" : "test ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_looked_up_leads_to_its_page()
    {
        var (status, _, response) = await silo.Get("/console/look-up?code=" + Uri.EscapeDataString("https://id.gs1.org/01/09506000134352"));
        Assert.Equal(302, status);
        Assert.Equal("/identify/https%3A%2F%2Fid.gs1.org%2F01%2F09506000134352", response.Headers.Location?.OriginalString);
    }
}
