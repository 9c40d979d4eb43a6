namespace TraceGrains.Silo.Hosting;

/// <summary>What an administrator sets, as command line (<c>--data DIR</c>), configuration key or environment variable (<c>DATA</c>).</summary>
sealed record SiloOptions(string DataDirectory, int ShardCount, bool LoadsDemo)
{
    const int DefaultShardCount = 64;

    public static SiloOptions Read(IConfiguration configuration)
    {
        var shards = configuration["shards"];
        return new(
            Path.GetFullPath(configuration["data"] ?? "data"),
            shards is null ? DefaultShardCount : int.TryParse(shards, out var count) && count is >= 1 and <= 4096 ? count : throw new ArgumentException($"--shards: expected 1 to 4096, found '{shards}'"),
            configuration["demo"] is { } demo && !demo.Equals("false", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The command line knows <c>--demo</c> without a value, which the configuration provider does not.</summary>
    public static string[] WithFlags(string[] arguments) => [.. arguments.Select(argument => argument == "--demo" ? "--demo=true" : argument)];
}
