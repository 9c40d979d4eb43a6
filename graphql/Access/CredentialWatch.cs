using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TraceGrains.GraphQL.Access;

/// <summary>Ends what goes on for long when the credentials it was begun with end.</summary>
public static class CredentialWatch
{
    /// <summary>The credentials that a request brings in its headers; null for none, or where the host knows of none.</summary>
    public static string? Authorization(this HttpContext http) => http.RequestServices.GetService<IConnectionCredentials>()?.In(http.Request);

    /// <summary>Does something when credentials end.</summary>
    /// <param name="credentials">Knows when that is; null where nobody does.</param>
    /// <param name="authorization">The credentials; null for none, which never end.</param>
    /// <param name="end">What is done then.</param>
    /// <param name="stop">It is over before.</param>
    public static async Task EndWith(this IConnectionCredentials? credentials, string? authorization, Action end, CancellationToken stop)
    {
        if (credentials is null || authorization is null) return;
        try
        {
            await credentials.Ended(authorization, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        end();
    }
}
