using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Queries;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>Events by query and by id, and tokens given back.</summary>
static class QueryEndpoints
{
    const string Events = EpcisEndpoints.Root + "/events/", Tokens = EpcisEndpoints.Root + "/nextPageToken/";

    public static void MapQueries(this IEndpointRouteBuilder epcis)
    {
        epcis.MapGet("/events", (HttpContext http, IGrainFactory grains, TimeProvider clock) => Poll.Url(http, grains, clock));
        epcis.MapGet("/events/{**eventId}", ById);
        epcis.MapDelete("/nextPageToken/{**token}", Release);
        epcis.MapDiscovery("/events/{**eventId}", Missing);
        epcis.MapDiscovery("/nextPageToken/{**token}");
    }

    /// <summary>The event of that id, and what declared it wrong.</summary>
    static async Task<IResult> ById(HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var (form, notAcceptable) = QueryAnswerForm.Of(http.Request);
        if (form is null) return notAcceptable!;
        var eventId = RawPath.After(http.Request, Events);
        var found = await Seen(http, grains, eventId);
        if (found.Count == 0) return Problems.NoSuchEvent(eventId);
        QueriedEvent[] events = [.. found.Select(view => new QueriedEvent { Sequence = view.Sequence, RecordTime = view.RecordTime, EventId = view.EventId, Json = view.Json })];
        return form.Write(http, events, Poll.SimpleEventQuery, clock.GetUtcNow());
    }

    /// <summary>Events of an id that the sender sees whole; there are no others for them.</summary>
    static async Task<List<EventView>> Seen(HttpContext http, IGrainFactory grains, string eventId)
    {
        var (viewer, seen) = (http.Viewer(grains), new List<EventView>());
        foreach (var view in await grains.GetGrain<IEventsGrain>(0).ById(eventId))
            if (await viewer.Shown(view.Json) is { } shown) seen.Add(viewer.SeesAll ? view : Of(view, shown.ToArray()));
        return seen;
    }

    static EventView Of(EventView view, byte[] shown) => new() { Sequence = view.Sequence, RecordTime = view.RecordTime, EventId = view.EventId, Json = shown };

    static async Task<IResult?> Missing(HttpContext http)
    {
        var id = RawPath.After(http.Request, Events);
        return (await Seen(http, http.RequestServices.GetRequiredService<IGrainFactory>(), id)).Count == 0 ? Problems.NoSuchEvent(id) : null;
    }

    static async Task<IResult> Release(HttpContext http, IGrainFactory grains)
    {
        var token = RawPath.After(http.Request, Tokens);
        // A token of a list holds nothing and leads nowhere secret: there is nothing to release.
        if (PageToken.ExpiryOf(token) is { } expires) await grains.GetGrain<IPageTokensGrain>(0).Release(token, expires);
        return Results.NoContent();
    }
}
