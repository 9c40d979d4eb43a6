using System.Reflection;
using System.Xml.Linq;

namespace TraceGrains.Grains.Tests.Architecture;

/// <summary>References run one way: domain ← contracts ← grains → ledger → domain; GraphQL → contracts; only the silo sees everything.</summary>
public sealed class ReferenceTests
{
    static readonly Dictionary<string, string[]> allowed = new()
    {
        ["grains/domain"] = [], ["demo"] = [],
        ["grains/contracts"] = ["grains/domain"],
        ["grains/ledger"] = ["grains/domain"],
        ["grains/shells"] = ["grains/contracts", "grains/ledger"],
        ["graphql"] = ["grains/contracts"],
        ["silo"] = ["grains/shells", "graphql", "demo"],
    };

    static XDocument Project(string folder) => XDocument.Load(Assert.Single(Directory.GetFiles(Path.Combine(Corpus.RepositoryRoot, folder), "*.csproj")));

    public static TheoryData<string> Folders => [.. allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_project_references_only_what_lies_before_it(string folder)
    {
        var referenced = Project(folder).Descendants("ProjectReference")
            .Select(reference => Path.GetRelativePath(Corpus.RepositoryRoot, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Corpus.RepositoryRoot, folder, reference.Attribute("Include")!.Value)))!));
        Assert.Empty(referenced.Except(allowed[folder]));
    }

    [Fact]
    public void The_domain_is_without_io_network_and_clock_and_the_compiler_sees_to_it()
    {
        var project = Project("grains/domain");
        Assert.Contains(project.Descendants("PackageReference"), package => package.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(project.Descendants("AdditionalFiles"), file => file.Attribute("Include")!.Value == "BannedSymbols.txt");
        var banned = File.ReadAllText(Path.Combine(Corpus.RepositoryRoot, "grains/domain/BannedSymbols.txt"));
        foreach (var symbol in new[] { "System.DateTimeOffset.UtcNow", "System.TimeProvider.System", "System.Random", "System.Guid.NewGuid", "System.IO.File", "System.Net.Http.HttpClient" })
            Assert.Contains($":{symbol};", banned, StringComparison.Ordinal);
        var referenced = Assembly.Load("TraceGrains.Domain").GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();
        Assert.NotEmpty(referenced);
        Assert.DoesNotContain(referenced, name => name.StartsWith("System.Net", StringComparison.Ordinal) || name.StartsWith("System.IO", StringComparison.Ordinal) || name.Contains("Sql", StringComparison.Ordinal)
            || name is "Orleans.Core" or "Orleans.Runtime" || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }
}
