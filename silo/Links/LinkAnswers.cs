using System.Text.Json.Nodes;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Silo.Links;

/// <summary>Answers of the public addresses, with the headers they all carry.</summary>
static class LinkAnswers
{
    const string HtmlType = "text/html";

    /// <summary>Public reading from any page is what a resolver is for.</summary>
    public static void Open(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Link, Content-Language";
        headers.Vary = "Accept, Accept-Language";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // What is recalled must show at once.
        headers.CacheControl = "no-cache";
    }

    public static IResult Options(HttpContext http)
    {
        Open(http);
        var headers = http.Response.Headers;
        headers.Allow = headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
        headers.AccessControlAllowHeaders = "Accept, Accept-Language";
        headers.AccessControlMaxAge = "86400";
        return Results.NoContent();
    }

    public static IResult Page(HttpContext http, Html page, PageWords words, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ContentSecurityPolicy = PageFrame.ContentSecurityPolicy;
        http.Response.Headers.ContentLanguage = words.Language;
        return Results.Text(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    public static IResult Json(JsonNode node, string mediaType) => Results.Text(node.ToJsonString(Writing), mediaType + "; charset=utf-8");

    public static IResult Malformed(HttpContext http, string asked, CodeProblem problem, int status = StatusCodes.Status400BadRequest)
    {
        var words = new PageWords(Negotiation.IsChinese(http.Request));
        return WantsPage(http)
            ? Page(http, ProvenancePage.Malformed(asked, problem, words), words, status)
            : Results.Problem(title: "This is no right code", detail: problem.ToString(), statusCode: status,
                extensions: new Dictionary<string, object?> { ["field"] = problem.Field, ["expected"] = problem.Expected, ["found"] = problem.Found });
    }

    public static IResult Unknown(HttpContext http, PublicRecord record)
    {
        var words = new PageWords(Negotiation.IsChinese(http.Request));
        return WantsPage(http)
            ? Page(http, ProvenancePage.Unknown(record, words), words, StatusCodes.Status404NotFound)
            : Results.Problem(title: "Not on record", detail: $"code: expected a code that an event has named; none has named {record.Code}", statusCode: StatusCodes.Status404NotFound,
                extensions: new Dictionary<string, object?> { ["code"] = record.Code, ["wider"] = record.Wider?.Code, ["widerIsRecalled"] = record.Wider?.IsRecalled });
    }

    public static IResult NotAcceptable(string[] offers) => Results.Problem(
        title: "There is no such representation", detail: $"Accept: expected {string.Join(" or ", offers)}", statusCode: StatusCodes.Status406NotAcceptable);

    static bool WantsPage(HttpContext http) => Negotiation.MediaType(http.Request, HtmlType, Linkset.MediaType, "application/json", "application/problem+json") is HtmlType;

    static readonly System.Text.Json.JsonSerializerOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
