using System.Text;
using System.Text.Json;
using TraceGrains.Contracts.Labels;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Scanning;
using TraceGrains.GraphQL.Access;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Labels;

/// <summary><c>POST /labels/serials</c> issues serial numbers that nobody can guess and that are unique; <c>GET /labels/serials/{id}</c> tells them again.</summary>
static class SerialEndpoints
{
    const string Json = "application/json", Csv = "text/csv";

    /// <summary>What to issue.</summary>
    /// <param name="Code">A product (GTIN) or a lot of one, in any spelling.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Id">A UUID of the caller's: the same request under the same id is answered with the same serials, so that a lost answer may be asked for again. Made where it is left out.</param>
    sealed record SerialBody(string? Code, int Count, string? Id);

    sealed record IssueBody(string Id, string Product, string? Lot, int Count, DateTimeOffset IssuedAt, IReadOnlyList<string> Serials);

    public static void MapSerials(this IEndpointRouteBuilder labels)
    {
        labels.MapPost("/serials", Issue).Audited().Requires(Right.IssueSerials);
        labels.MapGet("/serials/{id}", async (HttpContext http, string id, IGrainFactory grains, PublicAddress address) =>
            Guid.TryParseExact(id, "D", out var parsed) && await GrainOf(grains, parsed).View() is { } issue && await IsOwn(http, grains, issue.Request.Product)
                ? Answer(http, parsed, issue, address, StatusCodes.Status200OK)
                : Results.Problem(title: "No such issue", detail: $"id: expected the id of an issue of serials; there is none under {(id.Length > 60 ? id[..60] : id)}", statusCode: StatusCodes.Status404NotFound)).Audited().Requires(Right.IssueSerials);
    }

    /// <summary>An enterprise's serials are those of products under its own keys.</summary>
    static async Task<bool> IsOwn(HttpContext http, IGrainFactory grains, string product) =>
        http.Caller().Reach(Right.IssueSerials) == Reach.All || (await http.Viewer(grains).Own())?.Owns(product) == true;

    static async Task<IResult> Issue(HttpContext http, IGrainFactory grains, PublicAddress address)
    {
        if (!http.Request.HasJsonContentType())
            return Results.Problem(title: "Content-Type is not one this endpoint reads", detail: $"Content-Type: expected {Json}, found {http.Request.ContentType ?? "none"}", statusCode: StatusCodes.Status415UnsupportedMediaType);
        SerialBody? body;
        try
        {
            body = await http.Request.ReadFromJsonAsync<SerialBody>();
        }
        catch (JsonException malformed)
        {
            return LabelEndpoints.Refuse(new(malformed.Path ?? "body", """JSON such as {"code":"…","count":100}""", malformed.InnerException?.Message));
        }
        if (!Guid.TryParseExact(body?.Id ?? Guid.NewGuid().ToString("D"), "D", out var id))
            return LabelEndpoints.Refuse(new("id", "a UUID such as 0192d3a4-7a7e-7cc1-9c3e-000000000001", body!.Id));
        var reading = ScannedText.Identify(body?.Code);
        if (reading.Best is not { Code: { } code } best) return LabelEndpoints.Refuse(reading.Problem! with { Field = $"code: {reading.Problem!.Field}" });
        if (ProductOf(code) is not { } product || best.Kind is not (CodeKind.Product or CodeKind.Batch))
            return LabelEndpoints.Refuse(new("code", "a product with a GTIN, or a lot of one", code));
        if (Negotiation.MediaType(http.Request, Json, Csv) is null) return LinkAnswers.NotAcceptable([Json, Csv]);
        if (!await IsOwn(http, grains, product))
            return CallerMiddleware.Refusal(http, StatusCodes.Status403Forbidden, "Not your product", $"code: expected a product under a key registered to {http.Caller().Party}, found {product}");

        var answer = await GrainOf(grains, id).Issue(new() { Product = product, Lot = best.Kind == CodeKind.Batch ? code : null, Count = body!.Count });
        return answer.Refused switch
        {
            null => Answer(http, id, answer.Issue!, address, answer.IsRepeat ? StatusCodes.Status200OK : StatusCodes.Status201Created),
            SerialRefusal.IdInUse => Results.Problem(title: "The id is in use for another request", detail: answer.Message, statusCode: StatusCodes.Status409Conflict),
            _ => LabelEndpoints.Refuse(CodeProblem.OfSentence(answer.Message!)),
        };
    }

    static IResult Answer(HttpContext http, Guid id, SerialIssue issue, PublicAddress address, int status)
    {
        http.Response.Headers.Location = $"/labels/serials/{id:D}";
        // Serials nobody has seen yet are worth something to who copies goods.
        http.Response.Headers.CacheControl = "no-store";
        var origin = address.Of(http.Request);
        if (Negotiation.MediaType(http.Request, Json, Csv) == Csv)
        {
            var csv = new StringBuilder("serial,code,link\r\n");
            foreach (var serial in issue.Serials)
                csv.Append(serial).Append(',').Append(issue.Request.Product).Append("/21/").Append(serial).Append(',').Append(LinkOf(issue, serial, origin)).Append("\r\n");
            return Results.Text(csv.ToString(), "text/csv; charset=utf-8", statusCode: status);
        }
        return Results.Json(new IssueBody(id.ToString("D"), issue.Request.Product, issue.Request.Lot, issue.Serials.Length, issue.IssuedAt, issue.Serials), statusCode: status);
    }

    /// <summary>What to print: with the lot in the path, so that the first scan already ties unit and lot.</summary>
    static string LinkOf(SerialIssue issue, string serial, string origin) => $"{origin}{LinkPaths.PageOf(issue.Request.Lot ?? issue.Request.Product)}/21/{serial}";

    static string? ProductOf(string code)
    {
        var start = $"{DigitalLink.CanonicalStem}/01/";
        return code.StartsWith(start, StringComparison.Ordinal) && code.Length >= start.Length + 14 ? code[..(start.Length + 14)] : null;
    }

    static ISerialIssueGrain GrainOf(IGrainFactory grains, Guid id) => grains.GetGrain<ISerialIssueGrain>($"issue:{id:D}");
}
