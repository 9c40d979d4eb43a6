using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Identity;

/// <summary>What the path of a GS1 Digital Link names, and its canonical code.</summary>
static class LinkIdentity
{
    /// <summary>Host and stem do not matter, nor what stands in the query string or behind #: only the path's key and qualifiers identify.</summary>
    /// <remarks>Links printed while the standard still had words (<c>/gtin/…/ser/…</c>) are on goods and in GS1's event-hash examples: they name the same things.</remarks>
    public static bool TryIdentify(string text, ReadOnlySpan<char> path, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error)
    {
        identified = null;
        if (!LinkPath.TryFind(path, convenienceNames: true, out var link, out error))
            return false;

        var key = link.Key;
        ReadOnlySpan<char> keyValue = default, lot = default, serial = default, variant = default, other = default;
        var serialAi = "21";
        string? otherAi = null;
        var order = new QualifierOrder(key);
        for (var isKey = true; link.MoveNext(convenienceNames: true, out var identifier, out var raw); isKey = false)
        {
            if (!isKey && !order.TryNext(identifier.Ai))
            {
                error = $"{identifier} is out of place in the path: after {key} expected {order.Describe()}";
                return false;
            }
            if (!LinkPath.Accepts(identifier, raw, out error))
                return false;
            if (isKey)
            {
                keyValue = raw;
                continue;
            }
            switch (identifier.Ai)
            {
                case "10": lot = raw; break;
                case "21" or "235":
                    serialAi = identifier.Ai;
                    serial = raw;
                    break;
                case "22": variant = raw; break;
                case "254" when raw is "0" or "%30": break; // an extension of 0 says that there is none
                default:
                    otherAi = identifier.Ai;
                    other = raw;
                    break;
            }
        }

        var writer = new CanonicalWriter(stackalloc char[CanonicalWriter.LengthMax]);
        writer.Append(Identifier.CanonicalStart);
        writer.Append(key.Ai);
        writer.Append('/');
        writer.AppendReencoded(keyValue);
        if (!serial.IsEmpty)
        {
            string? lotCode = null;
            if (!lot.IsEmpty)
            {
                var lotWriter = new CanonicalWriter(stackalloc char[CanonicalWriter.LengthMax]);
                lotWriter.Append(writer.Written);
                AppendQualifier(ref lotWriter, "10", lot);
                lotCode = lotWriter.Written.ToString();
            }
            AppendQualifier(ref writer, serialAi, serial);
            identified = new Identification(writer.ToCode(text), CodeKind.Unit, lotCode);
            return true;
        }
        if (!lot.IsEmpty)
        {
            AppendQualifier(ref writer, "10", lot);
            identified = new Identification(writer.ToCode(text), CodeKind.Batch);
            return true;
        }
        // A consumer variant alone is a narrower class than its GTIN: it stays, or two things would share one code.
        if (!variant.IsEmpty)
            AppendQualifier(ref writer, "22", variant);
        if (otherAi is not null)
            AppendQualifier(ref writer, otherAi, other);
        identified = new Identification(writer.ToCode(text), KindOf(key.Ai, keyValue, otherAi));
        return true;
    }

    static CodeKind KindOf(string key, ReadOnlySpan<char> rawValue, string? qualifier) => key switch
    {
        "00" => CodeKind.LogisticUnit,
        "01" or "8006" or "8013" => CodeKind.Product,
        "8010" => qualifier is "8011" ? CodeKind.Unit : CodeKind.Product,
        "8003" => HasSerial(rawValue) ? CodeKind.Device : CodeKind.Product,
        "8004" => CodeKind.Device,
        "414" => CodeKind.Location,
        "417" => CodeKind.Party,
        "415" => qualifier is null ? CodeKind.Party : CodeKind.Document,
        _ => CodeKind.Document,
    };

    /// <summary>A GRAI without serial is 14 digits: a type of crate, not a crate.</summary>
    static bool HasSerial(ReadOnlySpan<char> rawGrai)
    {
        Span<char> decoded = stackalloc char[rawGrai.Length];
        return PercentEncoding.Decode(rawGrai, decoded) > 14;
    }

    static void AppendQualifier(ref CanonicalWriter writer, string ai, ReadOnlySpan<char> raw)
    {
        writer.Append('/');
        writer.Append(ai);
        writer.Append('/');
        writer.AppendReencoded(raw);
    }
}
