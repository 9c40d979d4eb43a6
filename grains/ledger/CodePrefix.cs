using System.Text;

namespace TraceGrains.Ledger;

/// <summary>Turns "starts with" into a range of an index.</summary>
/// <remarks>
/// Codes are ordered by their UTF-8 bytes, which is the order of code points. That is also <see cref="StringComparer.Ordinal"/>'s order, except that the
/// latter puts U+10000 and above before U+E000. <c>LIKE</c> is not used: it has wild cards of its own.
/// </remarks>
static class CodePrefix
{
    /// <summary>The smallest text greater than everything that starts with <paramref name="prefix"/>; null when there is none (an empty prefix).</summary>
    public static string? End(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0 && runes[^1].Value == 0x10FFFF)
            runes.RemoveAt(runes.Count - 1);
        if (runes.Count == 0)
            return null;

        // Half a surrogate pair is no character: after U+D7FF comes U+E000.
        var last = runes[^1].Value;
        runes[^1] = new Rune(last == 0xD7FF ? 0xE000 : last + 1);
        return string.Concat(runes);
    }

    /// <summary>Whether one text comes before another in the order of UTF-8 bytes.</summary>
    public static bool IsBefore(string one, string other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)) < 0;
}
