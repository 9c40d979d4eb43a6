namespace TraceGrains.Benchmarks.Lineages;

/// <summary>A data directory that goes when its benchmark is done.</summary>
sealed class TemporaryData : IDisposable
{
    public TemporaryData() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(LineageLedger.Base, $"run-{Guid.NewGuid():n}");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
