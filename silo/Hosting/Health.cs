using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;
using TraceGrains.Ledger;
using TraceGrains.Silo.Access;

namespace TraceGrains.Silo.Hosting;

/// <summary>
/// Live: the process answers; nothing else, so that a database that is away does not get silos restarted. Ready: the silo is an active member of its cluster, the ledger answers, it is loaded and
/// recalls are in force, and nobody has asked the process to stop.
/// </summary>
static class Health
{
    const string Readiness = "ready";

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddHealthChecks()
            .AddCheck<IsLoaded>("loaded", tags: [Readiness])
            .AddCheck<IsActive>("silo", tags: [Readiness])
            .AddCheck<Answers>("ledger", tags: [Readiness], timeout: TimeSpan.FromSeconds(2));
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = (http, _) => http.Response.WriteAsync("live") }).DisableRateLimiting().AsksNothing();
        routes.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Readiness), ResponseWriter = Tell }).DisableRateLimiting().AsksNothing();
    }

    static Task Tell(HttpContext http, HealthReport report) => http.Response.WriteAsync(report.Status == HealthStatus.Healthy
        ? "ready"
        : string.Join("\n", report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => $"{entry.Key}: {entry.Value.Description ?? "does not answer"}")));

    sealed class IsLoaded(Readiness readiness, IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken stop = default) => Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("stopping")
            : readiness.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("loading"));
    }

    sealed class IsActive(ISiloStatusOracle silo) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken stop = default) => Task.FromResult(
            silo.CurrentStatus == SiloStatus.Active ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(silo.CurrentStatus.ToString()));
    }

    sealed class Answers(ILedger ledger) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken stop = default)
        {
            await ledger.ReadHead(stop);
            return HealthCheckResult.Healthy();
        }
    }
}

/// <summary>Whether this silo has loaded what its answers need.</summary>
sealed class Readiness
{
    public volatile bool IsReady;
}
