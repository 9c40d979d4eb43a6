using System.Globalization;
using TraceGrains.GraphQL;

namespace TraceGrains.Silo.Hosting;

/// <summary>What an administrator sets about the GraphQL surface (<c>graphql:…</c>).</summary>
static class GraphQLSettings
{
    public static SurfaceOptions Read(IConfiguration configuration)
    {
        var origins = (configuration["graphql:origins"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var origin in origins)
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.GetLeftPart(UriPartial.Authority) != origin.ToLowerInvariant())
                throw new SettingException($"--graphql:origins: expected origins such as https://console.example, with commas between, found '{origin}'");
        return new SurfaceOptions { Origins = origins, SignInPath = "/sign-in", StreamsMax = Streams(configuration["graphql:streams"]) ?? new SurfaceOptions().StreamsMax };
    }

    static int? Streams(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100_000 ? number
        : throw new SettingException($"--graphql:streams: expected 0 to 100000, found '{text}'");
}
