using System.Text;
using Microsoft.Data.Sqlite;
using TraceGrains.Contracts.Custody;
using TraceGrains.Demo;
using TraceGrains.Domain.Events;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Custody;

/// <summary>Somebody with access to the file changes it by hand; the chain says where.</summary>
public sealed class ChainAuditTests : IDisposable
{
    static readonly string unit = Told.Unit(Told.Milk, 1), other = Told.Unit(Told.Milk, 2);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Chain of the unit: events 1, 3, 5, 6 at positions 1 to 4. Events 2 and 4 name the other unit.</summary>
    static async Task<Silos> Chained(TemporaryFolder folder)
    {
        var system = await Silos.Start(folder);
        await system.Record(Told.Made(unit), Told.Made(other), Told.Seen(unit, 3), Told.Seen(other, 4), Told.Seen(unit, 5), Told.Seen(unit, 6));
        Assert.True((await system.Entity(unit).Verify()).Holds);
        return system;
    }

    int Change(string sql, params (string Name, object Value)[] values)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Ledger};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }

    const string Mine = "entity = (SELECT number FROM entity WHERE code = $code)";

    async Task Breaks(Silos system, int at, long? sequence, string reason)
    {
        var verdict = await system.Entity(unit).Verify();
        Assert.False(verdict.Holds);
        Assert.Equal((at, sequence, at - 1), (verdict.BrokenAt, verdict.BrokenSequence, verdict.Checked));
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
        // What holds is still told: the head of the part before the break.
        var before = (await system.Entity(unit).Chain(0, at - 1)).Links;
        Assert.Equal(at == 1 ? new string('0', 64) : before[^1].Hash, verdict.Head);
    }

    [Fact]
    public async Task One_byte_of_an_events_content()
    {
        await using var system = await Chained(folder);
        var json = (await system.Ledger.ReadEvent(3))!.Json;
        var at = Encoding.UTF8.GetString(json).IndexOf("inspecting", StringComparison.Ordinal);
        json[at] ^= 1;
        Assert.Equal(1, Change("UPDATE event SET json = $json WHERE sequence = 3", ("$json", json)));
        await Breaks(system, 2, 3, "event 3 was changed");
        Assert.True((await system.Entity(other).Verify()).Holds);
    }

    [Fact]
    public async Task Content_with_its_event_hash_made_to_fit()
    {
        await using var system = await Chained(folder);
        var recorded = (await system.Ledger.ReadEvent(3))!;
        var json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(recorded.Json).Replace("inspecting", "destroying", StringComparison.Ordinal));
        Change("UPDATE event SET json = $json, event_hash = $hash WHERE sequence = 3", ("$json", json), ("$hash", LedgerHash.EventHash(recorded.RecordTime, json)));
        await Breaks(system, 2, 3, "link 2 was changed");
    }

    [Fact]
    public async Task Content_with_all_hashes_made_to_fit_but_its_own()
    {
        await using var system = await Chained(folder);
        var recorded = (await system.Ledger.ReadEvent(6))!;
        var json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(recorded.Json).Replace("inspecting", "destroying", StringComparison.Ordinal));
        var hash = LedgerHash.EventHash(recorded.RecordTime, json);
        var before = Convert.FromHexString((await system.Entity(unit).Chain(2, 1)).Links[0].Hash);
        var link = LedgerHash.Link(before, hash);
        Change("UPDATE event SET json = $json, event_hash = $hash WHERE sequence = 6", ("$json", json), ("$hash", hash));
        Change($"UPDATE chain SET hash = $hash WHERE {Mine} AND position = 4", ("$code", unit), ("$hash", link));
        await Breaks(system, 4, 6, "does not give its CBV hash");
    }

    [Fact]
    public async Task The_record_time()
    {
        await using var system = await Chained(folder);
        Change("UPDATE event SET record_time = record_time - 1 WHERE sequence = 5");
        await Breaks(system, 3, 5, "record time");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 6)]
    public async Task A_links_hash(int position, long sequence)
    {
        await using var system = await Chained(folder);
        var hash = Convert.FromHexString((await system.Entity(unit).Chain(position - 1, 1)).Links[0].Hash);
        hash[^1] ^= 1;
        Change($"UPDATE chain SET hash = $hash WHERE {Mine} AND position = $position", ("$code", unit), ("$hash", hash), ("$position", position));
        await Breaks(system, position, sequence, $"link {position} was changed");
    }

    [Fact]
    public async Task An_event_that_is_gone()
    {
        await using var system = await Chained(folder);
        Change("DELETE FROM event WHERE sequence = 5");
        await Breaks(system, 3, 5, "event 5 is missing");
        Assert.Equal([1, 3, 5, 6], (await system.Entity(unit).Chain(0, 10)).Links.Select(link => link.Event.Sequence));
    }

    [Fact]
    public async Task A_link_that_is_gone()
    {
        await using var system = await Chained(folder);
        Assert.Equal(1, Change($"DELETE FROM chain WHERE {Mine} AND position = 2", ("$code", unit)));
        await Breaks(system, 2, null, "link 2 is missing");
    }

    [Fact]
    public async Task Two_links_that_changed_places()
    {
        await using var system = await Chained(folder);
        foreach (var (from, to) in new[] { (2, 99), (3, 2), (99, 3) })
            Change($"UPDATE chain SET position = $to WHERE {Mine} AND position = $from", ("$code", unit), ("$from", from), ("$to", to));
        await Breaks(system, 2, 5, "link 2 was changed");
    }

    [Fact]
    public async Task A_link_put_behind_an_earlier_event()
    {
        await using var system = await Chained(folder);
        Change($"UPDATE chain SET sequence = 1 WHERE {Mine} AND position = 3", ("$code", unit));
        await Breaks(system, 3, 1, "out of order");
    }

    [Fact]
    public async Task A_link_moved_to_an_event_of_another_thing()
    {
        await using var system = await Chained(folder);
        Change($"UPDATE chain SET sequence = 4 WHERE {Mine} AND position = 3", ("$code", unit));
        await Breaks(system, 3, 4, "link 3 was changed");
    }

    [Fact]
    public async Task A_link_moved_to_an_event_of_another_thing_with_its_hash_made_to_fit()
    {
        await using var system = await Chained(folder);
        var before = Convert.FromHexString((await system.Entity(unit).Chain(1, 1)).Links[0].Hash);
        var moved = (await system.Ledger.ReadEvent(4))!;
        Change($"UPDATE chain SET sequence = 4, hash = $hash WHERE {Mine} AND position = 3", ("$code", unit), ("$hash", LedgerHash.Link(before, moved.EventHash)));
        await Breaks(system, 3, 4, "does not name");
    }

    [Fact]
    public async Task Every_chain_of_the_demonstration_holds()
    {
        await using var system = await Silos.Start(folder);
        foreach (var document in DemoChain.Documents()) Assert.Empty((await system.Capture.CaptureDocument(CaptureForm.JsonLd, document.Utf8)).Problems);
        var entities = await system.Ledger.FindByPrefix("", null, 100_000);
        var cast = DemoChain.Cast();
        // Every hundredth thing and everybody the story names; a chain of a place holds every event there.
        var looked = entities.Where((_, i) => i % 100 == 0).Select(entity => entity.Code).Concat(cast.Names.Keys).Concat([cast.SoldUnit, cast.Pallet, cast.Case]).Distinct();
        var links = 0;
        foreach (var code in looked)
        {
            var verdict = await system.Entity(code).Verify();
            Assert.True(verdict.Holds, $"{code}: {verdict.Reason}");
            links += verdict.Checked;
        }
        Assert.True(links > 1_000, $"only {links} links checked");
    }
}
