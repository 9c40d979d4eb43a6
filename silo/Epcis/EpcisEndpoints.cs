using System.Buffers;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Custody;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis;

/// <summary>The EPCIS 2.0 REST root as far as it goes: synchronous capture of documents and of single events, and reading an event back.</summary>
static class EpcisEndpoints
{
    static readonly string[] MediaTypes = ["application/json", "application/ld+json"];

    public static void MapEpcis(this IEndpointRouteBuilder routes)
    {
        var epcis = routes.MapGroup("/epcis");
        epcis.MapPost("/capture", (HttpContext http, IGrainFactory grains) =>
            Capture(http, body => grains.GetGrain<ICaptureGrain>(0).CaptureDocument(body), receipts => Results.Ok(new { events = receipts })));
        epcis.MapPost("/events", (HttpContext http, IGrainFactory grains) =>
            Capture(http, body => grains.GetGrain<ICaptureGrain>(0).CaptureEvent(body),
                receipts => Results.Created($"/epcis/events/{WebUtility.UrlEncode(receipts[0].EventID)}", receipts[0])));
        epcis.MapGet("/events/{**eventId}", Read);
    }

    /// <summary>A receipt as the client gets it.</summary>
    sealed record ReceiptBody(string EventID, long Sequence, bool Repeat);

    static async Task<IResult> Capture(HttpContext http, Func<byte[], Task<CaptureAnswer>> capture, Func<ReceiptBody[], IResult> captured)
    {
        var mediaType = http.Request.ContentType?.Split(';')[0].Trim();
        if (mediaType is null || !MediaTypes.Contains(mediaType, StringComparer.OrdinalIgnoreCase))
            return Problems.Unsupported(http.Request.ContentType, MediaTypes);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = CaptureLimits.MaxDocumentBytes;
        byte[] body;
        try
        {
            body = await ReadBody(http.Request);
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.TooLarge() : Problems.Unreadable(refused);
        }
        var answer = await capture(body);
        return answer.Problems.Length > 0
            ? Problems.Refused(answer.Problems)
            : captured([.. answer.Receipts.Select(receipt => new ReceiptBody(receipt.EventId, receipt.Sequence, receipt.IsRepeat))]);
    }

    static async Task<byte[]> ReadBody(HttpRequest request)
    {
        if (request.ContentLength is { } length and <= CaptureLimits.MaxDocumentBytes)
        {
            var exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact, request.HttpContext.RequestAborted);
            return exact;
        }
        using var whole = new MemoryStream();
        await request.Body.CopyToAsync(whole, request.HttpContext.RequestAborted);
        return whole.ToArray();
    }

    static async Task<IResult> Read(string eventId, IGrainFactory grains)
    {
        var found = await grains.GetGrain<IEventsGrain>(0).ById(eventId);
        return found.Length == 0
            ? Problems.NoSuchEvent(eventId)
            : Results.Bytes(WithRecordTime(found[0]), "application/ld+json");
    }

    /// <summary>The event as stored, with the record time and the id that this repository gave it.</summary>
    static byte[] WithRecordTime(EventView view)
    {
        using var stored = JsonDocument.Parse(view.Json);
        var buffer = new ArrayBufferWriter<byte>(view.Json.Length + 128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in stored.RootElement.EnumerateObject()) member.WriteTo(json);
            if (!stored.RootElement.TryGetProperty("eventID", out _)) json.WriteString("eventID", view.EventId);
            json.WriteString("recordTime", view.RecordTime.UtcDateTime);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
