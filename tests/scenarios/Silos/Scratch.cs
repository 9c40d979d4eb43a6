namespace TraceGrains.Scenarios.Silos;

/// <summary>Folders of this run.</summary>
static class Scratch
{
    public static string NewFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), "tracegrains-scenario-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        return folder;
    }
}
