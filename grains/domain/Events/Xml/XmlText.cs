using System.Text;
using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Text that XML can hold. JSON may have control characters, which XML 1.0 has no way to write: they become U+FFFD.</summary>
static class XmlText
{
    public static string Of(string text)
    {
        var bad = FirstBad(text, 0);
        if (bad < 0)
            return text;
        var clean = new StringBuilder(text);
        for (; bad >= 0; bad = FirstBad(text, bad + 1))
            clean[bad] = '\uFFFD';
        return clean.ToString();
    }

    static int FirstBad(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                at++;
            else if (!XmlConvert.IsXmlChar(text[at]))
                return at;
        return -1;
    }
}
