using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Access;

/// <summary>Lets requests through whose sender has a right. OPTIONS, which tells what a resource can do, is for everybody.</summary>
sealed class Requires(Right right) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsOptions(http.Request.Method)) return await next(context);
        var caller = http.Caller();
        if (caller.May(right)) return await next(context);
        return caller.Role == Role.Consumer
            ? CallerMiddleware.Refusal(http, StatusCodes.Status401Unauthorized, "Credentials are needed", $"Authorization: expected credentials with the right {right}, found none that give it")
            : CallerMiddleware.Refusal(http, StatusCodes.Status403Forbidden, "Not for this role", $"expected the right {right}, which the role {RoleNames.Of(caller.Role)} does not have");
    }
}

static class RequiresExtensions
{
    /// <summary>Asks of every request a right.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Right right) where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(new Requires(right));
}
