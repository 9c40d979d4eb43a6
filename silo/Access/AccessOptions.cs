using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Access;

/// <summary>What an administrator sets about access (<c>access</c>, <c>access:…</c>).</summary>
/// <param name="IsOpen">Whether everybody may do everything (<c>--access open</c>): for trying out, on a machine that nobody else reaches.</param>
/// <param name="KeyFile">File of the key that signs tokens of the silo itself (<c>--access:key FILE</c>); by default in the data folder.</param>
/// <param name="Authority">An OIDC issuer whose tokens are taken too (<c>--access:authority URL</c>); null for none.</param>
/// <param name="Audience">For whom its tokens have to be meant (<c>--access:audience NAME</c>).</param>
/// <param name="Claims">What its claims are called.</param>
/// <param name="ClientId">As which client of it this service has people sign in (<c>--access:clientId ID</c>); null where they bring tokens of their own.</param>
/// <param name="ClientSecret">That client's secret (<c>access:clientSecret</c>, better in the environment); null for a public client.</param>
/// <param name="Scope">What is asked for at sign-in (<c>--access:scope</c>).</param>
sealed record AccessOptions(bool IsOpen, string KeyFile, string? Authority, string Audience, ClaimNames Claims, string? ClientId = null, string? ClientSecret = null, string Scope = "openid")
{
    /// <summary>For whom tokens are meant, where nothing else is set.</summary>
    public const string DefaultAudience = "tracegrains";

    public static AccessOptions Read(IConfiguration configuration)
    {
        var isOpen = configuration["access"]?.ToLowerInvariant() switch
        {
            null or "on" => false,
            "open" => true,
            var other => throw new SettingException($"--access: expected on or open, found '{other}'"),
        };
        var authority = configuration["access:authority"];
        if (authority is not null && !(Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri is { Scheme: "http", IsLoopback: true })))
            throw new SettingException($"--access:authority: expected an https URL, or http on this machine, found '{authority}'");
        var (clientId, scope) = (configuration["access:clientId"], configuration["access:scope"] ?? "openid");
        if (clientId is { Length: > 0 } && authority is null) throw new SettingException("--access:clientId: expected an issuer to be that client of (--access:authority), found none");
        if (!scope.Split(' ').Contains("openid")) throw new SettingException($"--access:scope: expected scopes with openid among them, found '{scope}'");
        return new(isOpen, Path.GetFullPath(configuration["access:key"] ?? Path.Combine(configuration["data"] ?? "data", "access-key.pem")), authority, configuration["access:audience"] ?? DefaultAudience,
            new(configuration["access:claims:role"] ?? "tg_role", configuration["access:claims:party"] ?? "tg_party", configuration["access:claims:district"] ?? "tg_district"),
            clientId is { Length: > 0 } ? clientId : null, configuration["access:clientSecret"] is { Length: > 0 } secret ? secret : null, scope);
    }

    /// <summary>The name under which people know the provider at which they can sign in: its host; null where they cannot.</summary>
    public string? ProviderName => ClientId is null ? null : new Uri(Authority!).Host;
}

/// <summary>Names of the claims that say who somebody is here.</summary>
sealed record ClaimNames(string Role, string Party, string District);
