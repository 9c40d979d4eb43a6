using System.Text;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Answers;
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
            Assert.Equal([PersonName.Erased, "Han Mei", PersonName.Erased], await NamesIn(system));
        }
        await using (var system = await Silos.Start(folder))
        {
            Assert.Equal([PersonName.Erased, "Han Mei", PersonName.Erased], await NamesIn(system));
            // Who comes back under the name is somebody new.
            Assert.Null((await Act(system, "李雷", new CaseEntry.EvidenceAdded("c", new('2', 64), "text/plain", 1, null))).Message);
            Assert.Equal([PersonName.Erased, "Han Mei", PersonName.Erased, "李雷"], await NamesIn(system));
        }
    }

    [Fact]
    public async Task A_name_that_pretends_to_be_a_commitment_is_refused()
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(Told.Lot(Told.Milk, "A")));
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, PersonCommitment.Of(new byte[32], "Li"), opened)).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, PersonName.Erased, opened)).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, " ", opened)).Refused);
        Assert.Equal(HoldRefusal.FieldInvalid, (await Hold(system, "a").Place(new() { Codes = [Told.Lot(Told.Milk, "A")], Reason = "x", By = PersonCommitment.Of(new byte[32], "Li") })).Refused);
    }

    [Fact]
    public async Task Nobody_acts_as_the_system_itself_and_a_refused_act_keeps_no_name()
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(Told.Lot(Told.Milk, "A")));
        Assert.Equal(CaseRefusal.NotYours, (await system.Grains.GetGrain<IRecallCaseGrain>(Silos.RecallId("p")).Act(new() { Entry = CaseJson.Print(opened), ByName = CaseActor.System.Name, ByRole = CaseActor.System.Role })).Refused);
        Assert.Null((await Act(system, "Li", opened)).Message);
        Assert.Equal(CaseRefusal.StateForbids, (await Act(system, "Nobody", new CaseEntry.Issued())).Refused);
        Assert.False(await Persons(system).Erase("Nobody"));
        Assert.True(await Persons(system).Erase("Li"));
    }

    static IPersonsGrain Persons(Silos system) => system.Grains.GetGrain<IPersonsGrain>(0);

    static IHoldGrain Hold(Silos system, string name) => system.Grains.GetGrain<IHoldGrain>(Blocks.HoldStart + name);

    static async Task<string> Recorded(Silos system) => string.Join('\n', (await system.Ledger.ReadEvents(0, 1_000)).Select(e => Encoding.UTF8.GetString(e.Json)));

    [Fact]
    public async Task Of_holds_the_ledger_has_commitments_and_codes_and_the_same_order_again_is_the_same_hold()
    {
        await using var system = await Silos.Start(folder);
        var lot = Told.Lot(Told.Milk, "A");
        await system.Record(Told.Made(lot));
        HoldRequest order = new() { Codes = [lot], Reason = "x", By = "李雷" };
        Assert.Equal("李雷", (await Hold(system, "a").Place(order)).Hold!.By);
        Assert.Equal("李雷", (await Hold(system, "a").Place(new() { Codes = [lot], Reason = "x", By = " 李雷 " })).Hold!.By);
        Assert.Equal(HoldRefusal.IdInUse, (await Hold(system, "a").Place(new() { Codes = [lot], Reason = "x", By = "韩梅梅" })).Refused);
        Assert.Equal("韩梅梅", (await Hold(system, "a").Release("y", "韩梅梅")).Hold!.ReleasedBy);
        Assert.Equal(HoldRefusal.AlreadyReleased, (await Hold(system, "a").Release("y", "李雷")).Refused);
        Assert.Equal(Told.Dairy, (await Hold(system, "b").Place(new() { Codes = [lot], Reason = "x", By = Told.Dairy })).Hold!.By);
        var recorded = await Recorded(system);
        Assert.Contains($"\"by\":\"{Told.Dairy}\"", recorded, StringComparison.Ordinal);
        Assert.All(["李雷", "韩梅梅"], name => Assert.DoesNotContain(name, recorded, StringComparison.Ordinal));
        // Asked for again when the names are gone, it is the same still, and the names do not come back.
        Assert.True(await Persons(system).Erase("李雷"));
        Assert.True(await Persons(system).Erase("韩梅梅"));
        Assert.Equal((PersonName.Erased, PersonName.Erased), ((await Hold(system, "a").Place(order)).Hold!.By, (await Hold(system, "a").Release("y", "韩梅梅")).Hold!.ReleasedBy));
        Assert.False(await Persons(system).Erase("李雷") || await Persons(system).Erase("韩梅梅"));
        Assert.Equal(recorded, await Recorded(system));
    }

    [Fact]
    public async Task What_was_recorded_with_names_in_the_clear_reads_as_before_and_its_persons_stay_who_they_are()
    {
        await using var system = await Silos.Start(folder);
        var lot = Told.Lot(Told.Milk, "A");
        await system.Record(Told.Made(lot));
        await system.Sequencer.Append([
            EventToRecord.Of(HoldEvent.Placed(new(Blocks.HoldStart + "a", [lot], "x", "Zhao"), DateTimeOffset.UnixEpoch, _ => true)),
            EventToRecord.Of(CaseEntryEvent.Build(Silos.RecallId("p"), 1, new("Zhao"), null, opened, DateTimeOffset.UnixEpoch)),
        ]);
        Assert.Equal("Zhao", (await Hold(system, "a").Place(new() { Codes = [lot], Reason = "x", By = "Zhao" })).Hold!.By);
        Assert.Null((await Act(system, "Zhao", new CaseEntry.EvidenceAdded("a", new('0', 64), "text/plain", 1, null))).Message);
        Assert.Equal(["Zhao", "Zhao"], await NamesIn(system));
        Assert.False(await Persons(system).Erase("Zhao"));
    }

    [Fact]
    public async Task Names_within_entries_are_kept_apart_and_an_act_sent_again_after_an_erasure_is_done_once()
    {
        await using var system = await Silos.Start(folder);
        string[] units = [Told.Unit(Told.Milk, 1), Told.Unit(Told.Milk, 2)];
        await system.Record(Told.Made(Told.Lot(Told.Milk, "A")), Told.From([Told.Lot(Told.Milk, "A")], units), Told.Received(Told.Shop, Told.Counter, 5, units));
        Assert.Null((await Act(system, "Li", opened)).Message);
        Assert.Null((await Act(system, "Li", new CaseEntry.Assessed(Domain.Recalls.RecallClass.I, Domain.Recalls.RecallDepth.Consumer, "x", "x", "x"))).Message);
        Assert.Null((await Act(system, "Li", new CaseEntry.Issued())).Message);
        await system.UntilOnRecord("p");
        CaseEntry[] acts = [new CaseEntry.Answered(Told.Shop, [new(AnswerOutcome.Destroyed, [units[0]], [], Witness: " Witness Wu ")]), new CaseEntry.PassedOn(Told.Shop, [new("Canteen of Qian", [units[1]], [])])];
        var file = system.Grains.GetGrain<IRecallCaseGrain>(Silos.RecallId("p"));
        async Task<CaseAnswer> Do(int act) => await file.Act(new() { Entry = CaseJson.Print(acts[act]), ByName = "Li", ActId = $"{act}" });
        int?[] done = [(await Do(0)).Entry, (await Do(1)).Entry];
        Assert.DoesNotContain(null, done);
        async Task<string> Shown() => string.Join('\n', (await file.Entries(0, 100)).Select(entry => entry.Entry)) + string.Join('\n', (await file.Parties(null, 100)).Select(party => party.Name));
        Assert.Contains("\"witness\":\"Witness Wu\"", await Shown(), StringComparison.Ordinal);
        Assert.Equal(2, (await Shown()).Split("Canteen of Qian").Length - 1);
        Assert.Equal(done, [(await Do(0)).Entry, (await Do(1)).Entry]);
        Assert.True(await Persons(system).Erase("Witness Wu") && await Persons(system).Erase("Canteen of Qian"));
        Assert.DoesNotContain("Wu", await Shown(), StringComparison.Ordinal);
        Assert.DoesNotContain("Qian", await Shown(), StringComparison.Ordinal);
        Assert.Contains($"\"witness\":\"{PersonName.Erased}\"", await Shown(), StringComparison.Ordinal);
        Assert.Equal(done, [(await Do(0)).Entry, (await Do(1)).Entry]);
        Assert.False(await Persons(system).Erase("Witness Wu") || await Persons(system).Erase("Canteen of Qian"));
        acts[0] = new CaseEntry.Answered(Told.Shop, [new(AnswerOutcome.Destroyed, [units[0]], [], Witness: "Witness Wu", Note: "another")]);
        Assert.Equal(CaseRefusal.IdInUse, (await Do(0)).Refused);
    }

    [Fact]
    public async Task Names_that_come_together_are_kept_together_and_a_write_that_fails_loses_none()
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(i => $"Somebody {i}")];
        string[] standing;
        await using (var system = await Silos.Start(folder))
        {
            await Persons(system).Commit(["first"]);
            var (storage, before) = (system.Cases.Single(), system.Cases.Single().Writes);
            storage.FailWrites(1);
            var asked = names.Concat(names).Select(async name =>
            {
                try
                {
                    return (await Persons(system).Commit([name, "first"]))[0];
                }
                catch (OrleansException)
                {
                    return null;
                }
            }).ToList();
            var first = await Task.WhenAll(asked);
            Assert.Contains(null, first);
            standing = await Persons(system).Commit(names);
            Assert.All(first.Zip([.. standing, .. standing]), pair => Assert.True(pair.First is null || pair.First == pair.Second));
            Assert.Equal(500, standing.Distinct().Count());
            Assert.True(storage.Writes - before < 250, $"{storage.Writes - before} writes");
        }
        await using (var system = await Silos.Start(folder)) Assert.Equal(names, await Persons(system).Names(standing));
    }

    [Fact]
    public async Task Erased_names_leave_no_bytes_in_the_files_of_a_running_silo()
    {
        await using var system = await Silos.Start(folder);
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"Somebody {i:000} of many"), "李雷雷"];
        foreach (var some in names.Chunk(10)) await Persons(system).Commit(some);
        // Stored over and over, in pages that are free by now and in the log.
        Assert.True(Has("李雷雷") && Has("Somebody 007 of many"));
        foreach (var name in (string[])[names[7], names[150], "李雷雷"]) Assert.True(await Persons(system).Erase(name));
        Assert.All([names[7], names[150], "李雷雷"], name => Assert.False(Has(name), name));
        Assert.True(Has(names[8]));

        bool Has(string name) => Directory.GetFiles(Path.GetDirectoryName(folder.Cases)!).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var all = new MemoryStream();
            stream.CopyTo(all);
            return all.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0 || all.ToArray().AsSpan().IndexOf(Encoding.Unicode.GetBytes(name)) >= 0;
        });
    }
}
