using System.Globalization;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>Text that goes into a spreadsheet cell and stays text there.</summary>
static class SheetText
{
    const string Quote = "'";

    /// <summary>What spreadsheets take for the beginning of a formula, in both widths, also behind white space, which some of them drop.</summary>
    const string Dangerous = "=+-@＝＋－＠|";

    /// <summary>The text with a quote before it where a spreadsheet would run it; control characters become blanks.</summary>
    public static string Safe(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\x1f')) text = string.Create(text.Length, text, (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });
        var start = text.AsSpan().TrimStart();
        return start.Length > 0 && Dangerous.Contains(start[0]) ? Quote + text : text;
    }

    /// <summary>A value as CSV has it: numbers plain, times as ISO 8601 in UTC, so that they sort as text.</summary>
    public static string Csv(object? value) => value switch
    {
        null => "",
        string text => Safe(text),
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"no cell is written from {value.GetType()}", nameof(value)),
    };

    /// <summary>A value as a workbook has it: numbers and times are such.</summary>
    public static object? Cell(object? value) => value switch { string text => Safe(text), DateTimeOffset time => time.UtcDateTime, _ => value };
}
