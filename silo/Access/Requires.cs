using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.Silo.Operations;

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

/// <summary>That somebody has thought of for whom an endpoint is.</summary>
sealed record ForWhom(string Answer);

static class RequiresExtensions
{
    /// <summary>Asks of every request a right.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Right right) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(new Requires(right)).WithMetadata(new ForWhom(right.ToString()));

    /// <summary>Asks of every request a right that goes as far as a district or more, or the administrator's key.</summary>
    public static TBuilder RequiresAuthority<TBuilder>(this TBuilder endpoint, Right right) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(new AdministratorsOnly(right)).WithMetadata(new ForWhom($"authorities with {right}"));

    /// <summary>Asks nothing: it tells nobody's data, or looks after itself.</summary>
    public static TBuilder AsksNothing<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ForWhom("everybody"));

    /// <summary>Keeps the silo from starting with an endpoint of which nobody has said for whom it is, so that nothing is open by being forgotten. OPTIONS, which tells what a resource can do, is for everybody.</summary>
    public static void CheckThatEveryEndpointSaysForWhom(this IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in routes.DataSources.SelectMany(source => source.Endpoints))
            if (endpoint.Metadata.GetMetadata<ForWhom>() is null && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods: ["OPTIONS"] })
                throw new InvalidOperationException($"{endpoint.DisplayName}: expected a word for whom it is (Requires, RequiresAuthority or AsksNothing), found none");
    }
}
