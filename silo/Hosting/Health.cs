namespace TraceGrains.Silo.Hosting;

/// <summary>Live: the process answers. Ready: the ledger is loaded and recalls are in force, so answers are complete.</summary>
static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live"));
        routes.MapGet("/health/ready", (Readiness readiness) => readiness.IsReady ? Results.Text("ready") : Results.Text("loading", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
