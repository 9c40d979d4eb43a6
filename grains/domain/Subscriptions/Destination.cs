using TraceGrains.Domain.Queries;

namespace TraceGrains.Domain.Subscriptions;

/// <summary>Where deliveries may go, as far as the text of the URL says. Which network addresses may be called is for the host to decide, when it calls them.</summary>
public static class Destination
{
    /// <summary>Longest URL, in characters.</summary>
    public const int LengthMax = 2_000;

    internal const string Expected = "an absolute http or https URL of at most 2,000 characters, without user, password and fragment";

    /// <summary>What is wrong with a destination; null when nothing is.</summary>
    public static QueryProblem? Check(string text)
    {
        if (text.Length > LengthMax) return new("dest", Expected, $"{text.Length:N0} characters");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 || text.Any(char.IsWhiteSpace) || text.Any(char.IsControl))
            return new("dest", Expected, text);
        // A password in the URL would be seen by everybody who may see the subscription, so it is not repeated here either.
        if (url.UserInfo.Length > 0 || text.Split('/', '?', '#')[2].Contains('@')) return new("dest", Expected, "a URL with user or password");
        return url.Fragment.Length > 0 ? new("dest", Expected, text) : null;
    }
}
