using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TraceGrains.Grains.Telemetry;
using TraceGrains.Silo.Access;

namespace TraceGrains.Silo.Operations;

/// <summary>
/// OpenTelemetry: our own meter and spans, Orleans', Npgsql's, ASP.NET Core's and the runtime's. Prometheus reads <c>/metrics</c>; with OTEL_EXPORTER_OTLP_ENDPOINT set, metrics and
/// sampled traces go there as well (OpenTelemetry's own environment variables: endpoint, headers, protocol, service name, sampler).
/// </summary>
static class Telemetry
{
    static readonly string[] Meters = [Instruments.Name, "Microsoft.Orleans", "Npgsql"];

    // Orleans' "Lifecycle" makes spans of every activation and "Storage" of every write: left out, they would be most of the traffic.
    static readonly string[] Sources = [Instruments.Name, "Microsoft.Orleans.Application", "Npgsql"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var exports = builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("tracegrains-silo"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter();
                if (exports) metrics.AddOtlpExporter();
            });
        if (exports) telemetry.WithTracing(tracing => tracing.AddSource(Sources).AddAspNetCoreInstrumentation().AddOtlpExporter());
    }

    public static void MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").DisableRateLimiting().AsksNothing();
}
