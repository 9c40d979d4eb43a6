using Microsoft.Extensions.Logging.Console;
using TraceGrains.Grains.Capture;
using TraceGrains.Grains.Costs;
using TraceGrains.GraphQL;
using TraceGrains.GraphQL.Access;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Capture;
using TraceGrains.Ledger.Index;
using TraceGrains.Silo.Access;
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
using TraceGrains.Silo.SignIn;
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
    await using var audit = await LedgerStore.OpenAudit(options, options.MayMigrate);
    using var signingKey = await TreeStore.OpenSigningKey(options, tree);

    builder.Services.AddSingleton<ILedger>(new MeteredLedger(ledger));
    builder.Services.AddSingleton(index);
    builder.Services.AddSingleton((IMasterDataIndex)index);
    builder.Services.AddSingleton<ICaptureJobs>(jobs);
    builder.Services.AddSingleton(tree);
    builder.Services.AddSingleton(audit);
    builder.Services.AddSingleton(signingKey);
    builder.Services.AddSingleton(options.Transparency);
    builder.Services.AddSingleton<LargeBodies>();
    builder.Services.AddSingleton<LargeDocumentGate>();
    builder.Services.AddSingleton(options);
    builder.Services.AddSingleton(TimeProvider.System);
    // Requests under way, the commit they wait for and Orleans' own farewell; a container's host has to wait a little longer before it kills.
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60));
    builder.Logging.AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
    builder.Services.AddHealth();
    builder.AddTelemetry();
    builder.Services.AddCostMetering();
    builder.Services.AddTraceGrainsGraphQL(GraphQLSettings.Read(builder.Configuration));
    builder.Services.AddLinks();
    builder.Services.AddLabels();
    builder.Services.AddRecallReports();
    var adminKey = AdminKey.Find(builder.Configuration["admin:key"], options.Postgres is null ? options.DataDirectory : null);
    builder.AddAccess(options, adminKey);
    builder.AddSilo(options);
    // After the silo: hosted services start in the order in which they are named, and stop the other way round.
    builder.Services.AddHostedService<Startup>();
    builder.Services.AddHostedService(services => services.GetRequiredService<AuditTrail>());
    builder.AddSubscriptions();
    builder.Services.AddHostedService<TreeHeadPulse>();
    builder.Services.AddHostedService<ViolationPulse>();
    builder.Services.AddHostedService<RecallPulse>();

    var app = builder.Build();
    app.UseProxies();
    app.UseSecurityHeaders();
    app.UseWebSockets();
    app.UseEpcisProtocol();
    app.UseRateLimiter();
    app.UseCallers();
    // Every field has a rule of its own.
    app.MapGroup("").AsksNothing().MapTraceGrainsGraphQL();
    app.MapEpcis();
    app.MapMoves();
    app.MapLinks();
    app.MapLabels();
    app.MapRecallAnswers();
    app.MapTransparency();
    app.MapHealth();
    app.MapMetrics();
    app.MapDashboard();
    app.MapRecallReports();
    app.MapSignIn();
    app.MapConsole();
    app.CheckThatEveryEndpointSaysForWhom();
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception failure) when (StartRefusal.Of(failure) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 1;
}
