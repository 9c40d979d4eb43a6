using TraceGrains.Tests;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace TraceGrains.Conformance.Tests;

/// <summary>The GraphQL surface as other people's programs see it: the silo as it is shipped, and clients and audits from npm, and a browser.</summary>
public sealed class ClientTests(ClientTests.SharedSilo silo) : IClassFixture<ClientTests.SharedSilo>
{
    [Theory]
    [InlineData("audit.test.mjs")]
    [InlineData("introspection.test.mjs")]
    [InlineData("graphql-ws.test.mjs")]
    [InlineData("graphql-sse.test.mjs")]
    [InlineData("explorer.test.mjs")]
    public Task They_get_on_with_it(string script) => Node.Test(script, silo.Address);

    /// <summary>The silo that tests share.</summary>
    public sealed class SharedSilo : IAsyncLifetime
    {
        readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tracegrains-conformance-");
        SiloProcess process = null!;

        public Uri Address => process.Address;

        public async ValueTask InitializeAsync() => process = await SiloProcess.Start(folder.FullName, "--shards", "4");

        public async ValueTask DisposeAsync()
        {
            await process.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
