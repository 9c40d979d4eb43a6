namespace TraceGrains.Grains.Tests.Cluster;

/// <summary>The files of one system: what survives when every silo is gone.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("tracegrains-grains-").FullName;

    public string Ledger => Path.Combine(path, "ledger.db");

    public string Cases => Path.Combine(path, "cases.db");

    public string Index => Path.Combine(path, "index.db");

    public string Jobs => Path.Combine(path, "jobs.db");

    /// <summary>What cases keep beyond the ledger is lost.</summary>
    public void ForgetCases()
    {
        foreach (var file in Directory.GetFiles(path, "cases.db*")) File.Delete(file);
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
