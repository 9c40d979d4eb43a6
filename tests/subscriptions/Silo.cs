using TraceGrains.Tests;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(TraceGrains.Epcis.Tests.Subscriptions.SharedSilo))]

namespace TraceGrains.Epcis.Tests
{
    /// <summary>The application as it is shipped, over a data folder of its own, with little patience for destinations, so that tests need not have much.</summary>
    public sealed class Silo : IAsyncDisposable
    {
        /// <summary>Settings that tests count on.</summary>
        public const int Attempts = 6, Refusals = 2, EventsMax = 5;

        static readonly string[] Settings =
        [
            "--shards", "4", "--subscriptions:private", "true", "--subscriptions:firstPause", "0.02", "--subscriptions:longestPause", "0.1", "--subscriptions:timeout", "3",
            "--subscriptions:attempts", $"{Attempts}", "--subscriptions:refusals", $"{Refusals}", "--subscriptions:events", $"{EventsMax}", "--subscriptions:origins", "https://known.example",
        ];

        /// <summary>Where its data is.</summary>
        public string Folder => folder;

        readonly string folder = Path.Combine(Path.GetTempPath(), "tracegrains-subscriptions-" + Guid.NewGuid().ToString("N"));
        readonly string[] storage;
        SiloProcess process = null!;

        Silo(string? postgres) => storage = postgres is null ? [] : ["--ConnectionStrings:TraceGrains", postgres, "--migrate"];

        public HttpClient Http { get; private set; } = null!;

        /// <summary>Over SQLite in a folder, or over a PostgreSQL database.</summary>
        public static async Task<Silo> Start(string? postgres = null)
        {
            var silo = new Silo(postgres);
            Directory.CreateDirectory(silo.folder);
            await silo.StartProcess();
            return silo;
        }

        /// <summary>Ends it as <c>kill -9</c> does.</summary>
        public async Task Kill()
        {
            await process.Kill();
            await process.DisposeAsync();
        }

        /// <summary>Starts it again over the same data; it has a new address.</summary>
        public async Task StartProcess()
        {
            process = await SiloProcess.Start(folder, [.. Settings, .. storage]);
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
}

namespace TraceGrains.Epcis.Tests.Subscriptions
{
    /// <summary>The silo that tests share.</summary>
    public sealed class SharedSilo : IAsyncLifetime
    {
        public Silo Silo { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Silo = await Silo.Start();

        public ValueTask DisposeAsync() => Silo.DisposeAsync();
    }
}
