using System.Text;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Recalls;

public sealed class PersonTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly CaseEntry opened = new CaseEntry.Opened("x", CaseMode.Live, "x", ScopeJson.Print(new ScopeQuery.Batch(Told.Lot(Told.Milk, "A"))), []);

    static Task<CaseAnswer> Act(Silos system, string name, CaseEntry entry) => system.Grains.GetGrain<IRecallCaseGrain>(Silos.RecallId("p")).Act(new() { Entry = CaseJson.Print(entry), ByName = name });

    static async Task<string[]> NamesIn(Silos system) => [.. (await system.Grains.GetGrain<IRecallCaseGrain>(Silos.RecallId("p")).Entries(0, 100)).Select(entry => entry.ByName)];

    [Fact]
    public async Task The_ledger_has_a_commitment_and_the_file_shows_the_name_until_it_is_erased()
    {
        await using (var system = await Silos.Start(folder))
        {
            await system.Record(Told.Made(Told.Lot(Told.Milk, "A")));
            Assert.Null((await Act(system, "李雷", opened)).Message);
            Assert.Null((await Act(system, "Han Mei", new CaseEntry.EvidenceAdded("a", new('0', 64), "text/plain", 1, null))).Message);
            Assert.Null((await Act(system, "李雷", new CaseEntry.EvidenceAdded("b", new('1', 64), "text/plain", 1, null))).Message);
            Assert.Equal(["李雷", "Han Mei", "李雷"], await NamesIn(system));
            var recorded = string.Join('\n', (await system.Ledger.ReadEvents(0, 100)).Select(e => Encoding.UTF8.GetString(e.Json)));
            Assert.DoesNotContain("李雷", recorded, StringComparison.Ordinal);
            Assert.DoesNotContain("Han Mei", recorded, StringComparison.Ordinal);
            Assert.Contains(PersonCommitment.Start, recorded, StringComparison.Ordinal);
        }
        // Names are kept across a restart, and gone across one once they are erased.
        await using (var system = await Silos.Start(folder))
        {
            Assert.Equal(["李雷", "Han Mei", "李雷"], await NamesIn(system));
            Assert.True(await system.Grains.GetGrain<IPersonsGrain>(0).Erase("李雷"));
            Assert.False(await system.Grains.GetGrain<IPersonsGrain>(0).Erase("李雷"));
            Assert.Equal([IPersonsGrain.Erased, "Han Mei", IPersonsGrain.Erased], await NamesIn(system));
        }
        await using (var system = await Silos.Start(folder))
        {
            Assert.Equal([IPersonsGrain.Erased, "Han Mei", IPersonsGrain.Erased], await NamesIn(system));
            // Who comes back under the name is somebody new.
            Assert.Null((await Act(system, "李雷", new CaseEntry.EvidenceAdded("c", new('2', 64), "text/plain", 1, null))).Message);
            Assert.Equal([IPersonsGrain.Erased, "Han Mei", IPersonsGrain.Erased, "李雷"], await NamesIn(system));
        }
    }

    [Fact]
    public async Task A_name_that_pretends_to_be_a_commitment_is_refused()
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(Told.Lot(Told.Milk, "A")));
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, PersonCommitment.Of(new byte[32], "Li"), opened)).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, " ", opened)).Refused);
    }
}
