using TraceGrains.Contracts.Costs;

namespace TraceGrains.Silo.Hosting;

/// <summary>Lets other silos tell this one what they did for the operations that began here.</summary>
static class CostMetering
{
    // References to observers are weak; this keeps the one object alive.
    static readonly Metering.Home home = new();

    public static IServiceCollection AddCostMetering(this IServiceCollection services) =>
        services.AddSingleton(provider => provider.GetRequiredService<IGrainFactory>().CreateObjectReference<IMeterHome>(home));
}
