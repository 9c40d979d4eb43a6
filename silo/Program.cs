using TraceGrains.Domain.Lineage;
using TraceGrains.GraphQL;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;
using TraceGrains.Ledger.Projection;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Silo.Epcis;
using TraceGrains.Silo.Hosting;
using TraceGrains.Silo.Operations;

// Settings lie beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = SiloOptions.WithFlags(args), ContentRootPath = AppContext.BaseDirectory });
var options = SiloOptions.Read(builder.Configuration);
if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls("http://127.0.0.1:5080");

await using var ledger = await SqliteLedger.Open(Path.Combine(options.DataDirectory, "ledger.db"), options.ShardCount, EventFacts.RulesVersion);
await LedgerRebuild.IfNeeded(ledger, sequence => Console.WriteLine($"Deriving projections anew: {sequence:N0} events"));
await using var index = await SqliteEventIndex.Open(Path.Combine(options.DataDirectory, "index.db"));

builder.Services.AddSingleton<ILedger>(ledger);
builder.Services.AddSingleton<IEventIndex>(index);
builder.Services.AddSingleton<IMasterDataIndex>(index);
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
// Requests under way, the commit they wait for and Orleans' own farewell; a container's host has to wait a little longer before it kills.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60));
builder.Services.AddHealth();
builder.AddTelemetry();
builder.AddRequestLimits();
builder.Services.AddTraceGrainsGraphQL();
builder.AddSilo(options);
// After the silo: hosted services start in the order in which they are named.
builder.Services.AddHostedService<Startup>();

var app = builder.Build();
app.UseRateLimiter();
app.MapTraceGrainsGraphQL();
app.MapEpcis();
app.MapHealth();
app.MapMetrics();
app.MapDashboard(AdminKey.Find(app.Configuration["admin:key"], options.DataDirectory));
await app.RunAsync();
