using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Access;
using TraceGrains.Grains.Queries;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Queries;

public sealed class NamedQueriesTests : IDisposable
{
    static readonly Caller a = new() { Role = Role.Quality, Subject = "a", Party = "https://id.gs1.org/417/9520001000003" }, b = new() { Role = Role.Quality, Subject = "b", Party = "https://id.gs1.org/417/9520002000002" },
        district = new() { Role = Role.DistrictRegulator, Subject = "d", District = "500103" }, city = new() { Role = Role.CityRegulator, Subject = "c" };

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Query(string step) => System.Text.Encoding.UTF8.GetBytes($$"""{"EQ_bizStep":["{{step}}"]}""");

    static async Task<string> Meant(INamedQueriesGrain queries, Caller caller, string? owner = null) => string.Join(' ', (await queries.Meant("q", caller, owner)).Select(query => query.Key));

    [Fact]
    public async Task A_name_is_each_owners_own()
    {
        await using var system = await Silos.Start(folder);
        var queries = system.Grains.GetGrain<INamedQueriesGrain>(0);
        foreach (var owner in new[] { a, b, district })
        {
            Assert.True(await queries.CreateFor("q", Query("shipping"), owner));
            Assert.False(await queries.CreateFor("q", Query("shipping"), owner));
            // Whoever else acts for it has the same queries.
            Assert.False(await queries.CreateFor("q", Query("shipping"), owner with { Subject = "somebody else" }));
        }
        var (ofA, ofB, ofDistrict) = ($"{a.Party}/q", $"{b.Party}/q", "500103/q");
        Assert.Equal(ofA, await Meant(queries, a));
        Assert.Equal(ofDistrict, await Meant(queries, district));
        // Nobody hears of another's by saying whose.
        Assert.Equal("", await Meant(queries, a, b.Party));
        Assert.Equal($"{ofDistrict} {ofA} {ofB}", await Meant(queries, city));
        Assert.Equal(ofB, await Meant(queries, city, b.Party));
        Assert.True(await queries.Create("q", Query("receiving")));
        Assert.False(await queries.Create("q", Query("receiving")));
        Assert.Equal("q", await Meant(queries, city));
        Assert.Equal(ofB, await Meant(queries, city, b.Party));
        Assert.Equal(ofA, await Meant(queries, a));

        Assert.True(await queries.Create("p", Query("receiving")));
        Assert.True(await queries.Create("r", Query("receiving")));
        var (listed, after) = (new List<string>(), (string?)null);
        while (await queries.ListFor(after, 2, city) is { Length: > 0 } page)
        {
            listed.AddRange(page.Select(query => query.Key));
            after = listed[^1];
        }
        Assert.Equal(["p", ofDistrict, ofA, ofB, "q", "r"], listed);
        Assert.Equal([ofB], (await queries.ListFor(null, 10, b)).Select(query => query.Key));

        Assert.True(await queries.Delete(ofA));
        Assert.False(await queries.Delete(ofA));
        Assert.Equal("", await Meant(queries, a));
        Assert.Equal(ofB, await Meant(queries, b));
    }

    [Fact]
    public async Task Queries_of_before_go_on_under_their_names()
    {
        await using var system = await Silos.Start(folder);
        var queries = system.Grains.GetGrain<INamedQueriesGrain>(0);
        // As they were stored when a name was everybody's: by name, without a key.
        var stored = new GrainState<NamedQueriesState>(new()
        {
            Queries = new()
            {
                ["q"] = new() { Name = "q", Query = Query("shipping"), CreatedAt = DateTimeOffset.UnixEpoch, Owner = a },
                ["p"] = new() { Name = "p", Query = Query("receiving"), CreatedAt = DateTimeOffset.UnixEpoch },
            },
        });
        await system.Cases.First().WriteStateAsync("namedQueries", queries.GetGrainId(), stored);
        Assert.Equal("q", await Meant(queries, a));
        Assert.Equal(("q", "q"), ((await queries.Find("q"))!.Name, (await queries.Find("q"))!.Key));
        Assert.False(await queries.CreateFor("q", Query("packing"), a));
        Assert.True(await queries.CreateFor("q", Query("packing"), b));
        Assert.Equal("q", await Meant(queries, a));
        Assert.Equal($"{b.Party}/q", await Meant(queries, b));
        Assert.Equal($"{b.Party}/q q", await Meant(queries, city));
        Assert.Equal("q", await Meant(queries, city, a.Party));
        Assert.Equal(["p", $"{b.Party}/q", "q"], (await queries.ListFor(null, 10, city)).Select(query => query.Key));
        Assert.True(await queries.Delete("q"));
        Assert.True(await queries.CreateFor("q", Query("packing"), a));
        Assert.Equal($"{a.Party}/q", await Meant(queries, a));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_there()
    {
        await using var system = await Silos.Start(folder);
        var queries = system.Grains.GetGrain<INamedQueriesGrain>(0);
        Assert.True(await queries.CreateFor("q", Query("shipping"), a));
        system.Cases.First().FailWrites(1);
        await Assert.ThrowsAnyAsync<Exception>(() => queries.CreateFor("q", Query("shipping"), b));
        Assert.Equal("", await Meant(queries, b));
        system.Cases.First().FailWrites(1);
        await Assert.ThrowsAnyAsync<Exception>(() => queries.Delete($"{a.Party}/q"));
        Assert.Equal($"{a.Party}/q", await Meant(queries, a));
        Assert.True(await queries.CreateFor("q", Query("shipping"), b));
    }
}
