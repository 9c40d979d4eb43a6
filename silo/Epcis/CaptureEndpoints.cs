using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis;

/// <summary>Capture of whole documents and of single events; both answer when the events are durable and every read sees them.</summary>
static class CaptureEndpoints
{
    public static void MapCapture(this IEndpointRouteBuilder epcis)
    {
        epcis.MapPost("/capture", (HttpContext http, IGrainFactory grains) =>
            Capture(http, grains, (capture, form, body) => capture.CaptureDocument(form, body), receipts => Results.Ok(new { events = receipts })));
        epcis.MapPost("/events", (HttpContext http, IGrainFactory grains) =>
            Capture(http, grains, (capture, form, body) => capture.CaptureEvent(form, body), receipts => Results.Created(EventEndpoints.PathOf(receipts[0].EventID), receipts[0])));
    }

    /// <summary>A receipt as the client gets it.</summary>
    sealed record ReceiptBody(string EventID, long Sequence, bool Repeat);

    static async Task<IResult> Capture(HttpContext http, IGrainFactory grains, Func<ICaptureGrain, CaptureForm, byte[], Task<CaptureAnswer>> capture, Func<ReceiptBody[], IResult> captured)
    {
        if (CaptureMediaTypes.Of(http.Request) is not { } form) return Problems.Unsupported(http.Request, CaptureMediaTypes.Names);
        byte[] body;
        try
        {
            body = await RequestBody.Read(http, CaptureLimits.MaxDocumentBytes);
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.TooLarge() : Problems.Unreadable(refused);
        }
        var answer = await capture(grains.GetGrain<ICaptureGrain>(0), form, body);
        return answer.Problems.Length > 0
            ? Problems.Refused(answer.Problems)
            : captured([.. answer.Receipts.Select(receipt => new ReceiptBody(receipt.EventId, receipt.Sequence, receipt.IsRepeat))]);
    }
}
