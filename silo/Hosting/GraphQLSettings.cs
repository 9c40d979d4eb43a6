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
        var usual = new SurfaceOptions();
        int Number(string name, int least, int most, long otherwise) => configuration[$"graphql:{name}"] is not { } text ? (int)otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new SettingException($"--graphql:{name}: expected {least} to {most}, found '{text}'");
        return new SurfaceOptions
        {
            Origins = origins, SignInPath = "/sign-in", StreamsMax = Number("streams", 0, 100_000, usual.StreamsMax),
            CostMax = new(Number("ledgerRows", 1_000, 1_000_000_000, usual.CostMax.LedgerRows), Number("shardMessages", 1_000, 1_000_000_000, usual.CostMax.ShardMessages)),
        };
    }
}
