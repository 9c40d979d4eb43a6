using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Commands;

/// <summary>What the program does besides serving: its first argument names it, where that is not an option. Each answers an exit code.</summary>
static class Commands
{
    const int Misused = 2;

    static readonly Dictionary<string, Func<string[], Task<int>>> all = new(StringComparer.Ordinal)
    {
        ["migrate"] = Migrate.Run,
    };

    /// <summary>The command of these arguments; null where they ask for the silo.</summary>
    public static Func<Task<int>>? Of(string[] arguments)
    {
        if (arguments is not [var name, .. var rest] || name.StartsWith('-') || name.Contains('=')) return null;
        if (all.TryGetValue(name, out var command)) return () => Guarded(name, () => command(rest));
        return () =>
        {
            Console.Error.WriteLine($"tracegrains-silo: expected one of {string.Join(", ", all.Keys.Order(StringComparer.Ordinal))} or options that begin with --; found '{name}'");
            return Task.FromResult(Misused);
        };
    }

    /// <summary>The same settings as the silo's: beside the program, from the environment, from the command line.</summary>
    public static IConfiguration Settings(string[] arguments) => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().AddCommandLine(SiloOptions.WithFlags(arguments)).Build();

    static async Task<int> Guarded(string name, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception failure) when (failure is Ledger.LedgerFormatException or Ledger.LedgerUnavailableException or SettingException or ArgumentException or IOException)
        {
            Console.Error.WriteLine($"tracegrains-silo {name}: {failure.Message}");
            return 1;
        }
    }
}
