using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using TraceGrains.Silo.Operations;

namespace TraceGrains.Access.Tests;

/// <summary>What somebody puts into a request ends no line of the log and moves no cursor.</summary>
public sealed class LogLinesTests
{
    sealed class Usual : IOptionsMonitor<ConsoleFormatterOptions>
    {
        public ConsoleFormatterOptions CurrentValue { get; } = new();
        public ConsoleFormatterOptions Get(string? name) => CurrentValue;
        public IDisposable? OnChange(Action<ConsoleFormatterOptions, string?> listener) => null;
    }

    static string[] Written(string message, Exception? exception = null)
    {
        using var writer = new StringWriter();
        new LogLines(new Usual(), TimeProvider.System).Write(new LogEntry<string>(LogLevel.Error, "Some.Category", 7, message, exception, (state, _) => state), null, writer);
        return writer.ToString().TrimEnd('\n').Split('\n');
    }

    [Theory]
    [InlineData("GET /a\ncrit: forged[0]", @"GET /a\u000acrit: forged[0]")]
    [InlineData("GET /a\r\nb", @"GET /a\u000d\u000ab")]
    [InlineData("\u001b[2Jgone", @"\u001b[2Jgone")]
    [InlineData("a\u0085b\u2028c\u2029d", @"a\u0085b\u2028c\u2029d")]
    [InlineData("turned \u202eround", @"turned \u202eround")]
    [InlineData("涪陵榨菜\ttab", "涪陵榨菜\ttab")]
    public void A_message_is_one_line(string message, string written) => Assert.Equal(["fail: Some.Category[7]", "      " + written], Written(message));

    [Fact]
    public void Lines_of_an_exception_are_set_in()
    {
        var lines = Written("failed", new InvalidOperationException("of \u001b[31m\ncrit: forged[0]"));
        Assert.Equal("fail: Some.Category[7]", lines[0]);
        Assert.All(lines[1..], line => Assert.StartsWith("      ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public void The_silo_writes_its_log_so() => Assert.Contains($"\"FormatterName\": \"{LogLines.Name}\"", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.json")), StringComparison.Ordinal);
}
