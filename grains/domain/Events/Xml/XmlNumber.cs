using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Numbers as XML Schema writes them (xsd:decimal, xsd:double), which JSON is stricter about: no plus sign, no leading zeros, digits on both sides of the point.</summary>
static class XmlNumber
{
    /// <summary>The number as JSON writes it, digit for digit; null when it is none.</summary>
    public static string? ToJson(string text)
    {
        var rest = text.AsSpan().Trim();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
            rest = rest[1..];
        var mark = rest.IndexOfAny('e', 'E');
        var exponent = mark < 0 ? default : rest[(mark + 1)..];
        if (mark >= 0)
        {
            rest = rest[..mark];
            var digits = exponent.StartsWith("-") || exponent.StartsWith("+") ? exponent[1..] : exponent;
            if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
                return null;
        }
        var point = rest.IndexOf('.');
        var whole = point < 0 ? rest : rest[..point];
        var part = point < 0 ? default : rest[(point + 1)..];
        if (whole.IsEmpty && part.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || part.ContainsAnyExceptInRange('0', '9'))
            return null;
        whole = whole.TrimStart('0');
        return string.Concat(string.Concat(negative ? "-" : "", whole.IsEmpty ? "0" : whole, part.IsEmpty ? "" : ".", part), mark < 0 ? "" : "e", exponent);
    }

    /// <summary>A JSON number as xsd:decimal where it has no exponent that would have to be written out beyond measure.</summary>
    public static string ToDecimal(JsonElement number) => Raw(number) is var raw && HasExponent(raw) ? NumberText.Of(raw) : raw;

    /// <summary>A JSON number as it stands there, which is an xsd:double too.</summary>
    public static string Raw(JsonElement number) => Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(number));

    public static bool HasExponent(string number) => number.AsSpan().ContainsAny('e', 'E');
}
