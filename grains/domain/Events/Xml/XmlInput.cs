using System.Text;
using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>
/// Opens what a sender sent. There is no document type here: a DOCTYPE is passed over, so that no entity but the five of XML exists and nothing
/// outside the document is ever looked at.
/// </summary>
static class XmlInput
{
    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        ConformanceLevel = ConformanceLevel.Document,
        CloseInput = true,
    };

    /// <summary>A reader over the document, or what is wrong with its bytes.</summary>
    public static XmlReader? Open(ReadOnlyMemory<byte> bytes, out string? expected)
    {
        if (bytes.Span is [0, 0, ..] or [0xFF, 0xFE, 0, 0, ..] or [_, 0, 0, 0, ..])
        {
            expected = "XML in UTF-8 or UTF-16";
            return null;
        }
        var wide = bytes.Span switch
        {
            [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => null,
        };
        if (wide is not null)
            try
            {
                bytes = Encoding.Convert(wide, Encoding.UTF8, bytes.ToArray());
            }
            catch (DecoderFallbackException)
            {
                expected = "valid UTF-16";
                return null;
            }
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (HasLongTag(bytes.Span))
        {
            expected = $"at most {CaptureLimits.MaxXmlTagBytes} bytes in one tag, its attributes included";
            return null;
        }
        expected = null;
        var stream = new MemoryStream(bytes.ToArray(), writable: false);
        // The declaration of what was UTF-16 still says so; a text reader does not ask it.
        return wide is null ? XmlReader.Create(stream, Settings) : XmlReader.Create(new StreamReader(stream, Encoding.UTF8), Settings);
    }

    // The parser holds a tag with all its attributes at once, and holds each attribute at many times its length.
    static bool HasLongTag(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf((byte)'<'); at >= 0;)
        {
            bytes = bytes[at..];
            var end = bytes.StartsWith("<!--"u8) ? bytes.IndexOf("-->"u8)
                : bytes.StartsWith("<![CDATA["u8) ? bytes.IndexOf("]]>"u8)
                : bytes.StartsWith("<?"u8) ? bytes.IndexOf("?>"u8)
                : EndOfTag(bytes);
            if (end > CaptureLimits.MaxXmlTagBytes && bytes is [_, not ((byte)'!' or (byte)'?'), ..])
                return true;
            if (end < 0)
                return bytes.Length > CaptureLimits.MaxXmlTagBytes;
            bytes = bytes[end..];
            at = bytes.IndexOf((byte)'<');
        }
        return false;
    }

    static int EndOfTag(ReadOnlySpan<byte> bytes)
    {
        for (var at = 1; at < bytes.Length;)
        {
            var next = bytes[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'');
            if (next < 0)
                return -1;
            at += next;
            if (bytes[at] == '>')
                return at;
            var close = bytes[(at + 1)..].IndexOf(bytes[at]);
            if (close < 0)
                return -1;
            at += close + 2;
        }
        return -1;
    }
}
