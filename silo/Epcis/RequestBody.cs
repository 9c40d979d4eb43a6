using Microsoft.AspNetCore.Http.Features;

namespace TraceGrains.Silo.Epcis;

/// <summary>Reads a whole body, in memory once: nothing of a document is taken before all of it has been read.</summary>
static class RequestBody
{
    /// <summary>The body, or why there is none.</summary>
    public static async Task<(byte[]? Body, IResult? Problem)> Read(HttpContext http, int limit)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = limit;
        try
        {
            if (http.Request.ContentLength is { } length && length <= limit)
            {
                var exact = new byte[length];
                await http.Request.Body.ReadExactlyAsync(exact, http.RequestAborted);
                return (exact, null);
            }
            using var whole = new MemoryStream();
            await http.Request.Body.CopyToAsync(whole, http.RequestAborted);
            return (whole.ToArray(), null);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            EpcisHeaders.AddCaptureLimits(http.Response.Headers);
            return (null, Problems.TooLarge());
        }
        catch (BadHttpRequestException refused)
        {
            return (null, Problems.Unreadable(refused));
        }
    }
}
