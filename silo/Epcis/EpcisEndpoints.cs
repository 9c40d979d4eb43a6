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
        // Who reports reads what became of it; everything else here is reading. What an endpoint takes depends on the endpoint and never on how a path is spelt.
        epcis.MapGroup("").Requires(Right.Capture).MapCapture();
        var reading = epcis.MapGroup("").Requires(Right.ReadCustody);
        reading.MapQueries();
        reading.MapTopLevelResources();
        reading.MapNamedQueries();
        reading.MapSubscriptions();
        reading.MapDeadLetters();
    }
}
