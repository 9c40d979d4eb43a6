using System.Globalization;
using System.Net;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Transparency;
using TraceGrains.Grains.Transparency;
using TraceGrains.Ledger;

namespace TraceGrains.Silo.Hosting;

/// <summary>What an administrator sets, as command line (<c>--data DIR</c>), configuration key or environment variable (<c>DATA</c>, <c>SILO__PORT</c>).</summary>
sealed record SiloOptions
{
    const int DefaultShardCount = 64, MaxShardCount = 4096, DefaultSiloPort = 11111, DefaultGatewayPort = 30000;

    /// <summary>Where the ledger is on SQLite; PostgreSQL uses no file of this machine.</summary>
    public required string DataDirectory { get; init; }
    /// <summary>Lineage shards that were asked for; null where nothing was said, so that a ledger keeps what it has.</summary>
    public required int? Shards { get; init; }
    /// <summary>How many lineage shards a new ledger gets.</summary>
    public int ShardCount => Shards ?? DefaultShardCount;
    public required bool LoadsDemo { get; init; }
    /// <summary>Where PostgreSQL is; null for SQLite.</summary>
    public required string? Postgres { get; init; }
    /// <summary>Whether an older schema or older projections may be brought up to date at the start. SQLite: always, a single process has it to itself.</summary>
    public required bool MayMigrate { get; init; }
    /// <summary>Silos with the same cluster id over the same database are one cluster.</summary>
    public required string ClusterId { get; init; }
    /// <summary>The address other silos reach this one at; null for a silo that only others on this machine talk to.</summary>
    public required IPAddress? Address { get; init; }
    /// <summary>Port for other silos; 0 for any free one.</summary>
    public required int SiloPort { get; init; }
    /// <summary>Port for Orleans clients; 0 for any free one.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>How much of a category may be unaccounted for (<c>--tolerance:food 0.02</c>; <c>0.02/0.001</c> for measured goods and for pieces).</summary>
    public required BalanceTolerance Tolerance { get; init; }
    /// <summary>The transparency log's settings (<c>--transparency:origin NAME</c>, <c>--transparency:cadence 00:01:00</c>).</summary>
    public required TransparencyOptions Transparency { get; init; }
    /// <summary>File of the key that signs tree heads (<c>--transparency:key FILE</c>).</summary>
    public required string SigningKeyFile { get; init; }

    public static SiloOptions Read(IConfiguration configuration)
    {
        var address = configuration["silo:address"] is { } text
            ? IPAddress.TryParse(text, out var parsed) ? parsed : throw new SettingException($"--silo:address: expected an IP address, found '{text}'")
            : null;
        var data = Path.GetFullPath(configuration["data"] ?? "data");
        return new()
        {
            DataDirectory = data,
            Shards = Number(configuration, "shards", 1, MaxShardCount),
            LoadsDemo = Flag(configuration, "demo") ?? false,
            Postgres = PostgresOf(configuration),
            MayMigrate = Flag(configuration, "migrate") ?? false,
            ClusterId = configuration["cluster"] ?? "tracegrains",
            Address = address,
            SiloPort = Number(configuration, "silo:port", 0, 65535) ?? (address is null ? 0 : DefaultSiloPort),
            GatewayPort = Number(configuration, "silo:gatewayPort", 0, 65535) ?? (address is null ? 0 : DefaultGatewayPort),
            Tolerance = BalanceTolerance.With(configuration.GetSection("tolerance").GetChildren().ToDictionary(category => category.Key, ReadTolerance)),
            Transparency = ReadTransparency(configuration.GetSection("transparency")),
            SigningKeyFile = Path.GetFullPath(configuration["transparency:key"] ?? Path.Combine(data, "tree-head-key.pem")),
        };
    }

    static ToleranceShares ReadTolerance(IConfigurationSection category)
    {
        var parts = (category.Value ?? "").Split('/');
        decimal? Share(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= 1 ? share : null;
        return parts.Length is 1 or 2 && Share(parts[0]) is { } measured && Share(parts[^1]) is { } counted
            ? new(measured, counted)
            : throw new SettingException($"--tolerance:{category.Key}: expected a share from 0 to 1, or two (measured/pieces), found '{category.Value}'");
    }

    static TransparencyOptions ReadTransparency(IConfigurationSection section)
    {
        var options = new TransparencyOptions();
        if (section["origin"] is { } origin)
            options = TreeHead.OriginProblem(origin) is { } problem ? throw new SettingException($"--transparency:origin: {problem}") : options with { Origin = origin };
        if (section["cadence"] is { } cadence)
            options = TimeSpan.TryParse(cadence, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.FromSeconds(1) && span <= TimeSpan.FromDays(1)
                ? options with { Cadence = span }
                : throw new SettingException($"--transparency:cadence: expected 00:00:01 to 1.00:00:00, found '{cadence}'");
        return options;
    }

    /// <summary>The command line knows <c>--demo</c> without a value, which the configuration provider does not.</summary>
    public static string[] WithFlags(string[] arguments) => [.. arguments.Select(argument => argument is "--demo" or "--migrate" ? argument + "=true" : argument)];

    /// <summary>The shard count is fixed when a ledger is made: asking for another one is a mistake, not a wish that can be overlooked.</summary>
    public void Check(LedgerConstants stored)
    {
        if (Shards is { } asked && asked != stored.ShardCount)
            throw new SettingException($"--shards: expected {stored.ShardCount}, with which the ledger in {(Postgres is null ? DataDirectory : "PostgreSQL")} was made (or no --shards at all), found {asked}");
    }

    static string? PostgresOf(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("TraceGrains");
        return configuration["storage"]?.ToLowerInvariant() switch
        {
            null or "postgres" when connection is not null => connection,
            null or "sqlite" => null,
            "postgres" => throw new SettingException("--storage postgres: expected a connection string under ConnectionStrings:TraceGrains (environment: ConnectionStrings__TraceGrains), found none"),
            var other => throw new SettingException($"--storage: expected sqlite or postgres, found '{other}'"),
        };
    }

    static bool? Flag(IConfiguration configuration, string key) => configuration[key] is { } value ? !value.Equals("false", StringComparison.OrdinalIgnoreCase) : null;

    static int? Number(IConfiguration configuration, string key, int least, int most) =>
        configuration[key] is not { } text ? null
        : int.TryParse(text, out var number) && number >= least && number <= most ? number
        : throw new SettingException($"--{key}: expected {least} to {most}, found '{text}'");
}

/// <summary>A setting that cannot be meant. The message names it and says what was expected and what was found.</summary>
sealed class SettingException(string message, Exception? inner = null) : Exception(message, inner);
