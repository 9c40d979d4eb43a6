using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Operations;

/// <summary>
/// Lets a request through that comes with a right for a district or more; a browser is asked for the administrator's key, which every browser can ask for. Switching access control off does not open what
/// is behind this.
/// </summary>
sealed class AdministratorsOnly(Right right) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = context.HttpContext.Caller();
        if (caller.Role != Role.Trusted && caller.Reach(right) >= Reach.District) return await next(context);
        if (caller.Role is not (Role.Consumer or Role.Trusted))
            return Results.Problem(title: "Not for this role", statusCode: StatusCodes.Status403Forbidden, detail: $"expected the right {right} for a district or more, which the role {RoleNames.Of(caller.Role)} does not have");
        context.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"TraceGrains administrators\", charset=\"UTF-8\"";
        return Results.Problem(title: "For administrators only", statusCode: StatusCodes.Status401Unauthorized, detail: "Authorization: expected a Bearer token with the right " + right + ", or the administrator's key, as Bearer token or as the password of user admin");
    }
}
