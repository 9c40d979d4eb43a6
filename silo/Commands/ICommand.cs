using Spectre.Console;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Commands;

/// <summary>Something the program does instead of being a silo.</summary>
interface ICommand
{
    /// <summary>The word that names it.</summary>
    string Name { get; }

    /// <summary>How it is written, with its arguments.</summary>
    string Usage { get; }

    /// <summary>What it does, in a line.</summary>
    string Summary { get; }

    /// <summary>Does it. Answers the exit code: 0 when it was done.</summary>
    /// <exception cref="ArgumentException">The arguments are wrong; the message says which and what was expected.</exception>
    Task<int> Run(CommandContext context);
}

/// <summary>What a command has to work with.</summary>
/// <param name="Words">Its arguments that are no options.</param>
/// <param name="Configuration">Options, environment and settings file.</param>
/// <param name="Out">For what was asked for.</param>
/// <param name="Error">For what is said meanwhile: progress, and what went wrong.</param>
/// <param name="Stop">Set when the user interrupts.</param>
sealed record CommandContext(IReadOnlyList<string> Words, IConfiguration Configuration, TextWriter Out, TextWriter Error, CancellationToken Stop)
{
    public SiloOptions Options => SiloOptions.Read(Configuration);

    /// <summary>Progress goes where errors go, so that the output can be a pipe.</summary>
    public IAnsiConsole Console => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });

    /// <summary>The one argument that is no option.</summary>
    public string OnlyWord(string what) => Words.Count == 1 ? Words[0] : throw new ArgumentException($"expected one argument, {what}; found {Words.Count}");

    public bool Has(string flag) => Configuration[flag] is { } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase);
}
