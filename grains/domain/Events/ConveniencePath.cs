using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Events;

/// <summary>
/// Digital Links as version 1.1 of the standard wrote them, with words for numbers: <c>/gtin/09780345418913/ser/765</c>. The standard dropped the
/// words, but events from then are still about, and the CBV's event hash counts both spellings as one.
/// </summary>
static class ConveniencePath
{
    /// <summary>The same address with numbers, or null when there is no such word in it.</summary>
    public static string? WithNumbers(string address)
    {
        var host = address.IndexOf("://", StringComparison.Ordinal);
        var start = host < 0 ? -1 : address.IndexOf('/', host + 3);
        if (start < 0)
            return null;
        var end = address.AsSpan(start).IndexOfAny('?', '#');
        var segments = address[(start + 1)..(end < 0 ? address.Length : start + end)].Split('/');
        var changed = false;
        // A key and its qualifiers are pairs at the path's end; whatever stands before them belongs to the host.
        for (var at = segments.Length - 2; at >= 0; at -= 2)
            if (ConvenienceNames.TryFind(segments[at], out var identifier))
            {
                segments[at] = identifier.Ai;
                changed = true;
            }
        return changed ? string.Concat(address.AsSpan(0, start + 1), string.Join('/', segments)) : null;
    }
}
