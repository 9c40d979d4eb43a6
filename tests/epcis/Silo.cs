using Microsoft.Data.Sqlite;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Tests;

// One silo serves most tests; those that look at the ledger's head must not be overtaken.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(TraceGrains.Epcis.Tests.SharedSilo))]

namespace TraceGrains.Epcis.Tests;

/// <summary>The application as it is shipped, over a data folder of its own that goes with it; everything is asked of it over HTTP.</summary>
public sealed class Silo : IAsyncDisposable
{
    readonly string folder = Path.Combine(Path.GetTempPath(), "tracegrains-epcis-" + Guid.NewGuid().ToString("N"));
    SiloProcess process = null!;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<Silo> Start()
    {
        var silo = new Silo();
        Directory.CreateDirectory(silo.folder);
        await silo.StartProcess();
        return silo;
    }

    /// <summary>Stops it as an administrator does, and starts it again.</summary>
    public async Task Restart()
    {
        await process.DisposeAsync();
        await StartProcess();
    }

    /// <summary>Ends it as <c>kill -9</c> does, and starts it again. Answers how many jobs ran when it ended.</summary>
    public async Task<int> KillAndStart()
    {
        await process.Kill();
        await process.DisposeAsync();
        int running;
        await using (var jobs = await SqliteCaptureJobs.Open(Path.Combine(folder, "jobs.db"))) running = (await jobs.Running()).Count;
        await StartProcess();
        return running;
    }

    /// <summary>Keeps the silo from writing to its ledger, as another program's transaction would, until what this returns is disposed.</summary>
    public IDisposable LockLedger()
    {
        var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "ledger.db"), Pooling = false }.ToString());
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return other;
    }

    async Task StartProcess()
    {
        process = await SiloProcess.Start(folder, "--shards", "4");
        // A slow machine is no failure; the runner has a budget of its own.
        Http = new() { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(3) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The silo that tests share.</summary>
public sealed class SharedSilo : IAsyncLifetime
{
    public Silo Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Silo = await Silo.Start();

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}
