using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Capture;
using TraceGrains.Grains.Costs;
using TraceGrains.Grains.Recalls;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Capture;
using TraceGrains.Ledger.Index;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Silo.Storage;

namespace TraceGrains.Grains.Tests.Cluster;

/// <summary>
/// Silos over the files of one folder: each opens the ledger for itself, as processes would, and keeps cases where the host keeps them. A new cluster over the
/// same folder is the same system after a restart.
/// </summary>
sealed class Silos : IAsyncDisposable
{
    public const int ShardCount = 5;

    /// <summary>How long a test waits for a signal before it fails: many times what a loaded machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly InProcessTestCluster cluster;
    readonly ConcurrentBag<LedgerProxy> ledgers;

    Silos(InProcessTestCluster cluster, ConcurrentBag<LedgerProxy> ledgers, AheadClock clock) => (this.cluster, this.ledgers, Clock) = (cluster, ledgers, clock);

    public AheadClock Clock { get; }

    public IGrainFactory Grains => cluster.Client;

    public ICaptureGrain Capture => Grains.GetGrain<ICaptureGrain>(0);

    public ISequencerGrain Sequencer => Grains.GetGrain<ISequencerGrain>(0);

    public ILineageGrain Lineage => Grains.GetGrain<ILineageGrain>(0);

    public IRecallRegistryGrain Registry => Grains.GetGrain<IRecallRegistryGrain>(0);

    /// <summary>One silo's ledger; all are the same file.</summary>
    public LedgerProxy Ledger => ledgers.First();

    public IReadOnlyCollection<LedgerProxy> Ledgers => ledgers;

    public InProcessTestCluster Cluster => cluster;

    public IEnumerable<CaseStorageProxy> Cases =>
        cluster.Silos.Select(silo => (CaseStorageProxy)cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredKeyedService<IGrainStorage>(CaseStorage.Provider));

    public static async Task<Silos> Start(TemporaryFolder folder, int count = 1, AheadClock? clock = null)
    {
        clock ??= new();
        var ledgers = new ConcurrentBag<LedgerProxy>();
        var builder = new InProcessTestClusterBuilder((short)count);
        builder.Options.ConfigureFileLogging = false;
        // Stored state belongs to a service: the next cluster over the same files is the same one.
        builder.Options.ServiceId = "tracegrains";
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) =>
        {
            var ledger = new LedgerProxy(SqliteLedger.Open(folder.Ledger, ShardCount, EventFacts.RulesVersion).GetAwaiter().GetResult());
            ledgers.Add(ledger);
            silo.Services.AddSingleton<ILedger>(_ => new MeteredLedger(ledger));
            silo.Services.AddSingleton<ICaptureJobs>(_ => SqliteCaptureJobs.Open(folder.Jobs).GetAwaiter().GetResult());
            silo.Services.AddSingleton<IEventIndex>(_ => SqliteEventIndex.Open(folder.Index).GetAwaiter().GetResult());
            silo.Services.AddSingleton(services => (IMasterDataIndex)services.GetRequiredService<IEventIndex>());
            silo.Services.AddSingleton<LargeDocumentGate>();
            silo.Services.AddSingleton(BalanceTolerance.Default);
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.AddSqliteCases(folder.Cases);
            var real = silo.Services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, CaseStorage.Provider));
            silo.Services.Remove(real);
            silo.Services.AddKeyedSingleton<IGrainStorage>("real", (services, _) => (IGrainStorage)real.KeyedImplementationFactory!(services, CaseStorage.Provider));
            silo.Services.AddKeyedSingleton<IGrainStorage>(CaseStorage.Provider, (services, _) => new CaseStorageProxy(services.GetRequiredKeyedService<IGrainStorage>("real")));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, ledgers, clock);
    }

    public IEntityGrain Entity(string code) => Grains.GetGrain<IUnitGrain>(code);

    public IRecallGrain Recall(string name) => Grains.GetGrain<IRecallGrain>(RecallId(name));

    public static string RecallId(string name) => $"urn:tracegrains:recall:{name}";

    /// <summary>Captures events as one document; anything but success fails the test.</summary>
    public async Task<Receipt[]> Record(params string[] events)
    {
        var answer = await Capture.CaptureDocument(CaptureForm.JsonLd, Told.Document(events));
        Assert.Empty(answer.Problems.Select(problem => $"{problem.EventIndex} {problem.Field}: expected {problem.Expected}, found {problem.Found}"));
        return answer.Receipts;
    }

    public async Task<string[]> RecallsOf(string code) => (await Lineage.State(code, null))!.Recalls;

    /// <summary>Watches a case until it is as expected.</summary>
    public async Task<RecallView> Until(string name, Func<RecallView, bool> expected)
    {
        using var patience = new CancellationTokenSource(Patience);
        RecallView? view = null;
        for (long version = -1; ; version = view!.Version)
        {
            view = await Recall(name).Watch(version);
            if (view is not null && expected(view)) return view;
            Assert.False(patience.IsCancellationRequested, $"{name} stands at {view?.Status}, {view?.Reached} reached, {view?.OnRecord} on record");
        }
    }

    /// <summary>Watches a case until it is in force and everything it reaches is on record.</summary>
    public Task<RecallView> UntilOnRecord(string name) => Until(name, view => view.Status == RecallStatus.Effective && view.OnRecord == view.Reached);

    /// <summary>Ends every silo without its leave, as far as one process can.</summary>
    public async Task Kill()
    {
        foreach (var silo in cluster.Silos.ToList()) await cluster.KillSiloAsync(silo);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        foreach (var ledger in ledgers) await ledger.DisposeAsync();
    }
}
