using Microsoft.AspNetCore.Http;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL.Access;

/// <summary>Who sends a request. The host finds it out before anything is answered, and says so with <see cref="SetCaller"/>; a request of which nobody said anything comes from anybody.</summary>
public static class HttpCaller
{
    sealed record Known(Viewer Viewer);

    /// <summary>Who sends this request.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.Get<Known>()?.Viewer.Caller ?? Domain.Access.Caller.Anonymous;

    /// <summary>What the sender of this request may see.</summary>
    public static Viewer Viewer(this HttpContext http, IGrainFactory grains)
    {
        if (http.Features.Get<Known>() is { } known) return known.Viewer;
        http.SetCaller(grains, Domain.Access.Caller.Anonymous);
        return http.Features.Get<Known>()!.Viewer;
    }

    /// <summary>Says who sends this request.</summary>
    public static void SetCaller(this HttpContext http, IGrainFactory grains, Caller caller) => http.Features.Set(new Known(new(grains, caller)));
}
