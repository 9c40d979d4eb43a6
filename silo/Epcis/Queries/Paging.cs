using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>Pages of a list: how long, from where, and where the next one is (<c>Link</c>, RFC 8288).</summary>
static class Paging
{
    public const string PerPage = "perPage", NextPageToken = "nextPageToken";

    const int DefaultPerPage = 30;

    /// <summary>How many on a page; a problem when that is no number the client may ask for.</summary>
    public static (int PageSize, IResult? Problem) SizeOf(HttpRequest request, int max)
    {
        var stated = request.Query[PerPage].ToString();
        return stated.Length == 0 ? (DefaultPerPage, null)
            : int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1 && size <= max ? (size, null)
            : (0, QueryProblems.Refused(PerPage, $"1 to {max}", stated));
    }

    /// <summary>The token of the page; null for the first.</summary>
    public static string? TokenOf(HttpRequest request) => request.Query[NextPageToken].ToString() is { Length: > 0 } token ? token : null;

    /// <summary>Says where the next page is: the same request with another token.</summary>
    public static void LinkNext(HttpContext http, string token)
    {
        var again = http.Request.Query.Where(parameter => parameter.Key != NextPageToken).SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value));
        var target = http.Request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        http.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(target, again.Append(KeyValuePair.Create(NextPageToken, (string?)token)))}>; rel=\"next\"";
    }

    /// <summary>A token that says behind which text the next page of a sorted list begins. It does not expire.</summary>
    public static string TokenBehind(string text) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text));

    /// <summary>The text of such a token; null when there is none, a problem when it is no such token.</summary>
    public static (string? After, IResult? Problem) AfterOf(HttpRequest request)
    {
        if (TokenOf(request) is not { } token) return (null, null);
        try
        {
            return (Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token)), null);
        }
        catch (FormatException)
        {
            return (null, QueryProblems.Refused(NextPageToken, "a token as a page's Link gave it", token));
        }
    }
}
