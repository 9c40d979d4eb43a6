using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Queries;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>
/// The resources by which events can be browsed (EPCIS 2.0 REST binding): event types, EPCs, business steps, business locations, read points, dispositions; each lists its values, and
/// each value has its events.
/// </summary>
static class TopLevelResources
{
    /// <summary>Values on one page.</summary>
    const int PageSizeMax = 1_000;

    const string EventsEnding = "/events";

    static readonly string[] Names = ["queries", "capture", "events", "eventTypes", "epcs", "readPoints", "bizLocations", "dispositions", "bizSteps"];

    /// <summary>One such resource.</summary>
    /// <param name="Path">Its name in the path.</param>
    /// <param name="Parameter">The query parameter that asks for events with a value of it.</param>
    /// <param name="List">Its values behind one, in ordinal order.</param>
    /// <param name="Canonical">A value from a path in the spelling that <paramref name="List"/> gives; null when it can be none.</param>
    /// <param name="Exists">Whether there is such a value.</param>
    /// <param name="Sees">Of which values a caller may hear.</param>
    sealed record Resource(
        string Path, string Parameter, Func<IEventQueryGrain, string?, int, Task<string[]>> List, Func<string, string?> Canonical, Func<IEventQueryGrain, string, Task<bool>> Exists,
        Func<Viewer, string[], Task<bool[]>> Sees);

    static readonly Resource[] All =
    [
        Vocabulary("eventTypes", "eventType", QueriedWord.EventType, CbvTerms.EventTypes, value => value),
        // An EPC may be a class as well as an instance, and whoever browses wants to see its events either way.
        new("epcs", "MATCH_anyCode", (grain, after, first) => grain.Epcs(after, first), CodeOf, (grain, code) => grain.KnowsEpc(code), (viewer, codes) => viewer.SeesThings(codes)),
        Vocabulary("bizSteps", "EQ_bizStep", QueriedWord.BizStep, CbvTerms.BizSteps, CbvTerms.BizStep),
        Places("bizLocations", "EQ_bizLocation", QueriedWord.BizLocation),
        Places("readPoints", "EQ_readPoint", QueriedWord.ReadPoint),
        Vocabulary("dispositions", "EQ_disposition", QueriedWord.Disposition, CbvTerms.Dispositions, CbvTerms.Disposition),
    ];

    public static void MapTopLevelResources(this IEndpointRouteBuilder epcis)
    {
        epcis.MapGet("/", () => Collection(Names));
        epcis.MapDiscovery("/");
        foreach (var resource in All)
        {
            epcis.MapGet("/" + resource.Path, (HttpContext http, IGrainFactory grains) => List(resource, http, grains));
            epcis.MapGet($"/{resource.Path}/{{**value}}", (HttpContext http, IGrainFactory grains, TimeProvider clock) => OfValue(resource, http, grains, clock));
            epcis.MapDiscovery("/" + resource.Path);
            epcis.MapDiscovery($"/{resource.Path}/{{**value}}");
        }
    }

    static async Task<IResult> List(Resource resource, HttpContext http, IGrainFactory grains)
    {
        var (size, noSize) = Paging.SizeOf(http.Request, PageSizeMax);
        if (noSize is not null) return noSize;
        if (http.Viewer(grains) is { SeesAll: false } viewer) return await ListSeen(resource, values => resource.Sees(viewer, values), http, grains, size);
        var (after, noToken) = Paging.AfterOf(http.Request);
        if (noToken is not null) return noToken;
        var found = await resource.List(grains.GetGrain<IEventQueryGrain>(0), after, size + 1);
        if (found.Length > size) Paging.LinkNext(http, Paging.TokenBehind(found[size - 1]));
        return Collection(found.Take(size));
    }

    /// <summary>The values that the caller may hear of. Neither they nor the token tell of others.</summary>
    static async Task<IResult> ListSeen(Resource resource, Func<string[], Task<bool[]>> sees, HttpContext http, IGrainFactory grains, int size)
    {
        var events = grains.GetGrain<IEventQueryGrain>(0);
        if (await SeenPages.Read(grains.GetGrain<IListTokensGrain>(0), resource.Path, size, Paging.TokenOf(http.Request), (after, first) => resource.List(events, after, first), value => value, sees) is not { } page)
            return QueryProblems.Refused(Paging.NextPageToken, "a token as a page's Link gave it", Paging.TokenOf(http.Request));
        if (page.Next is { } next) Paging.LinkNext(http, next);
        return Collection(page.Rows);
    }

    static async Task<bool> Sees(Resource resource, Viewer viewer, string value) => viewer.SeesAll || (await resource.Sees(viewer, [value]))[0];

    static async Task<IResult> OfValue(Resource resource, HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var path = RawPath.After(http.Request, $"{EpcisEndpoints.Root}/{resource.Path}/");
        var asksEvents = path.EndsWith(EventsEnding, StringComparison.Ordinal);
        var value = asksEvents ? path[..^EventsEnding.Length] : path;
        if (resource.Canonical(value) is not { } canonical || !await resource.Exists(grains.GetGrain<IEventQueryGrain>(0), canonical) || !await Sees(resource, http.Viewer(grains), canonical))
            return QueryProblems.NoSuchName(resource.Path, value);
        return !asksEvents ? Collection(["events"])
            : await Poll.Url(http, grains, clock, resource.Parameter, canonical);
    }

    static Resource Places(string path, string parameter, QueriedWord kind) => new(path, parameter,
        (grain, after, first) => grain.Words(kind, after, first), CodeOf, (grain, code) => grain.KnowsWord(kind, code), (viewer, codes) => viewer.SeesParties(codes));

    static Resource Vocabulary(string path, string parameter, QueriedWord kind, IReadOnlyList<string> standard, Func<string, string?> canonical) => new(path, parameter,
        async (grain, after, first) =>
        {
            // Words of the standard sort after URIs of one's own only partly, so the two lists are merged.
            var own = (await Seen(grain, kind, canonical)).Except(standard);
            return [.. standard.Concat(own).Order(StringComparer.Ordinal).Where(word => string.CompareOrdinal(word, after) > 0).Take(first)];
        },
        canonical, async (grain, word) => standard.Contains(word) || (await Seen(grain, kind, canonical)).Contains(word),
        // The standard's words are everybody's; a word of somebody's own often names whose it is.
        async (viewer, words) =>
        {
            string[] own = [.. words.Except(standard)];
            var seen = (await viewer.SeesValues(parameter, own)).Zip(own).Where(one => one.First).Select(one => one.Second).ToHashSet(StringComparer.Ordinal);
            return [.. words.Select(word => standard.Contains(word) || seen.Contains(word))];
        });

    static async Task<IEnumerable<string>> Seen(IEventQueryGrain grain, QueriedWord kind, Func<string, string?> canonical) =>
        (await grain.Words(kind, null, 10_000)).Select(word => canonical(word) ?? word);

    static string? CodeOf(string value) => Identifier.TryIdentify(value, out var identified, out _) ? identified.Code : null;

    static IResult Collection(IEnumerable<string> members) =>
        Results.Json(new Dictionary<string, object> { ["@context"] = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", ["type"] = "Collection", ["member"] = members });
}
