using TraceGrains.Domain.Access;
using TraceGrains.Domain.Identity.Scanning;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Labels;

/// <summary>Labels to print: <c>/labels/qr</c> one, <c>/labels/sheet</c> pages of them, <c>/labels/serials</c> the numbers to print on them.</summary>
static class LabelEndpoints
{
    const int WidthMin = 64, WidthMax = 4_096, LabelsMax = 1_000;

    public static IServiceCollection AddLabels(this IServiceCollection services) => services.AddSingleton<PublicAddress>().AddSingleton<LabelFonts>().AddSingleton<LabelDrawing>();

    public static void MapLabels(this IEndpointRouteBuilder routes)
    {
        // A setting that cannot be meant shows at the start, not with the first label.
        routes.ServiceProvider.GetRequiredService<PublicAddress>();
        routes.ServiceProvider.GetRequiredService<LabelFonts>();
        var labels = routes.MapGroup("/labels");
        labels.MapGet("/qr", One).Requires(Right.ReadPublic);
        labels.MapGet("/sheet", (HttpContext http, LabelDrawing drawing, LabelFonts fonts, PublicAddress address) =>
            Sheet(http, [.. http.Request.Query["code"].OfType<string>().Select(code => new SheetItem(code, null))], drawing, fonts, address)).Requires(Right.ReadPublic);
        labels.MapPost("/sheet", PostSheet).Requires(Right.ReadPublic);
        labels.MapSerials();
    }

    /// <summary>A label of a sheet.</summary>
    /// <param name="Code">In any spelling.</param>
    /// <param name="Text">In place of the human-readable line.</param>
    sealed record SheetItem(string? Code, string? Text);

    sealed record SheetBody(SheetItem[]? Labels);

    static IResult One(HttpContext http, LabelDrawing drawing, LabelFonts fonts, PublicAddress address)
    {
        var request = new LabelRequest(http.Request, address);
        var format = request.Word("format", Negotiation.MediaType(http.Request, "image/svg+xml", "image/png") == "image/png" ? "png" : "svg", "svg", "png");
        var width = request.Number("size", 300, WidthMin, WidthMax);
        var label = request.Of(request.One("code"), "code", request.Caption());
        if (label is not null && format == "png")
        {
            // Two pixels a module is the least that a camera tells apart.
            if (width < 2 * label.Width) request.Wrong("size", $"at least {2 * label.Width} for this code", $"{width}", 0);
            CheckFonts(request, [label], fonts);
        }
        if (request.Problem is { } problem) return Refuse(problem);
        return format == "png"
            ? Results.Bytes(drawing.Png(label!, width), "image/png")
            : Results.Text(LabelSvg.Of(label!, $"{width}px").ToString(), "image/svg+xml; charset=utf-8");
    }

    static async Task<IResult> PostSheet(HttpContext http, LabelDrawing drawing, LabelFonts fonts, PublicAddress address)
    {
        if (!http.Request.HasJsonContentType())
            return Results.Problem(title: "Content-Type is not one this endpoint reads", detail: $"Content-Type: expected application/json, found {http.Request.ContentType ?? "none"}", statusCode: StatusCodes.Status415UnsupportedMediaType);
        try
        {
            var body = await http.Request.ReadFromJsonAsync<SheetBody>();
            return Sheet(http, body?.Labels ?? [], drawing, fonts, address);
        }
        catch (System.Text.Json.JsonException malformed)
        {
            return Refuse(new(malformed.Path ?? "body", """JSON such as {"labels":[{"code":"…","text":"…"}]}""", malformed.InnerException?.Message));
        }
        catch (BadHttpRequestException refused)
        {
            return Results.Problem(title: "The body could not be read", detail: refused.Message, statusCode: refused.StatusCode);
        }
    }

    static IResult Sheet(HttpContext http, SheetItem[] items, LabelDrawing drawing, LabelFonts fonts, PublicAddress address)
    {
        var request = new LabelRequest(http.Request, address);
        var format = request.Word("format", Negotiation.MediaType(http.Request, "text/html", "application/pdf") == "application/pdf" ? "pdf" : "html", "html", "pdf");
        var layout = new SheetLayout(request.Number("columns", 3, 1, SheetLayout.ColumnsMax), request.Number("rows", 6, 1, SheetLayout.RowsMax),
            request.Number("margin", 10, 0, SheetLayout.MarginMax), request.Number("gap", 4, 0, SheetLayout.GapMax));
        if (items.Length is 0 or > LabelsMax) request.Wrong("labels", $"1 to {LabelsMax} codes", $"{items.Length}", 0);
        var labels = new List<Label>(items.Length);
        for (var i = 0; i < items.Length && request.Problem is null; i++)
        {
            if (items[i]?.Text?.Length > LabelRequest.CaptionMax) request.Wrong($"labels[{i}].text", $"at most {LabelRequest.CaptionMax} characters", $"{items[i].Text!.Length}", 0);
            else if (request.Of(items[i]?.Code, $"labels[{i}].code", items[i]?.Text) is { } label) labels.Add(label);
        }
        if (request.Problem is null && format == "pdf") CheckFonts(request, labels, fonts);
        if (request.Problem is { } problem) return Refuse(problem);
        if (format == "pdf") return Results.Bytes(drawing.Pdf(labels, layout), "application/pdf");
        var (page, policy) = LabelSheetPage.Of(labels, layout);
        http.Response.Headers.ContentSecurityPolicy = policy;
        return Results.Text(page.ToString(), "text/html; charset=utf-8");
    }

    static void CheckFonts(LabelRequest request, IEnumerable<Label> labels, LabelFonts fonts)
    {
        foreach (var label in labels)
            if (fonts.Missing(label.Caption) is { Length: > 0 } missing)
            {
                request.Wrong("text", "characters that a font of this machine has (install one with Chinese, such as fonts-wqy-microhei, or name its file as label-font; SVG and HTML need none)", missing, 0);
                return;
            }
    }

    public static IResult Refuse(CodeProblem problem) => Results.Problem(title: "The request was refused", detail: problem.ToString(), statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?> { ["field"] = problem.Field, ["expected"] = problem.Expected, ["found"] = problem.Found });
}
