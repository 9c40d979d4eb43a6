using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Grains;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Epcis;

/// <summary>Capture of whole documents, as jobs, and of single events. Whoever is told that a job has finished can read all of it everywhere.</summary>
static class CaptureEndpoints
{
    const string Jobs = EpcisEndpoints.Root + "/capture";

    public static void MapCapture(this IEndpointRouteBuilder epcis)
    {
        epcis.MapPost("/capture", CaptureDocument).AnswersJson();
        epcis.MapGet("/capture", CaptureJobEndpoints.List).AnswersJson();
        epcis.MapGet("/capture/{captureId}", CaptureJobEndpoints.Read).AnswersJson();
        epcis.MapPost("/events", CaptureEvent).AnswersJson();
        epcis.MapDiscovery("/capture", http =>
        {
            EpcisHeaders.AddCaptureLimits(http.Response.Headers);
            return Task.FromResult<IResult?>(null);
        });
        epcis.MapDiscovery("/capture/{captureId}", CaptureJobEndpoints.Missing);
        epcis.MapDiscovery("/events");
    }

    static async Task<IResult> CaptureDocument(HttpContext http, IGrainFactory grains, LargeBodies large)
    {
        if (CaptureMediaTypes.Of(http.Request) is not { } form) return Problems.Unsupported(http.Request, CaptureMediaTypes.Names);
        var (asked, refused) = CaptureRequest.Read(http.Request);
        if (asked is null) return refused!;
        using var place = await large.Enter(http.Request);
        var (body, unreadable) = await RequestBody.Read(http, CaptureLimits.MaxDocumentBytes);
        if (body is null) return unreadable!;
        // A job that was on a silo which has just gone may have been begun there: another one is made, and what is on record is not recorded twice.
        var job = await Again.Ask(() => grains.GetGrain<ICaptureJobGrain>(Guid.CreateVersion7().ToString("n"))
            .Start(new() { Form = form, Behaviour = asked.Behaviour, Document = body, Wait = asked.Wait, By = http.Caller().Restricted(Right.Capture) }));
        if (job.Id is null) return Refused(http, job.Errors);
        if (job.FinishedAt is null) http.Response.Headers["Preference-Applied"] = "respond-async";
        return Results.Accepted($"{Jobs}/{job.Id}", CaptureJobBody.Of(job, withEvents: true));
    }

    static async Task<IResult> CaptureEvent(HttpContext http, IGrainFactory grains, LargeBodies large)
    {
        if (CaptureMediaTypes.Of(http.Request) is not { } form) return Problems.Unsupported(http.Request, CaptureMediaTypes.Names);
        using var place = await large.Enter(http.Request);
        var (body, unreadable) = await RequestBody.Read(http, CaptureLimits.MaxDocumentBytes);
        if (body is null) return unreadable!;
        var capture = grains.GetGrain<ICaptureGrain>(0);
        var answer = await (http.Caller().Restricted(Right.Capture) is { } by ? capture.CaptureEventBy(form, body, by) : capture.CaptureEvent(form, body));
        return answer.Problems.Length > 0
            ? Refused(http, answer.Problems)
            : Results.Created(EventEndpoints.PathOf(answer.Receipts[0].EventId), ReceiptBody.Of(answer.Receipts[0]));
    }

    static IResult Refused(HttpContext http, Refusal[] problems)
    {
        if (problems.Any(problem => problem.ExceedsLimit)) EpcisHeaders.AddCaptureLimits(http.Response.Headers);
        return Problems.Refused(problems);
    }
}
