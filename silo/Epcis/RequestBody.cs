using Microsoft.AspNetCore.Http.Features;

namespace TraceGrains.Silo.Epcis;

/// <summary>Reads a whole body, in memory once: nothing of a document is taken before all of it has been read.</summary>
static class RequestBody
{
    /// <summary>Throws <see cref="BadHttpRequestException"/>, with status 413 where the body is longer than allowed.</summary>
    public static async Task<byte[]> Read(HttpContext http, int limit)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = limit;
        if (http.Request.ContentLength is { } length && length <= limit)
        {
            var exact = new byte[length];
            await http.Request.Body.ReadExactlyAsync(exact, http.RequestAborted);
            return exact;
        }
        using var whole = new MemoryStream();
        await http.Request.Body.CopyToAsync(whole, http.RequestAborted);
        return whole.ToArray();
    }
}
