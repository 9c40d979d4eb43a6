namespace TraceGrains.Tests;

/// <summary>Official and open documents that tests read from the folder <c>shared/corpus</c> beside the checkout.</summary>
static class Corpus
{
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    public static string Root { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "corpus"));

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Every file below a corpus folder with the given ending, in a stable order; an empty folder is an error, not an empty test.</summary>
    public static IReadOnlyList<string> Files(string folder, string ending)
    {
        var files = Directory.EnumerateFiles(PathOf(folder), "*" + ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new InvalidOperationException($"no *{ending} below {PathOf(folder)}");
    }

    static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
                return folder.FullName;
        throw new InvalidOperationException("tests run from inside a checkout: no global.json above " + AppContext.BaseDirectory);
    }
}
