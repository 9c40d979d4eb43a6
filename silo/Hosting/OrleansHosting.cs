using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using TraceGrains.Silo.Operations;
using TraceGrains.Silo.Storage;

namespace TraceGrains.Silo.Hosting;

/// <summary>The silo in this process: alone on SQLite, one of a cluster on PostgreSQL.</summary>
static class OrleansHosting
{
    const string ServiceId = "tracegrains";

    public static void AddSilo(this WebApplicationBuilder builder, SiloOptions options) => builder.UseOrleans(silo =>
    {
        if (options.Postgres is null) Alone(silo, options);
        else InCluster(silo, options, options.Postgres);
        silo.Services.AddSingleton(options.Tolerance);
        silo.AddActivityPropagation();
        silo.AddOperatorsDashboard();
        silo.Configure<GrainCollectionOptions>(collection => collection.EnableActivationSheddingOnMemoryPressure = true);
    });

    static void Alone(ISiloBuilder silo, SiloOptions options)
    {
        // Nothing outside this process talks to the silo, so any free port does, and several silos fit on one machine.
        silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: ServiceId, clusterId: options.ClusterId);
        silo.AddSqliteCases(Path.Combine(options.DataDirectory, "cases.db"));
    }

    static void InCluster(ISiloBuilder silo, SiloOptions options, string connection)
    {
        silo.AddPostgresCluster(connection);
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, options.ClusterId));
        silo.ConfigureEndpoints(options.Address ?? IPAddress.Loopback, options.SiloPort is 0 ? FreePort() : options.SiloPort, options.GatewayPort is 0 ? FreePort() : options.GatewayPort,
            listenOnAnyHostAddress: options.Address is not null);
        // Of a silo that was killed the others know after two probes of a second; until then calls to it wait. Orleans' defaults would make that a quarter of a minute.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 2;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        });
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
