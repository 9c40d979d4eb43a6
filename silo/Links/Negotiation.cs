using System.Globalization;

namespace TraceGrains.Silo.Links;

/// <summary>What the client can read: media type and language.</summary>
static class Negotiation
{
    /// <summary>The offered media type the client likes best, the earlier of equals; null when it takes none of them.</summary>
    public static string? MediaType(HttpRequest request, params string[] offers)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted is null or { Count: 0 }) return offers[0];
        string? best = null;
        double bestQuality = 0;
        foreach (var offer in offers)
        {
            var quality = 0.0;
            var rank = -1;
            foreach (var range in accepted)
            {
                var specific = range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
                var matches = specific == 0 || (specific == 1 ? offer.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase) : offer.Equals(range.MediaType.Value, StringComparison.OrdinalIgnoreCase));
                if (matches && specific > rank) (rank, quality) = (specific, range.Quality ?? 1);
            }
            if (quality > bestQuality) (best, bestQuality) = (offer, quality);
        }
        return best;
    }

    /// <summary>Chinese unless English is asked for, by <c>?lang=</c> or by the browser.</summary>
    public static bool IsChinese(HttpRequest request)
    {
        if (request.Query["lang"] is [{ } asked]) return !asked.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var languages = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.Value ?? "");
        return !(languages.FirstOrDefault(language => StartsWith(language, "zh") || StartsWith(language, "en")) is { } first && StartsWith(first, "en"));
    }

    static bool StartsWith(string language, string start) => CultureInfo.InvariantCulture.CompareInfo.IsPrefix(language, start, CompareOptions.OrdinalIgnoreCase);
}
