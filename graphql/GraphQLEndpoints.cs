using System.Text.Encodings.Web;
using GraphQL;
using GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Transport;
using TraceGrains.GraphQL.Transport.EventStreams;
using TraceGrains.GraphQL.Transport.Http;
using TraceGrains.GraphQL.Transport.Operations;
using TraceGrains.GraphQL.Transport.Sockets;

namespace TraceGrains.GraphQL;

/// <summary>The GraphQL surface: <c>/graphql</c> for requests, event streams, WebSockets and the explorer page, <c>/graphql/schema.graphql</c> for the schema.</summary>
public static class GraphQLEndpoints
{
    /// <summary>Registers the schema and its transport. The host brings <c>IGrainFactory</c>, which a silo and a cluster client both do, and <c>UseWebSockets()</c>.</summary>
    public static IServiceCollection AddTraceGrainsGraphQL(this IServiceCollection services, SurfaceOptions? options = null)
    {
        services.AddGraphQL(graphql => graphql
            .AddAutoSchema<Query>(schema => schema.WithMutation<Mutation>().WithSubscription<Subscription>())
            .AddGraphTypes(typeof(Query).Assembly)
            .ConfigureSchema(schema =>
            {
                schema.Description = "TraceGrains: traceability and recall of products, over EPCIS 2.0 events.";
                schema.Features.RepeatableDirectives = schema.Features.DeprecationOfInputValues = true;   // tools ask for both when they read a schema
                schema.RegisterVisitor(new Introspection());
                schema.RegisterTypeMapping<decimal, ExactNumber>();
                schema.RegisterTypeMapping<long, LongNumber>();
            })
            // Answers are JSON and never part of a page, so that Chinese text may stay readable text.
            .AddSystemTextJson(json => json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
            .AddComplexityAnalyzer(Weights.Configure)
            .AddErrorInfoProvider<ErrorForm>()
            .AddUnhandledExceptionHandler(Faults.Hide));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options ?? new SurfaceOptions());
        services.TryAddSingleton<OperationRunner>();
        services.TryAddSingleton<OpenStreams>();
        services.TryAddSingleton<OriginRule>();
        services.TryAddSingleton<HttpAnswers>();
        services.TryAddSingleton<EventStream>();
        services.TryAddSingleton<DistinctStream>();
        services.TryAddSingleton<StreamReservations>();
        services.TryAddSingleton<ReservedStreamHandler>();
        services.TryAddSingleton<SocketHandler>();
        services.TryAddSingleton<GraphQLHandler>();
        services.TryAddSingleton<SchemaText>();
        return services;
    }

    /// <summary>Maps <c>/graphql</c> and <c>/graphql/schema.graphql</c>.</summary>
    public static IEndpointRouteBuilder MapTraceGrainsGraphQL(this IEndpointRouteBuilder endpoints)
    {
        // Every method comes here, so that a wrong one is answered in the protocol's own form.
        endpoints.Map("/graphql", (HttpContext http, GraphQLHandler handler) => handler.Answer(http)).WithDisplayName("GraphQL");
        endpoints.MapGet("/graphql/schema.graphql", (SchemaText schema) => Results.Text(schema.Sdl, "text/plain; charset=utf-8")).WithDisplayName("GraphQL schema");
        return endpoints;
    }
}
