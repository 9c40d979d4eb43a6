using TraceGrains.Grains.Transparency;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Export;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Commands;

/// <summary>Finds out whether the command line names a command, and runs it. Exit codes: 0 done, 1 not done, 2 the command line is wrong; a command may have more.</summary>
static class CommandLine
{
    public const int NotDone = 1;
    public const int WrongArguments = 2;

    static readonly ICommand[] commands = [new MigrateCommand(), new ExportCommand(), new ImportCommand(), new VerifyCommand(), new TokenCommand()];

    /// <summary>Runs the command that is named; null when none is, so that this is to be a silo.</summary>
    public static async Task<int?> Run(string[] arguments)
    {
        using var interrupted = new CancellationTokenSource();
        void Interrupt(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            interrupted.Cancel();
        }
        // Only a command stops this way; a silo has its own.
        if (!IsCommand(arguments)) return null;
        Console.CancelKeyPress += Interrupt;
        return await Run(arguments, Console.Out, Console.Error, interrupted.Token);
    }

    public static bool IsCommand(string[] arguments)
    {
        try
        {
            return CommandArguments.Read(arguments) is { Words.Count: > 0 } or { WantsHelp: true };
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            var read = CommandArguments.Read(arguments);
            if (read.Words.Count == 0) return Help(output);
            if (commands.FirstOrDefault(one => one.Name == read.Words[0]) is not { } command)
                throw new ArgumentException($"there is no command '{read.Words[0]}'; expected {string.Join(", ", commands.Select(one => one.Name))}, or no word at all to start a silo (--help lists them)");
            if (read.WantsHelp)
            {
                output.WriteLine($"tracegrains-silo {command.Usage}\n{command.Summary}");
                return 0;
            }
            var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(read.Options).Build();
            return await command.Run(new([.. read.Words.Skip(1)], configuration, output, error, stop));
        }
        catch (Exception wrong) when (wrong is ArgumentException or SettingException)
        {
            error.WriteLine(wrong.Message);
            return WrongArguments;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            error.WriteLine("interrupted");
            return NotDone;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or LedgerFormatException or LedgerUnavailableException
            or LedgerFencedException or LedgerMismatchException or ExportDamagedException or SigningKeyException)
        {
            error.WriteLine(failure is LedgerFencedException ? "somebody else writes to this ledger: stop the silos that use it, then run the import again" : failure.Message);
            return NotDone;
        }
    }

    static int Help(TextWriter output)
    {
        output.WriteLine("tracegrains-silo [OPTIONS]   starts a silo");
        var width = commands.Max(command => command.Usage.Length) + 3;
        foreach (var command in commands) output.WriteLine($"tracegrains-silo {command.Usage.PadRight(width)}{command.Summary}");
        return 0;
    }
}
