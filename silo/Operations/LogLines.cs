using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace TraceGrains.Silo.Operations;

/// <summary>
/// Writes the log to the console as the usual formatter does, but a message is one line whatever somebody put into a path, a header or a code: control characters are written out, so that nobody forges an
/// entry or talks to the terminal of who reads it. Of exceptions the lines are kept, and set in.
/// </summary>
sealed class LogLines(IOptionsMonitor<ConsoleFormatterOptions> options, TimeProvider clock) : ConsoleFormatter(Name)
{
    /// <summary>What it is called in settings (<c>Logging:Console:FormatterName</c>).</summary>
    public new const string Name = "lines";

    const string Inset = "      ";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = entry.Formatter(entry.State, entry.Exception);
        if (string.IsNullOrEmpty(message) && entry.Exception is null) return;
        if (options.CurrentValue.TimestampFormat is { } format)
            textWriter.Write((options.CurrentValue.UseUtcTimestamp ? clock.GetUtcNow() : clock.GetLocalNow()).ToString(format, CultureInfo.CurrentCulture));
        textWriter.WriteLine($"{Word(entry.LogLevel)}: {OneLine(entry.Category)}[{entry.EventId.Id}]");
        if (!string.IsNullOrEmpty(message)) textWriter.WriteLine(Inset + OneLine(message));
        if (entry.Exception is null) return;
        foreach (var line in entry.Exception.ToString().Split('\n')) textWriter.WriteLine(Inset + OneLine(line.TrimEnd('\r')));
    }

    /// <summary>A text without what ends a line, moves a cursor or turns the direction of writing: such characters are written as <c>\u000a</c>.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(MustBeWritten)) return text;
        var written = new StringBuilder(text.Length + 16);
        foreach (var character in text)
            if (MustBeWritten(character)) written.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else written.Append(character);
        return written.ToString();
    }

    static bool MustBeWritten(char character) => character != '\t' && char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce", LogLevel.Debug => "dbug", LogLevel.Information => "info", LogLevel.Warning => "warn", LogLevel.Error => "fail", _ => "crit",
    };
}
