using System.Text;
using System.Net.Http.Headers;

namespace TraceGrains.Silo.Operations;

/// <summary>Lets a request through that brings the administrator's key: as bearer token, or as the password of user <c>admin</c>, which every browser can ask for.</summary>
sealed class AdministratorsOnly(AdminKey? key) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (key is not null && key.Opens(Presented(context.HttpContext.Request))) return await next(context);
        context.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"TraceGrains administrators\", charset=\"UTF-8\"";
        return Results.Problem(title: "For administrators only", statusCode: StatusCodes.Status401Unauthorized, detail: key is null
            ? "no administrator's key is set (admin:key)"
            : "Authorization: expected the administrator's key, as Bearer token or as the password of user admin");
    }

    static string? Presented(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given) || given.Parameter is null) return null;
        if (given.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return given.Parameter;
        if (!given.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(given.Parameter));
            return pair.StartsWith("admin:", StringComparison.Ordinal) ? pair["admin:".Length..] : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
