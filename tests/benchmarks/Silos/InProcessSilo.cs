using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Costs;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Benchmarks.Silos;

/// <summary>A silo as Program.cs hosts it, without its endpoints, in this process: grain calls can be timed without HTTP around them.</summary>
sealed class InProcessSilo : IAsyncDisposable
{
    readonly WebApplication app;
    readonly SqliteLedger ledger;

    InProcessSilo(WebApplication app, SqliteLedger ledger) => (this.app, this.ledger) = (app, ledger);

    public IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();

    public ILedger Ledger => ledger;

    /// <summary>Starts a silo over a data directory; when this returns, every shard has loaded.</summary>
    public static async Task<InProcessSilo> Start(string data)
    {
        var builder = WebApplication.CreateBuilder([$"--data={data}"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var options = SiloOptions.Read(builder.Configuration);
        var ledger = await SqliteLedger.Open(Path.Combine(data, "ledger.db"), options.ShardCount, EventFacts.RulesVersion);
        var index = await SqliteEventIndex.Open(Path.Combine(data, "index.db"));
        builder.Services.AddSingleton<ILedger>(new MeteredLedger(ledger));
        // Made by a factory, so that the container disposes of it.
        builder.Services.AddSingleton(_ => index);
        builder.Services.AddSingleton<IEventIndex>(services => services.GetRequiredService<SqliteEventIndex>());
        builder.Services.AddSingleton<IMasterDataIndex>(services => services.GetRequiredService<SqliteEventIndex>());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddSilo(options);
        var silo = new InProcessSilo(builder.Build(), ledger);
        await silo.app.StartAsync();
        await silo.Grains.GetGrain<ISequencerGrain>(0).Head();
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await ledger.DisposeAsync();
    }
}
