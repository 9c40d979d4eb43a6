using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Identity;

/// <summary>What an EPC URN names: <c>urn:epc:id:</c> one thing, <c>urn:epc:class:</c> a lot, <c>urn:epc:idpat:</c> with * a class of things.</summary>
static class EpcUrn
{
    const int CompanyPrefixDigitsMin = 6;
    const int CompanyPrefixDigitsMax = 12;

    /// <summary>Longer than any that is right, with every character escaped; keeps buffers on the stack small.</summary>
    const int BodyLengthMax = 300;

    static readonly SearchValues<char> MustBeEscaped = SearchValues.Create("\"#&/<>?");

    /// <summary>Answers for everything under id, class and idpat.</summary>
    /// <param name="text">The whole URN.</param>
    /// <param name="start">The part of it up to the scheme's name, in small letters: <c>urn:epc:id:</c> and so on.</param>
    /// <param name="identified">What it names.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryIdentify(string text, string start, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error)
    {
        identified = null;
        var rest = text.AsSpan(start.Length);
        var colon = rest.IndexOf(':');
        if (colon < 1 || colon == rest.Length - 1)
            return Fail($"{Shorten(text)}: expected {start} and then a scheme, a colon and a code, such as urn:epc:id:sgtin:0614141.112345.400", out error);
        Span<char> lowered = stackalloc char[colon];
        rest[..colon].ToLowerInvariant(lowered);
        ReadOnlySpan<char> name = lowered;
        var body = rest[(colon + 1)..];

        var isPattern = start == Identifier.PatternStart;
        var scheme = start == Identifier.ClassStart ? name is "lgtin" ? EpcScheme.Lgtin : null : EpcScheme.Find(name);
        if (scheme is null)
        {
            if (start == Identifier.ClassStart || !EpcScheme.IsWithoutKey(name))
                return Fail($"'{LinkPath.Shorten(name)}' is no EPC scheme under {start}", out error);
            identified = new Identification(string.Concat(start, name, ":", body), CodeKind.Other);
            error = null;
            return true;
        }
        if (isPattern && scheme.PatternKind is null)
            return Fail($"{start}{scheme.Name} names no single thing or class: expected a pattern of sgtin, grai, gdti, sgcn, cpi, itip or upui", out error);
        if (body.Length > BodyLengthMax)
            return Fail($"{start}{scheme.Name}: too long, found {body.Length} characters for {scheme.Shape}", out error);

        Span<char> keyBuffer = stackalloc char[BodyLengthMax + 20];
        var key = new CanonicalWriter(keyBuffer);
        if (TryReadKey(scheme, body, ref key, out var last, out error)
            && TryReadLast(scheme, last, isPattern, ref key, out var qualifier, stackalloc char[last.Length], out error)
            && scheme.Key.Accepts(key.Written, out error))
        {
            var writer = new CanonicalWriter(stackalloc char[CanonicalWriter.LengthMax]);
            writer.Append(Identifier.CanonicalStart);
            writer.Append(scheme.Key.Ai);
            writer.Append('/');
            writer.AppendEncoded(key.Written);
            if (!qualifier.IsEmpty)
            {
                writer.Append('/');
                writer.Append(scheme.LastPart!.Ai);
                writer.Append('/');
                writer.AppendEncoded(qualifier);
            }
            identified = new Identification(writer.Written.ToString(), isPattern ? scheme.PatternKind!.Value : scheme.Kind);
            return true;
        }
        error = $"{start}{scheme.Name}:{Shorten(body)}: {error}";
        return false;
    }

    /// <summary>Company prefix and reference, put together as the key has them, check digit added.</summary>
    static bool TryReadKey(EpcScheme scheme, ReadOnlySpan<char> body, ref CanonicalWriter key, out ReadOnlySpan<char> last, [NotNullWhen(false)] out string? error)
    {
        last = default;
        var dot = body.IndexOf('.');
        if (dot < 0)
            return Fail($"expected {scheme.Shape}", out error);
        var prefix = body[..dot];
        var reference = body[(dot + 1)..];
        if (prefix.Length is < CompanyPrefixDigitsMin or > CompanyPrefixDigitsMax || prefix.ContainsAnyExceptInRange('0', '9'))
            return Fail($"expected a company prefix of {CompanyPrefixDigitsMin} to {CompanyPrefixDigitsMax} digits, found '{LinkPath.Shorten(prefix)}'", out error);
        if (scheme.HasLastPart)
        {
            var end = reference.IndexOf('.');
            if (end < 0)
                return Fail($"expected {scheme.Shape}", out error);
            last = reference[(end + 1)..];
            reference = reference[..end];
        }
        if (scheme.Digits == 0)
        {
            key.Append(prefix);
            return TryDecode(reference, ref key, out error);
        }

        if (reference.ContainsAnyExceptInRange('0', '9'))
            return Fail($"expected digits behind the company prefix, found '{LinkPath.Shorten(reference)}'", out error);
        if (prefix.Length + reference.Length != scheme.Digits)
            return Fail($"expected {scheme.Digits} digits in company prefix and reference together, found {prefix.Length} + {reference.Length}", out error);
        if (ReferenceEquals(scheme, EpcScheme.Grai))
            key.Append('0');
        if (scheme.FirstDigitLeads)
        {
            key.Append(reference[0]);
            reference = reference[1..];
        }
        key.Append(prefix);
        key.Append(reference);
        key.AppendCheckDigit(scheme.Digits);

        if (ReferenceEquals(scheme, EpcScheme.Itip))
        {
            // Two digits for the piece and two for how many there are, each with its dot.
            if (last.Length < 6 || last[2] != '.' || last[5] != '.')
                return Fail($"expected {scheme.Shape} with two digits each for piece and total", out error);
            key.Append(last[..2]);
            key.Append(last[3..5]);
            last = last[6..];
        }
        error = null;
        return true;
    }

    /// <summary>The serial number, lot or extension: a qualifier of its own, or the end of the key.</summary>
    static bool TryReadLast(EpcScheme scheme, ReadOnlySpan<char> last, bool isPattern, ref CanonicalWriter key, out ReadOnlySpan<char> qualifier, Span<char> buffer, [NotNullWhen(false)] out string? error)
    {
        qualifier = default;
        error = null;
        if (!scheme.HasLastPart)
            return true;
        if (isPattern)
            return last is "*" || Fail($"expected * for the last part of {scheme.Shape}: only then a pattern names one class", out error);
        if (scheme.LastPart is null)
            return TryDecode(last, ref key, out error);
        var decoded = new CanonicalWriter(buffer);
        if (!TryDecode(last, ref decoded, out error) || !scheme.LastPart.Accepts(decoded.Written, out error))
            return false;
        if (decoded.Written is "0" && ReferenceEquals(scheme, EpcScheme.Sgln))
            return true; // the location itself, no place inside it
        qualifier = buffer[..decoded.Written.Length];
        return true;
    }

    static bool TryDecode(ReadOnlySpan<char> raw, ref CanonicalWriter writer, [NotNullWhen(false)] out string? error)
    {
        if (raw.IsEmpty)
            return Fail("a part is empty", out error);
        var bad = raw.IndexOfAny(MustBeEscaped);
        if (bad >= 0)
            return Fail($"expected %{(int)raw[bad]:X2} in place of '{raw[bad]}'", out error);
        if (!raw.Contains('%'))
        {
            writer.Append(raw);
            error = null;
            return true;
        }
        Span<char> decoded = stackalloc char[raw.Length];
        var length = PercentEncoding.Decode(raw, decoded);
        if (length < 0)
            return Fail("expected two hexadecimal digits after every %", out error);
        writer.Append(decoded[..length]);
        error = null;
        return true;
    }

    static string Shorten(ReadOnlySpan<char> text) => LinkPath.Shorten(text);

    static bool Fail(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
