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
        epcis.MapCapture();
        epcis.MapQueries();
        epcis.MapTopLevelResources();
        epcis.MapNamedQueries();
        epcis.MapSubscriptions();
        epcis.MapDeadLetters();
    }
}
