using System.Globalization;
using System.Text;

namespace TraceGrains.Domain.Access.Audit;

/// <summary>Texts of the audit log. Most come from whoever sends a request, so none can look like something else than it is: no line like two, no value like another argument, no text like one that runs the other way.</summary>
public static class AuditText
{
    /// <summary>Longest value of an argument, in characters.</summary>
    public const int ValueMax = 300;

    /// <summary>Entries that one request makes at most; what is left out then is counted in the last.</summary>
    public const int EntriesMax = 32;

    /// <summary>Characters of named values that stand together in one piece: room for the field's name, and for some that have to be written out.</summary>
    const int TogetherMax = 800;

    /// <summary>
    /// A text as one line of at most so many characters. Control and format characters (direction marks and such), line separators and halves of surrogate pairs are written out as <c>\u</c> and four hexadecimal digits, a
    /// backslash as two, so that two texts never come to the same line unless they were cut.
    /// </summary>
    public static string Line(string text, int max)
    {
        var written = new StringBuilder(Math.Min(text.Length, max + 12));
        // Where a "…" can follow and nothing is cut in half.
        var cut = 0;
        for (var at = 0; at < text.Length;)
        {
            if (written.Length < max) cut = written.Length;
            var length = char.IsSurrogatePair(text, at) ? 2 : 1;
            if (text[at] == '\\') written.Append("\\\\");
            else if (CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
                foreach (var half in text.AsSpan(at, length)) written.Append(CultureInfo.InvariantCulture, $"\\u{(int)half:x4}");
            else written.Append(text, at, length);
            if (written.Length > max)
            {
                written.Length = cut;
                return written.Append('…').ToString();
            }
            at += length;
        }
        return written.ToString();
    }

    /// <summary>The value of an argument under its name. A value in which something could be taken for the next argument or field stands in quotes, and quotes in it twice.</summary>
    public static string Named(string name, string value)
    {
        if (value.Length > ValueMax) value = value[..(char.IsHighSurrogate(value[ValueMax - 2]) ? ValueMax - 2 : ValueMax - 1)] + "…";
        return value.Length > 0 && value.AsSpan().IndexOfAny(" \"(),;…") < 0 ? $"{name}: {value}" : $"{name}: \"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A field with values of its arguments; as several pieces where they are too long for one.</summary>
    public static IEnumerable<string> Field(string name, IEnumerable<string> named)
    {
        var together = new StringBuilder();
        var isAny = false;
        foreach (var one in named)
        {
            if (together.Length > 0 && together.Length + one.Length > TogetherMax)
            {
                yield return $"{name}({together})";
                together.Clear();
                isAny = true;
            }
            together.Append(together.Length > 0 ? ", " : "").Append(one);
        }
        if (together.Length > 0) yield return $"{name}({together})";
        else if (!isAny) yield return name;
    }

    /// <summary>What a request was about, as the targets of one entry or of several: nothing that it named is left out for being named last, unless it is more than <see cref="EntriesMax"/> entries hold.</summary>
    public static IReadOnlyList<string> Targets(IEnumerable<string> pieces)
    {
        var targets = new List<(string Text, int Count)>();
        var (together, length, count) = (new StringBuilder(), 0, 0);
        foreach (var piece in pieces)
        {
            var more = Line(piece, AuditEntry.TargetMax).Length;
            if (count > 0 && length + 2 + more > AuditEntry.TargetMax)
            {
                targets.Add((together.ToString(), count));
                together.Clear();
                (length, count) = (0, 0);
            }
            together.Append(count > 0 ? "; " : "").Append(piece);
            (length, count) = (length + (count > 0 ? 2 : 0) + more, count + 1);
        }
        targets.Add((together.ToString(), count));
        return targets.Count <= EntriesMax
            ? [.. targets.Select(target => target.Text)]
            : [.. targets.Take(EntriesMax - 1).Select(target => target.Text), string.Create(CultureInfo.InvariantCulture, $"and {targets.Skip(EntriesMax - 1).Sum(target => target.Count)} more")];
    }
}
