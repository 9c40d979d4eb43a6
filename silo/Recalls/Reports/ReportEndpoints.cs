using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.Domain.Identity;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Links;
using TraceGrains.Silo.Operations;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>
/// <c>/recall-reports/{case}/…</c>: the reports of a recall case, made when they are asked for. They tell who has what of whom, so they are for authorities.
/// </summary>
static class ReportEndpoints
{
    const string Start = "urn:tracegrains:recall:", Page = "text/html", Json = "application/json";

    public static IServiceCollection AddRecallReports(this IServiceCollection services) =>
        services.AddSingleton<ReportDesk>().AddSingleton<GoodsSheet>().AddSingleton<EvidenceBundle>();

    public static void MapRecallReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/recall-reports/{case}").Audited().RequiresAuthority(Right.ReadRecallCase);
        reports.AddEndpointFilter(OfTheDistrict);
        reports.MapGet("/status", Status);
        reports.MapGet("/plan", (string @case, HttpContext http, ReportDesk desk, IPublicDirectory directory) => Form(@case, http, desk, directory, PlanForm.Of));
        reports.MapGet("/summary", (string @case, HttpContext http, ReportDesk desk, IPublicDirectory directory) => Form(@case, http, desk, directory, SummaryForm.Of));
        reports.MapGet("/goods.csv", (string @case, HttpContext http, ReportDesk desk, GoodsSheet sheet) => Sheet(@case, http, desk, sheet, "csv", "text/csv; charset=utf-8", SheetFiles.WriteCsv));
        reports.MapGet("/goods.xlsx", (string @case, HttpContext http, ReportDesk desk, GoodsSheet sheet) =>
            Sheet(@case, http, desk, sheet, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", SheetFiles.WriteWorkbook));
        reports.MapGet("/certificate", Certificate);
        reports.MapGet("/bundle.zip", Bundle);
    }

    /// <summary>A report tells of the case as a whole, so a district's authority gets those of the cases that it runs.</summary>
    static async ValueTask<object?> OfTheDistrict(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (http, grains) = (context.HttpContext, context.HttpContext.RequestServices.GetRequiredService<IGrainFactory>());
        if (DistrictAuthority.Of(grains, http.Caller(), Right.ReadRecallCase) is { } district
            && UrnOf((string)http.GetRouteValue("case")!) is { } id && await grains.GetGrain<IRecallCaseGrain>(id).View() is { } view && !await district.Runs(view))
            return CallerMiddleware.Refusal(http, StatusCodes.Status403Forbidden, "Not for this district",
                $"case: expected a case that was opened by the authority of district {district.Territory}, or by somebody who lies there; found {id}, of which GraphQL tells what lies there");
        return await next(context);
    }

    static async Task<IResult> Status(string @case, HttpContext http, ReportDesk desk, IPublicDirectory directory)
    {
        http.Response.Headers.Vary = "Accept, Accept-Language";
        if (Negotiation.MediaType(http.Request, Page, Json) is not { } form) return Results.Problem(title: "No such form", statusCode: StatusCodes.Status406NotAcceptable, detail: $"Accept: expected {Page} or {Json}");
        if (await Find(@case, http, desk) is not { } report) return Unknown(@case);
        var (counts, balance, names, words) = (await desk.Count(report, http.RequestAborted), await desk.Balance(report), new ReportNames(directory, report.Parties), Words(http));
        return form == Json ? ReportPage.Send(http, await StatusJson.Of(report, counts, balance, names, words), Json) : ReportPage.Send(http, await StatusPage.Of(report, counts, balance, names, words));
    }

    static async Task<IResult> Certificate(string @case, HttpContext http, ReportDesk desk)
    {
        if (await Find(@case, http, desk) is not { } report) return Unknown(@case);
        if (!report.IsDrill || report.Case.CompletedAt is null || await desk.Drill(report) is not { } drill)
            return Results.Problem(title: "No certificate", statusCode: StatusCodes.Status409Conflict, detail: report.IsDrill ? "case: expected a drill that is completed; it still goes on" : "case: expected a drill; this case is meant");
        return ReportPage.Send(http, DrillCertificate.Of(report, drill, Words(http)));
    }

    static async Task<IResult> Form(string name, HttpContext http, ReportDesk desk, IPublicDirectory directory, Func<FormFacts, Html> form) =>
        await Find(name, http, desk) is { } report ? ReportPage.Send(http, form(await FormFacts.Read(report, desk, directory, http.RequestAborted))) : Unknown(name);

    static async Task<IResult> Sheet(
        string name, HttpContext http, ReportDesk desk, GoodsSheet sheet, string extension, string mediaType, Func<Stream, IAsyncEnumerable<GoodsRow>, PageWords, CancellationToken, Task> write)
    {
        if (await Find(name, http, desk) is not { } report) return Unknown(name);
        var words = Words(http);
        try
        {
            return await Spool.Send(http, mediaType, $"recall-goods-{report.ShortName}.{extension}", to => write(to, sheet.Rows(report, words), words, http.RequestAborted));
        }
        catch (SheetTooLongException tooLong)
        {
            return Results.Problem(title: "Too many rows", statusCode: StatusCodes.Status422UnprocessableEntity, detail: tooLong.Message);
        }
    }

    static async Task<IResult> Bundle(string @case, HttpContext http, ReportDesk desk, EvidenceBundle bundle) => await Find(@case, http, desk) is { } report
        ? await Spool.Send(http, "application/zip", $"recall-evidence-{report.ShortName}.zip", to => bundle.Write(to, report, http.RequestAborted))
        : Unknown(@case);

    static async Task<CaseReport?> Find(string name, HttpContext http, ReportDesk desk) => UrnOf(name) is { } id ? await desk.Read(id, http.RequestAborted) : null;

    /// <summary>The case's URN, from that or from the UUID at its end; null for a name that no case has.</summary>
    static string? UrnOf(string name)
    {
        var last = name.StartsWith(Start, StringComparison.OrdinalIgnoreCase) ? name[Start.Length..] : name;
        if (Guid.TryParseExact(last, "D", out var uuid)) last = uuid.ToString();
        return last.Length is > 0 and <= Identifier.LengthMax - 100 ? Start + last : null;
    }

    static PageWords Words(HttpContext http) => new(Negotiation.IsChinese(http.Request));

    static IResult Unknown(string name) => Results.Problem(title: "No such recall case", statusCode: StatusCodes.Status404NotFound, detail: $"case: expected the URN of a recall case, or the UUID at its end; found {(name.Length > 80 ? name[..80] + "…" : name)}");
}
