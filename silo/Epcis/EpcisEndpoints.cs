using TraceGrains.Domain.Access;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Epcis.Queries;
using TraceGrains.Silo.Epcis.Subscriptions;

namespace TraceGrains.Silo.Epcis;

/// <summary>The EPCIS 2.0 REST root, resource by resource.</summary>
static class EpcisEndpoints
{
    public const string Root = "/epcis";

    public static void MapEpcis(this IEndpointRouteBuilder routes)
    {
        var epcis = routes.MapGroup(Root);
        epcis.AddEndpointFilter<FailureFilter>();
        epcis.Audited();
        epcis.Requires(RightOf);
        epcis.MapCapture();
        epcis.MapQueries();
        epcis.MapTopLevelResources();
        epcis.MapNamedQueries();
        epcis.MapSubscriptions();
        epcis.MapDeadLetters();
    }

    /// <summary>Who reports reads what became of it; everything else here is reading.</summary>
    static Right RightOf(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return path.StartsWith(Root + "/capture", StringComparison.OrdinalIgnoreCase) || (HttpMethods.IsPost(request.Method) && path.Equals(Root + "/events", StringComparison.OrdinalIgnoreCase)) ? Right.Capture : Right.ReadCustody;
    }
}
