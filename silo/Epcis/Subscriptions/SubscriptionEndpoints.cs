using System.Text.Json;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Queries;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.GraphQL.Access;
using TraceGrains.Ledger;
using TraceGrains.Silo.Epcis.Queries;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>Webhook subscriptions of named queries (EPCIS 2.0 REST binding, <c>/queries/{name}/subscriptions</c>); PATCH, which suspends and resumes them, is ours.</summary>
static class SubscriptionEndpoints
{
    const string All = "/queries/{name}/subscriptions", One = All + "/{id}";

    const int BodyMax = 100_000, PageSizeMax = 1_000;

    public static void MapSubscriptions(this IEndpointRouteBuilder epcis)
    {
        epcis.MapPost(All, Create).AnswersJson();
        epcis.MapGet(All, List).AnswersJson();
        epcis.MapGet(One, async (string name, string id, HttpContext http, IGrainFactory grains) =>
            await Find(http, grains, name, id) is { } grain && await grain.View() is { } view ? SubscriptionBody.Of(view) : SubscriptionProblems.NoSuchSubscription(id)).AnswersJson();
        epcis.MapDelete(One, Delete).AnswersJson();
        epcis.MapPatch(One, Change).AnswersJson();
        epcis.MapDiscovery(All, NoQuery);
        epcis.MapDiscovery(One, NoSubscription);
    }

    /// <summary>A problem where the path names a query that is not there.</summary>
    static async Task<IResult?> NoQuery(HttpContext http) =>
        (await NamedQueryEndpoints.Find(http, http.RequestServices.GetRequiredService<IGrainFactory>(), RouteText(http, "name"))).Problem;

    /// <summary>A problem where the path names a subscription that is not there.</summary>
    public static async Task<IResult?> NoSubscription(HttpContext http) => RouteText(http, "id") is var id
        && await Find(http, http.RequestServices.GetRequiredService<IGrainFactory>(), RouteText(http, "name"), id) is null ? SubscriptionProblems.NoSuchSubscription(id) : null;

    static string RouteText(HttpContext http, string name) => (string)http.GetRouteValue(name)!;

    /// <summary>The grain of a query's subscription; null when the query has none of that id, or it is somebody else's.</summary>
    public static async Task<ISubscriptionGrain?> Find(HttpContext http, IGrainFactory grains, string name, string id) => await QueryOf(http, grains, name, id) is not null && Grain(grains, id) is var grain && await IsOwn(http, grain) ? grain : null;

    /// <summary>The key of the query that has the subscription, among those that the name may mean.</summary>
    static async Task<string?> QueryOf(HttpContext http, IGrainFactory grains, string name, string id)
    {
        foreach (var query in await NamedQueryEndpoints.Meant(http, grains, name))
            if (await Registry(grains).Has(query.Key, id)) return query.Key;
        return null;
    }

    static async Task<bool> IsOwn(HttpContext http, ISubscriptionGrain grain) => http.Viewer(http.RequestServices.GetRequiredService<IGrainFactory>()).SeesAll || http.Caller().Shares((await grain.View())?.Owner);

    static async Task<IResult> Create(string name, HttpContext http, IGrainFactory grains, SubscriptionSettings settings)
    {
        var (spelling, noSpelling) = AnswerSpelling.Of(http.Request);
        if (noSpelling is not null) return noSpelling;
        var (body, problem) = await Read(http);
        if (body is not { } json) return problem!;
        var (terms, problems) = SubscriptionReader.ReadBody(json);
        if (terms is null) return SubscriptionProblems.Refused(problems);
        if (!Addresses.MayCall(new Uri(terms.Destination), settings.AllowsPrivate))
            return SubscriptionProblems.Refused("dest", settings.AllowsPrivate ? "an address that is not link-local, multicast or reserved" : "a public address: this repository calls no private ones", terms.Destination);
        var (found, noQuery) = await NamedQueryEndpoints.Find(http, grains, name);
        if (found is not { } query) return noQuery!;
        var id = Guid.NewGuid().ToString();
        terms = terms with { EpcFormat = AnswerSpelling.NameOf(spelling!.Epc) };
        var view = await (http.Caller().Restricted(Right.ReadCustody) is { } owner ? Grain(grains, id).CreateFor(query.Key, query.Query, terms, owner) : Grain(grains, id).Create(query.Key, query.Query, terms));
        if (!await Registry(grains).Add(query.Key, id))
        {
            await Grain(grains, id).End(query.Key);
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "ImplementationException", "Too many subscriptions", "this repository keeps 10,000 subscriptions; delete one that is not needed");
        }
        // The query may have been deleted meanwhile, and its subscriptions with it.
        if (await Queries(grains).Find(query.Key) is null)
        {
            await End(grains, query.Key, id);
            return QueryProblems.NoSuchName("queries", name);
        }
        // Whose query was meant has to be said again where several have the name.
        var whose = http.Request.Query[NamedQueryEndpoints.Owner].ToString() is { Length: > 0 } named ? $"?{NamedQueryEndpoints.Owner}={Uri.EscapeDataString(named)}" : "";
        http.Response.Headers.Location = $"{EpcisEndpoints.Root}/queries/{Uri.EscapeDataString(name)}/subscriptions/{id}{whose}";
        http.Response.StatusCode = StatusCodes.Status201Created;
        return SubscriptionBody.Of(view);
    }

    static async Task<IResult> List(string name, HttpContext http, IGrainFactory grains)
    {
        var (size, noSize) = Paging.SizeOf(http.Request, PageSizeMax);
        var (after, noToken) = Paging.AfterOf(http.Request);
        if ((noSize ?? noToken) is { } problem) return problem;
        var (query, noQuery) = await NamedQueryEndpoints.Find(http, grains, name);
        if (query is null) return noQuery!;
        var ids = await Registry(grains).List(query.Key, after, size + 1);
        if (ids.Length > size) Paging.LinkNext(http, Paging.TokenBehind(ids[size - 1]));
        var views = await Task.WhenAll(ids.Take(size).Select(id => Grain(grains, id).View()));
        return SubscriptionBody.Of(views.OfType<SubscriptionView>().Where(view => http.Caller().Shares(view.Owner)));
    }

    static async Task<IResult> Delete(string name, string id, HttpContext http, IGrainFactory grains)
    {
        if (await QueryOf(http, grains, name, id) is not { } query || !await IsOwn(http, Grain(grains, id))) return SubscriptionProblems.NoSuchSubscription(id);
        await End(grains, query, id);
        return Results.NoContent();
    }

    static async Task<IResult> Change(string name, string id, HttpContext http, IGrainFactory grains, ILedger ledger)
    {
        if (await Find(http, grains, name, id) is not { } grain) return SubscriptionProblems.NoSuchSubscription(id);
        var (body, problem) = await Read(http);
        if (body is not { } json) return problem!;
        var head = (await ledger.ReadHead(http.RequestAborted)).Sequence;
        var (isActive, cursor, problems) = ReadChange(json, head);
        if (problems.Count > 0) return SubscriptionProblems.Refused(problems);
        return await grain.Change(isActive, cursor) is { } view ? SubscriptionBody.Of(view) : SubscriptionProblems.NoSuchSubscription(id);
    }

    static (bool? IsActive, long? Cursor, List<QueryProblem> Problems) ReadChange(JsonElement body, long head)
    {
        var (isActive, cursor, problems) = ((bool?)null, (long?)null, new List<QueryProblem>());
        if (body.ValueKind == JsonValueKind.Object)
            foreach (var member in body.EnumerateObject())
                if (member.NameEquals("status"u8) && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is "active" or "suspended") isActive = member.Value.GetString() == "active";
                else if (member.NameEquals("status"u8)) problems.Add(new("status", "active or suspended", member.Value.GetRawText()));
                else if (member.NameEquals("cursor"u8) && member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var place) && place >= 0 && place <= head) cursor = place;
                else if (member.NameEquals("cursor"u8)) problems.Add(new("cursor", $"a place in the ledger, 0 to {head}", member.Value.GetRawText()));
                else problems.Add(new(member.Name, "status or cursor", member.Value.GetRawText()));
        if (problems.Count == 0 && isActive is null && cursor is null) problems.Add(new("body", "an object with status, cursor or both", null));
        return (isActive, cursor, problems);
    }

    static async Task End(IGrainFactory grains, string query, string id)
    {
        await Grain(grains, id).End(query);
        await Registry(grains).Remove(id);
    }

    static async Task<(JsonElement? Body, IResult? Problem)> Read(HttpContext http)
    {
        if (!http.Request.HasJsonContentType()) return (null, Problems.Unsupported(http.Request, ["application/json"]));
        if (http.Request.ContentLength > BodyMax) return (null, QueryProblems.TooLarge("ValidationException", $"body: expected at most {BodyMax:N0} bytes, found {http.Request.ContentLength:N0}"));
        var (body, unreadable) = await RequestBody.Read(http, BodyMax);
        if (body is null) return (null, unreadable);
        try
        {
            return (JsonSerializer.Deserialize<JsonElement>(body), null);
        }
        catch (JsonException malformed)
        {
            return (null, SubscriptionProblems.Refused("body", "a JSON object", malformed.Message));
        }
    }

    static ISubscriptionRegistryGrain Registry(IGrainFactory grains) => grains.GetGrain<ISubscriptionRegistryGrain>(0);

    static INamedQueriesGrain Queries(IGrainFactory grains) => grains.GetGrain<INamedQueriesGrain>(0);

    static ISubscriptionGrain Grain(IGrainFactory grains, string id) => grains.GetGrain<ISubscriptionGrain>(SubscriptionKey.Of(id));
}
