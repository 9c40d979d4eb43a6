using TraceGrains.Ledger;

namespace TraceGrains.Silo.Hosting;

/// <summary>What an administrator sets, as command line (<c>--data DIR</c>), configuration key or environment variable (<c>DATA</c>).</summary>
/// <param name="DataDirectory">Where the ledger is.</param>
/// <param name="Shards">Lineage shards that were asked for; null where nothing was said, so that a ledger keeps what it has.</param>
/// <param name="LoadsDemo">Whether the demonstration is captured at start.</param>
sealed record SiloOptions(string DataDirectory, int? Shards, bool LoadsDemo)
{
    const int DefaultShardCount = 64, MaxShardCount = 4096;

    /// <summary>How many lineage shards a new ledger gets.</summary>
    public int ShardCount => Shards ?? DefaultShardCount;

    public static SiloOptions Read(IConfiguration configuration)
    {
        var shards = configuration["shards"];
        return new(
            Path.GetFullPath(configuration["data"] ?? "data"),
            shards is null ? null : int.TryParse(shards, out var count) && count is >= 1 and <= MaxShardCount ? count : throw new SettingException($"--shards: expected 1 to {MaxShardCount}, found '{shards}'"),
            configuration["demo"] is { } demo && !demo.Equals("false", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The command line knows <c>--demo</c> without a value, which the configuration provider does not.</summary>
    public static string[] WithFlags(string[] arguments) => [.. arguments.Select(argument => argument == "--demo" ? "--demo=true" : argument)];

    /// <summary>The shard count is fixed when a ledger is made: asking for another one is a mistake, not a wish that can be overlooked.</summary>
    public void Check(LedgerConstants stored)
    {
        if (Shards is { } asked && asked != stored.ShardCount)
            throw new SettingException($"--shards: expected {stored.ShardCount}, with which the ledger in {DataDirectory} was made (or no --shards at all), found {asked}");
    }
}

/// <summary>A setting that cannot be meant. The message names it and says what was expected and what was found.</summary>
sealed class SettingException(string message, Exception? inner = null) : Exception(message, inner);
