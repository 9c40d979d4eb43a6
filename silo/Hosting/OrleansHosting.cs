using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using TraceGrains.Silo.Operations;
using TraceGrains.Silo.Storage;

namespace TraceGrains.Silo.Hosting;

/// <summary>One silo in this process, on SQLite.</summary>
static class OrleansHosting
{
    public static void AddSilo(this WebApplicationBuilder builder, SiloOptions options) => builder.UseOrleans(silo =>
    {
        // Nothing outside this process talks to the silo, so any free port does, and several silos fit on one machine.
        silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "tracegrains", clusterId: "tracegrains");
        silo.AddSqliteCases(Path.Combine(options.DataDirectory, "cases.db"));
        silo.AddActivityPropagation();
        silo.AddOperatorsDashboard();
        silo.Configure<GrainCollectionOptions>(collection => collection.EnableActivationSheddingOnMemoryPressure = true);
    });

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
