using System.Text.Json;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Queries;
using TraceGrains.GraphQL.Access;
using TraceGrains.Silo.Epcis.Subscriptions;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>Queries that are kept under a name (EPCIS 2.0 REST binding, <c>/queries</c>): views of the repository.</summary>
static class NamedQueryEndpoints
{
    const string Queries = EpcisEndpoints.Root + "/queries";

    /// <summary>The parameter by which who sees everything says whose query is meant: the code of an enterprise, or a district's.</summary>
    public const string Owner = "owner";

    const int BodyMax = 1_000_000, NameMax = 200, PageSizeMax = 1_000;

    public static void MapNamedQueries(this IEndpointRouteBuilder epcis)
    {
        epcis.MapPost("/queries", Create);
        epcis.MapGet("/queries", List);
        epcis.MapGet("/queries/{name}", async (string name, HttpContext http, IGrainFactory grains) => await Find(http, grains, name) is var (found, problem) && found is not null ? Results.Json(Body(found, http.Caller())) : problem!);
        epcis.MapDelete("/queries/{name}", Delete);
        epcis.MapGet("/queries/{name}/events", async (string name, HttpContext http, IGrainFactory grains, TimeProvider clock, EventSockets sockets) =>
            await Find(http, grains, name) is var (found, problem) && found is null ? problem!
            : http.WebSockets.IsWebSocketRequest ? await sockets.Serve(http, found)
            : await Poll.Ask(http, grains, clock, found.Query, name));
        foreach (var path in (ReadOnlySpan<string>)["/queries", "/queries/{name}", "/queries/{name}/events"]) epcis.MapDiscovery(path);
    }

    static async Task<IResult> Create(HttpContext http, IGrainFactory grains)
    {
        if (!http.Request.HasJsonContentType()) return Problems.Unsupported(http.Request, ["application/json"]);
        if (http.Request.ContentLength > BodyMax) return QueryProblems.TooLarge("QueryTooComplexException", $"body: expected at most {BodyMax:N0} bytes, found {http.Request.ContentLength:N0}");
        var (body, unreadable) = await RequestBody.Read(http, BodyMax);
        if (body is null) return unreadable!;
        if (Read(body) is not { } named) return QueryProblems.Refused("body", "a JSON object with name (1 to 200 characters, no slash) and query", null);
        var query = QueryUrl.Prefixes(http.Request.Headers["GS1-Extensions"]) is { } prefixes ? WithContext(named.Query, named.Context, prefixes) : named.Query;
        var refusals = await grains.GetGrain<IEventQueryGrain>(0).Check(query);
        if (refusals.Length > 0) return QueryProblems.Refused(refusals);
        return await (http.Caller().Restricted(Right.ReadCustody) is { } owner ? Registry(grains).CreateFor(named.Name, query, owner) : Registry(grains).Create(named.Name, query))
            ? Results.Created($"{Queries}/{Uri.EscapeDataString(named.Name)}", Body(new() { Name = named.Name, Query = query }, http.Caller()))
            : Problems.Of(StatusCodes.Status409Conflict, "ResourceAlreadyExistsException", "A query of that name exists", $"name: expected a new one, found {named.Name}; delete that query first");
    }

    /// <summary>A query takes its subscriptions along. They go first; one that came in between goes with the second round.</summary>
    static async Task<IResult> Delete(string name, HttpContext http, IGrainFactory grains)
    {
        var (found, problem) = await Find(http, grains, name);
        if (found is null) return problem!;
        var subscriptions = grains.GetGrain<ISubscriptionRegistryGrain>(0);
        await subscriptions.RemoveQuery(found.Key);
        var existed = await Registry(grains).Delete(found.Key);
        await subscriptions.RemoveQuery(found.Key);
        return existed ? Results.NoContent() : QueryProblems.NoSuchName("queries", name);
    }

    static async Task<IResult> List(HttpContext http, IGrainFactory grains)
    {
        var (size, noSize) = Paging.SizeOf(http.Request, PageSizeMax);
        var (after, noToken) = Paging.AfterOf(http.Request);
        if ((noSize ?? noToken) is { } problem) return problem;
        var found = await Registry(grains).ListFor(after, size + 1, http.Caller());
        if (found.Length > size) Paging.LinkNext(http, Paging.TokenBehind(found[size - 1].Key));
        return Results.Json(found.Take(size).Select(query => Body(query, http.Caller())));
    }

    /// <summary>The query that the caller means by a name; a problem where there is none that they may see, or where several have one and it is not said whose is meant.</summary>
    public static async Task<(NamedQuery? Query, IResult? Problem)> Find(HttpContext http, IGrainFactory grains, string name) => await Meant(http, grains, name) switch
    {
        [] => (null, QueryProblems.NoSuchName("queries", name)),
        [var query] => (query, null),
        var several => (null, QueryProblems.Refused(Owner, $"whose query is meant, because several have one of the name {name}: one of {string.Join(", ", several.Select(query => query.OwnerCode))}", null)),
    };

    /// <summary>All queries that the caller may mean by a name: their own, or for who sees everything the city's, or those of all who have one.</summary>
    public static Task<NamedQuery[]> Meant(HttpContext http, IGrainFactory grains, string name) =>
        Registry(grains).Meant(name, http.Caller(), http.Request.Query[Owner].ToString() is { Length: > 0 } owner ? Identifier.TryIdentify(owner, out var identified, out _) ? identified.Code : owner : null);

    static (string Name, byte[] Query, JsonElement? Context)? Read(byte[] body)
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(body);
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 and <= NameMax } text && !text.Contains('/')
                && root.TryGetProperty("query"u8, out var query) && query.ValueKind == JsonValueKind.Object
                    ? (text, JsonSerializer.SerializeToUtf8Bytes(query), root.TryGetProperty("@context"u8, out var context) ? context : null)
                    : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The query with the prefixes that the request explains outside of it.</summary>
    static byte[] WithContext(byte[] query, JsonElement? context, IReadOnlyDictionary<string, string> prefixes)
    {
        var members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(query)!;
        var contexts = new List<JsonElement>();
        if (prefixes.Count > 0) contexts.Add(JsonSerializer.SerializeToElement(prefixes));
        if (context is { } outer) contexts.Add(outer);
        if (contexts.Count == 0) return query;
        if (members.TryGetValue("@context", out var own)) contexts.Add(own);
        members["@context"] = JsonSerializer.SerializeToElement(contexts);
        return JsonSerializer.SerializeToUtf8Bytes(members);
    }

    /// <summary>Whoever sees everything is told whose a query is, where it is not the whole city's.</summary>
    static object Body(NamedQuery query, Caller caller)
    {
        var content = JsonSerializer.Deserialize<JsonElement>(query.Query);
        return query.OwnerCode is { } owner && caller.Restricted(Right.ReadCustody) is null ? new { name = query.Name, owner, query = content } : new { name = query.Name, query = content };
    }

    static INamedQueriesGrain Registry(IGrainFactory grains) => grains.GetGrain<INamedQueriesGrain>(0);
}
