using System.Globalization;
using TraceGrains.Contracts.Capture;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Epcis;

/// <summary>What became of documents.</summary>
static class CaptureJobEndpoints
{
    const int DefaultPerPage = 30, MostPerPage = 100;

    public static async Task<IResult> Read(string captureId, HttpContext http, IGrainFactory grains) =>
        await Find(captureId, http, grains) is { } job
            ? Results.Ok(CaptureJobBody.Of(job, withEvents: true))
            : Problems.NoSuchCaptureJob(captureId);

    /// <summary>A problem where there is no such job; null where there is one.</summary>
    public static async Task<IResult?> Missing(HttpContext http)
    {
        var id = (string)http.GetRouteValue("captureId")!;
        return await Find(id, http, http.RequestServices.GetRequiredService<IGrainFactory>()) is null ? Problems.NoSuchCaptureJob(id) : null;
    }

    /// <summary>A job of the sender's own enterprise; of anybody's for who sees everything.</summary>
    static async Task<CaptureJobView?> Find(string id, HttpContext http, IGrainFactory grains) => await grains.GetGrain<ICaptureJobsGrain>(0).Find(id) is { } job && http.Caller().Shares(job.By) ? job : null;

    public static async Task<IResult> List(HttpContext http, IGrainFactory grains, string? perPage, string? nextPageToken)
    {
        var first = DefaultPerPage;
        if (perPage is not null && (!int.TryParse(perPage, NumberStyles.None, CultureInfo.InvariantCulture, out first) || first is 0 or > MostPerPage))
            return Problems.Invalid("perPage", $"1 to {MostPerPage}", perPage);
        long? after = null;
        if (nextPageToken is not null)
        {
            if (!long.TryParse(nextPageToken, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Problems.Invalid("nextPageToken", "a token as a page's Link gave it", nextPageToken);
            after = number;
        }
        var page = await grains.GetGrain<ICaptureJobsGrain>(0).NewestFor(after, first, http.Caller());
        // A token is a place among the jobs: jobs that come meanwhile come before it, and nothing is skipped or repeated. It does not expire.
        if (page.Next is { } next) http.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"<{http.Request.Path}?perPage={first}&nextPageToken={next}>; rel=\"next\"");
        return Results.Ok(page.Jobs.Select(job => CaptureJobBody.Of(job, withEvents: false)));
    }
}
