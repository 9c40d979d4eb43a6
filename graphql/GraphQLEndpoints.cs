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

namespace TraceGrains.GraphQL;

/// <summary>The GraphQL surface: <c>/graphql</c> for requests, event streams and the explorer page, <c>/graphql/schema.graphql</c> for the schema.</summary>
public static class GraphQLEndpoints
{
    /// <summary>Registers the schema and its transport. The host brings <c>IGrainFactory</c>: a silo and a cluster client both do.</summary>
    public static IServiceCollection AddTraceGrainsGraphQL(this IServiceCollection services)
    {
        services.AddGraphQL(graphql => graphql
            .AddAutoSchema<Query>(schema => schema.WithMutation<Mutation>().WithSubscription<Subscription>())
            .ConfigureSchema(schema => schema
                .WithIntrospectionComplexityImpact(0))   // A schema is read once, not once per thing; its depth still counts.
            // Answers are JSON and never part of a page, so that Chinese text may stay readable text.
            .AddSystemTextJson(json => json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
            .AddComplexityAnalyzer(Weights.Configure)
            .AddErrorInfoProvider<ErrorForm>()
            .AddUnhandledExceptionHandler(Faults.Hide));
        services.TryAddSingleton(TimeProvider.System);
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
