using System.Globalization;

namespace TraceGrains.Grains.Lineage;

/// <summary>The text by which a page is continued: the number of its last entity. Numbers never change, so a cursor never skips or repeats.</summary>
static class Cursor
{
    public static string Write(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Throws <see cref="FormatException"/> on anything <see cref="Write"/> did not make.</summary>
    public static int Read(string cursor) =>
        int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"after: expected a cursor that an earlier page gave, found '{(cursor.Length > 40 ? cursor[..40] + "…" : cursor)}'");
}
