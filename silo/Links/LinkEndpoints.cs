using Microsoft.AspNetCore.Http.Features;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Scanning;
using TraceGrains.Silo.Access;

namespace TraceGrains.Silo.Links;

/// <summary>
/// The GS1 Digital Link resolver: every key that the syntax dictionary allows as the start of a link, with its qualifiers and attributes. A browser gets the
/// provenance page, a program the set of links; <c>/e/{code}</c> is the same for codes that are no GS1 keys.
/// </summary>
static class LinkEndpoints
{
    /// <summary>Longer than any right link of ours with every attribute it may carry.</summary>
    const int TargetLengthMax = 4_000;

    const string Page = "text/html", Json = "application/json";
    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head], Representations = [Page, Linkset.MediaType, Json];

    public static IServiceCollection AddLinks(this IServiceCollection services) =>
        services.AddSingleton<IPublicDirectory, PublicDirectory>().AddSingleton<Provenance>();

    public static void MapLinks(this IEndpointRouteBuilder routes)
    {
        foreach (var key in SyntaxDictionary.All.Where(identifier => identifier.IsLinkKey))
            Map(routes, $"/{key.Ai}/{{**value}}", Resolve);
        Map(routes, "/e/{**code}", Entity);
        Map(routes, "/recall-status/{**code}", RecallStatus);
        Map(routes, "/.well-known/gs1resolver", (http, _) => Task.FromResult(LinkAnswers.Json(ResolverDescription.Of(LinkPaths.Origin(http.Request)), Json)));
        routes.MapIdentify();
    }

    public static void Map(IEndpointRouteBuilder routes, string pattern, Func<HttpContext, Provenance, Task<IResult>> answer)
    {
        routes.MapMethods(pattern, Reading, (HttpContext http, Provenance provenance) =>
        {
            LinkAnswers.Open(http);
            return answer(http, provenance);
        }).Requires(Right.ReadPublic);
        routes.MapMethods(pattern, [HttpMethods.Options], LinkAnswers.Options);
    }

    static async Task<IResult> Resolve(HttpContext http, Provenance provenance)
    {
        // As it was sent: the router undoes escapes, and an escaped slash belongs to a value.
        var target = RawTarget(http);
        if (target.Length > TargetLengthMax) return LinkAnswers.Malformed(http, target[..60] + "…", new("link", $"at most {TargetLengthMax} characters", target.Length.ToString()), StatusCodes.Status414UriTooLong);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        if (!Identifier.TryIdentify(DigitalLink.CanonicalStem + path, out var identified, out var error) || !DigitalLink.TryParse(DigitalLink.CanonicalStem + target, out _, out error))
            return LinkAnswers.Malformed(http, path, CodeProblem.OfSentence(WithoutLink(error)));
        return await Answer(http, provenance, identified);
    }

    static async Task<IResult> Entity(HttpContext http, Provenance provenance)
    {
        if (CodeIn(http, "/e/") is not { } text || !Identifier.TryIdentify(text, out var identified, out var error))
            return Wrong(http, "/e/");
        return identified.Code.StartsWith(DigitalLink.CanonicalStem + "/", StringComparison.Ordinal)
            ? Results.Redirect(LinkPaths.PageOf(identified.Code) + http.Request.QueryString, preserveMethod: true)
            : await Answer(http, provenance, identified);
    }

    static async Task<IResult> RecallStatus(HttpContext http, Provenance provenance)
    {
        const string at = "/recall-status/";
        if (CodeIn(http, at) is not { } text || !Identifier.TryIdentify(text, out var identified, out _))
            return Wrong(http, at);
        var record = await provenance.Of(identified, tells: false);
        return record.IsOnRecord ? LinkAnswers.Json(RecordJson.RecallStatus(record), Json) : LinkAnswers.Unknown(http, record);
    }

    static async Task<IResult> Answer(HttpContext http, Provenance provenance, Identification identified)
    {
        var request = http.Request;
        var asked = request.Query["linkType"] is [{ Length: > 0 } one] ? one : null;
        var type = asked is null or "all" or "linkset" ? null : Linkset.Find(asked);
        if (type is null && asked is not (null or "all" or "linkset"))
            return Results.Problem(title: "There is no link of this type", statusCode: StatusCodes.Status404NotFound,
                detail: $"linkType: expected all, linkset or one of {string.Join(", ", Linkset.Types.Select(known => "gs1:" + known.Word))}; found {(asked.Length > 100 ? asked[..100] + "…" : asked)}");

        var wantsLinks = asked is "all" or "linkset";
        var representation = wantsLinks ? Negotiation.MediaType(request, Linkset.MediaType, Json) ?? Linkset.MediaType : Negotiation.MediaType(request, Representations);
        var record = await provenance.Of(identified, tells: type is null or { MediaType: Page } && (representation == Page || (representation == Json && type is not null)));
        if (!record.IsOnRecord) return LinkAnswers.Unknown(http, record);

        var origin = LinkPaths.Origin(request);
        http.Response.Headers.Append("Link", $"<{origin}{LinkPaths.PageOf(identified.Code)}?linkType=linkset>; rel=\"linkset\"; type=\"{Linkset.MediaType}\"");
        http.Response.Headers.Append("Link", $"<{Ascii(identified.Code)}>; rel=\"canonical\"");
        var words = new PageWords(Negotiation.IsChinese(request));
        if (type is { MediaType: not Page }) return Results.Redirect(type.PathOf(identified.Code), preserveMethod: true);
        return representation switch
        {
            Page => LinkAnswers.Page(http, ProvenancePage.Of(record, words), words),
            Json when type is not null => LinkAnswers.Json(RecordJson.Of(record, words), Json),
            { } set => Links(http, record, words, set),
            null => LinkAnswers.NotAcceptable(Representations),
        };
    }

    static IResult Links(HttpContext http, PublicRecord record, PageWords words, string mediaType)
    {
        http.Response.Headers.Append("Link", "<https://ref.gs1.org/standards/resolver/linkset-context>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"");
        return LinkAnswers.Json(Linkset.Of(record, LinkPaths.Origin(http.Request), words.IsChinese), mediaType);
    }

    static IResult Wrong(HttpContext http, string at)
    {
        var text = CodeIn(http, at) ?? "";
        var reading = ScannedText.Identify(text);
        var problem = Identifier.TryIdentify(text, out _, out var error) ? reading.Problem : CodeProblem.OfSentence(WithoutLink(error));
        return LinkAnswers.Malformed(http, text.Length > 200 ? text[..200] + "…" : text, problem ?? new("code", "a canonical code", null));
    }

    /// <summary>The code behind a path, its escapes undone once; null where it is too long or missing.</summary>
    public static string? CodeIn(HttpContext http, string at)
    {
        var target = RawTarget(http);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        return path.Length > TargetLengthMax || path.Length <= at.Length ? null : Uri.UnescapeDataString(path[at.Length..]);
    }

    /// <summary>The request target as it was sent, made a path where the client sent a whole URI.</summary>
    static string RawTarget(HttpContext http)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (raw.StartsWith('/')) return raw;
        return Uri.TryCreate(raw, UriKind.Absolute, out var whole) ? whole.PathAndQuery : http.Request.Path + http.Request.QueryString;
    }

    /// <summary>Headers are ASCII; an internationalised URI is written with escapes there.</summary>
    static string Ascii(string code) => code.All(char.IsAscii) ? code : new Uri(code).AbsoluteUri;

    /// <summary>The reader of identities names the whole link first; here everybody knows which link it is about.</summary>
    static string WithoutLink(string error) =>
        error.StartsWith(DigitalLink.CanonicalStem, StringComparison.Ordinal) && error.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? error[(end + 2)..] : error;
}
