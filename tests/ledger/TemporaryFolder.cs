namespace TraceGrains.Ledger.Tests;

/// <summary>A folder that is not there until somebody makes it, and is gone afterwards.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly string path = Path.Combine(Path.GetTempPath(), "tracegrains-ledger-" + Guid.NewGuid().ToString("N"));

    public string File(string name) => Path.Combine(path, name);

    public string Make()
    {
        Directory.CreateDirectory(path);
        return path;
    }

    public void Dispose()
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
