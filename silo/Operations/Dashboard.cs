using Orleans.Dashboard;
using TraceGrains.Domain.Access;
using TraceGrains.Silo.Access;

namespace TraceGrains.Silo.Operations;

/// <summary>
/// Orleans' dashboard at <c>/dashboard</c>, for administrators. Two of its features stay off: <c>GrainState</c>, which wakes any grain and calls every
/// parameterless method of it whose answer looks like state, and the log stream, which would show whatever is logged.
/// </summary>
static class Dashboard
{
    public static ISiloBuilder AddOperatorsDashboard(this ISiloBuilder silo) => silo.AddDashboard(options => options.HideTrace = true);

    public static void MapDashboard(this IEndpointRouteBuilder routes) =>
        routes.MapOrleansDashboard("/dashboard").Audited(notesReading: false).RequiresAuthority(Right.Operate).AddEndpointFilter(Harmless);

    static async ValueTask<object?> Harmless(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var path = context.HttpContext.Request.Path;
        return path.Value?.Contains("GrainState", StringComparison.OrdinalIgnoreCase) == true || path.Value?.EndsWith("/Trace", StringComparison.OrdinalIgnoreCase) == true
            ? Results.Problem(title: "This part of the dashboard is off", detail: "it runs grain methods, or shows logs, on a GET", statusCode: StatusCodes.Status403Forbidden)
            : await next(context);
    }
}
