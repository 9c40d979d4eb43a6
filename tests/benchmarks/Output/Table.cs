using System.Globalization;

namespace TraceGrains.Benchmarks.Output;

/// <summary>A Markdown table, printed row by row as the rows come.</summary>
static class Table
{
    public static void Begin(string title, params ReadOnlySpan<string> columns)
    {
        Console.WriteLine();
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Row(columns);
        Console.WriteLine("|" + string.Concat(Enumerable.Repeat(" --- |", columns.Length)));
    }

    public static void Row(params ReadOnlySpan<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells.ToArray())} |");

    public static string Number(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Milliseconds with as many digits as mean something.</summary>
    public static string Milliseconds(TimeSpan time) => Number(time.TotalMilliseconds, time.TotalMilliseconds < 20 ? "N1" : "N0") + " ms";
}
