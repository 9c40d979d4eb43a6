using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Runtime.InteropServices;

namespace TraceGrains.Domain.Events;

/// <summary>One spelling for one number, from its digits: 452.0, 4.52e2 and 452 are the same; nothing is rounded through binary floating point.</summary>
static class NumberText
{
    const int LongestPlain = 60;

    public static string Of(JsonElement number) => Of(Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(number)));

    public static string Of(string text)
    {
        var negative = text.StartsWith('-');
        var mark = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = text.AsSpan()[(negative ? 1 : 0)..(mark < 0 ? text.Length : mark)];
        // An exponent beyond int names a number nobody measures; its spelling is then its identity.
        var exponent = 0;
        if (mark >= 0 && (!int.TryParse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > 1_000_000))
            return text;
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var scale = exponent - (point < 0 ? 0 : mantissa.Length - point - 1);
        var significant = digits.TrimStart('0');
        var trimmed = significant.TrimEnd('0');
        if (trimmed.Length == 0)
            return "0";
        scale += significant.Length - trimmed.Length;
        var sign = negative ? "-" : "";
        if (scale >= 0)
            return trimmed.Length + scale <= LongestPlain ? sign + trimmed + new string('0', scale) : $"{sign}{trimmed}e{scale}";
        if (-scale < trimmed.Length)
            return $"{sign}{trimmed[..^-scale]}.{trimmed[^-scale..]}";
        return -scale <= LongestPlain ? $"{sign}0.{trimmed.PadLeft(-scale, '0')}" : $"{sign}{trimmed}e{scale}";
    }
}
