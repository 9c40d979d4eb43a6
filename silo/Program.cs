using TraceGrains.Grains.Capture;
using TraceGrains.GraphQL;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Capture;
using TraceGrains.Ledger.Index;
using TraceGrains.Silo.Commands;
using TraceGrains.Silo.Epcis;
using TraceGrains.Silo.Epcis.Subscriptions;
using TraceGrains.Silo.Holds;
using TraceGrains.Silo.Hosting;
using TraceGrains.Silo.Labels;
using TraceGrains.Silo.Links;
using TraceGrains.Silo.Operations;
using TraceGrains.Silo.Recalls;
using TraceGrains.Silo.Recalls.Reports;
using TraceGrains.Silo.Storage;
using TraceGrains.Silo.Transparency;

// A word that is no option names a command: migrate, export, import, verify. Without one this is a silo.
if (await CommandLine.Run(args) is { } exitCode) return exitCode;

try
{
    // Settings lie beside the program, wherever it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = SiloOptions.WithFlags(args), ContentRootPath = AppContext.BaseDirectory });
    var options = SiloOptions.Read(builder.Configuration);
    if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls(ListenAddresses.Default);
    ListenAddresses.Check(builder.Configuration["urls"] ?? ListenAddresses.Default);
    builder.AddRequestLimits();

    await using var ledger = await LedgerStore.Open(options, options.MayMigrate);
    await using var jobs = await LedgerStore.OpenJobs(options, options.MayMigrate);
    await using var index = await IndexStore.Open(options);
    await using var tree = await TreeStore.Open(options);
    using var signingKey = await TreeStore.OpenSigningKey(options, tree);

    builder.Services.AddSingleton<ILedger>(ledger);
    builder.Services.AddSingleton(index);
    builder.Services.AddSingleton((IMasterDataIndex)index);
    builder.Services.AddSingleton<ICaptureJobs>(jobs);
    builder.Services.AddSingleton(tree);
    builder.Services.AddSingleton(signingKey);
    builder.Services.AddSingleton(options.Transparency);
    builder.Services.AddSingleton<LargeBodies>();
    builder.Services.AddSingleton<LargeDocumentGate>();
    builder.Services.AddSingleton(options);
    builder.Services.AddSingleton(TimeProvider.System);
    // Requests under way, the commit they wait for and Orleans' own farewell; a container's host has to wait a little longer before it kills.
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60));
    builder.Services.AddHealth();
    builder.AddTelemetry();
    builder.Services.AddTraceGrainsGraphQL(GraphQLSettings.Read(builder.Configuration));
    builder.Services.AddLinks();
    builder.Services.AddLabels();
    builder.Services.AddRecallReports();
    builder.AddSilo(options);
    // After the silo: hosted services start in the order in which they are named.
    builder.Services.AddHostedService<Startup>();
    builder.AddSubscriptions();
    builder.Services.AddHostedService<TreeHeadPulse>();
    builder.Services.AddHostedService<ViolationPulse>();
    builder.Services.AddHostedService<RecallPulse>();

    var app = builder.Build();
    app.UseWebSockets();
    app.UseEpcisProtocol();
    app.UseRateLimiter();
    app.MapTraceGrainsGraphQL();
    app.MapEpcis();
    app.MapMoves();
    app.MapLinks();
    app.MapLabels();
    app.MapRecallAnswers();
    app.MapTransparency();
    app.MapHealth();
    app.MapMetrics();
    var adminKey = AdminKey.Find(app.Configuration["admin:key"], options.Postgres is null ? options.DataDirectory : null);
    app.MapDashboard(adminKey);
    app.MapRecallReports(adminKey);
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception failure) when (StartRefusal.Of(failure) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 1;
}
