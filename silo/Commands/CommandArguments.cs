namespace TraceGrains.Silo.Commands;

/// <summary>A command line taken apart: words, and options as the configuration reads them.</summary>
/// <param name="Words">What is no option, in order; the first names the command.</param>
/// <param name="Options">Options in the form <c>--name=value</c>.</param>
/// <param name="WantsHelp">Whether <c>--help</c> or <c>-h</c> was given.</param>
sealed record CommandArguments(IReadOnlyList<string> Words, string[] Options, bool WantsHelp)
{
    /// <summary>Options that stand alone; every other one takes the next word as its value.</summary>
    static readonly string[] flags = ["--demo", "--migrate", "--continue", "--audit"];

    public static CommandArguments Read(string[] arguments)
    {
        var (words, options, wantsHelp) = (new List<string>(), new List<string>(), false);
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (argument is "--help" or "-h" or "-?") wantsHelp = true;
            else if (!argument.StartsWith("--", StringComparison.Ordinal)) words.Add(argument);
            else if (argument.Contains('=')) options.Add(argument);
            else if (flags.Contains(argument)) options.Add(argument + "=true");
            else if (++i < arguments.Length) options.Add($"{argument}={arguments[i]}");
            else throw new ArgumentException($"{argument}: expected a value after it");
        }
        return new(words, [.. options], wantsHelp);
    }
}
