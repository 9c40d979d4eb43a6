using System.Globalization;
using TraceGrains.Domain.Transparency;
using TraceGrains.Grains.Transparency;

namespace TraceGrains.Silo.Hosting;

/// <summary>What an administrator sets, as command line (<c>--data DIR</c>), configuration key or environment variable (<c>DATA</c>).</summary>
sealed record SiloOptions(string DataDirectory, int ShardCount, bool LoadsDemo)
{
    /// <summary>The transparency log's settings (<c>--transparency:origin NAME</c>, <c>--transparency:cadence 00:01:00</c>).</summary>
    public TransparencyOptions Transparency { get; init; } = new();

    /// <summary>File of the key that signs tree heads (<c>--transparency:key FILE</c>).</summary>
    public string SigningKeyFile { get; init; } = "";

    const int DefaultShardCount = 64;

    public static SiloOptions Read(IConfiguration configuration)
    {
        var shards = configuration["shards"];
        var data = Path.GetFullPath(configuration["data"] ?? "data");
        return new(
            data,
            shards is null ? DefaultShardCount : int.TryParse(shards, out var count) && count is >= 1 and <= 4096 ? count : throw new ArgumentException($"--shards: expected 1 to 4096, found '{shards}'"),
            configuration["demo"] is { } demo && !demo.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            Transparency = ReadTransparency(configuration.GetSection("transparency")),
            SigningKeyFile = Path.GetFullPath(configuration["transparency:key"] ?? Path.Combine(data, "tree-head-key.pem")),
        };
    }

    static TransparencyOptions ReadTransparency(IConfigurationSection section)
    {
        var options = new TransparencyOptions();
        if (section["origin"] is { } origin)
            options = TreeHead.OriginProblem(origin) is { } problem ? throw new ArgumentException($"--transparency:origin: {problem}") : options with { Origin = origin };
        if (section["cadence"] is { } cadence)
            options = TimeSpan.TryParse(cadence, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.FromSeconds(1) && span <= TimeSpan.FromDays(1)
                ? options with { Cadence = span }
                : throw new ArgumentException($"--transparency:cadence: expected 00:00:01 to 1.00:00:00, found '{cadence}'");
        return options;
    }

    /// <summary>The command line knows <c>--demo</c> without a value, which the configuration provider does not.</summary>
    public static string[] WithFlags(string[] arguments) => [.. arguments.Select(argument => argument == "--demo" ? "--demo=true" : argument)];
}
