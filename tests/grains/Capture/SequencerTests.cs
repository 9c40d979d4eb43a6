using System.Collections.Concurrent;
using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Capture;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Capture;

public sealed class SequencerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string[] Units(int count) => [.. Enumerable.Range(1, count).Select(serial => Told.Unit(Told.Milk, serial))];

    static async Task IsDense(ILedger ledger, long events)
    {
        Assert.Equal(events, (await ledger.ReadHead()).Sequence);
        var recorded = await ledger.ReadEvents(0, 10_000);
        Assert.Equal(Enumerable.Range(1, (int)events).Select(sequence => (long)sequence), recorded.Select(e => e.Sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Captures_at_the_same_time_get_a_dense_order(int silos)
    {
        await using var system = await Silos.Start(folder, silos);
        var receipts = (await Task.WhenAll(Units(200).Select(unit => system.Record(Told.Made(unit))))).SelectMany(one => one).ToList();
        Assert.Equal(Enumerable.Range(1, 200).Select(sequence => (long)sequence), receipts.Select(receipt => receipt.Sequence).Order());
        Assert.DoesNotContain(receipts, receipt => receipt.IsRepeat);
        await IsDense(system.Ledger, 200);
        foreach (var receipt in receipts) Assert.Equal(receipt.EventId, (await system.Ledger.ReadEvent(receipt.Sequence))!.EventId);
    }

    [Fact]
    public async Task What_arrives_while_a_commit_is_under_way_is_the_next_commit()
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(Told.Unit(Told.Milk, 1_000)));
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Ledger.Before = async _ =>
        {
            begun.TrySetResult();
            await goOn.Task;
        };
        var before = system.Ledger.Appends;
        var first = system.Sequencer.Append([Event(Told.Made(Told.Unit(Told.Milk, 1)))]);
        await begun.Task.WaitAsync(Silos.Patience);
        var others = Units(50).Skip(1).Select(unit => system.Sequencer.Append([Event(Told.Made(unit))])).ToList();
        await Waiting(system, others.Count);
        goOn.SetResult();
        await Task.WhenAll(others.Append(first));
        Assert.Equal(2, system.Ledger.Appends - before);
        await IsDense(system.Ledger, 51);
    }

    [Fact]
    public async Task Repeats_and_conflicts_within_one_commit_are_answered_one_by_one()
    {
        await using var system = await Silos.Start(folder);
        var (unit, id) = (Told.Unit(Told.Milk, 1), Told.NewId());
        var seen = Event(Told.Seen(unit, 1, id));
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Ledger.Before = async _ =>
        {
            begun.TrySetResult();
            await goOn.Task;
        };
        var first = system.Sequencer.Append([Event(Told.Made(unit))]);
        await begun.Task.WaitAsync(Silos.Patience);
        var original = system.Sequencer.Append([seen]);
        await Waiting(system, 1);
        var repeat = system.Sequencer.Append([seen]);
        await Waiting(system, 2);
        var conflict = system.Sequencer.Append([Event(Told.Seen(unit, 9)), Event(Told.Seen(unit, 5, id))]);
        await Waiting(system, 3);
        var after = system.Sequencer.Append([Event(Told.Seen(unit, 7))]);
        await Waiting(system, 4);
        goOn.SetResult();
        Assert.Equal(1, Assert.Single((await first).Receipts).Sequence);
        Assert.Equal((2, false), Known(await original));
        Assert.Equal((2, true), Known(await repeat));
        var problem = Assert.Single((await conflict).Problems);
        Assert.Equal((1, "eventID", true, id), (problem.EventIndex, problem.Field, problem.IsConflict, problem.Found));
        Assert.Contains("eventTime", problem.Expected, StringComparison.Ordinal);
        Assert.Equal((3, false), Known(await after));
        await IsDense(system.Ledger, 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_append_that_fails_loses_nothing_and_the_next_works(bool afterItWasDurable)
    {
        await using var system = await Silos.Start(folder);
        var first = await system.Record(Told.Made(Told.Unit(Told.Milk, 1)));
        var failures = 1;
        Task FailOnce(LedgerBatch batch) => Interlocked.Decrement(ref failures) == 0 ? throw new LedgerUnavailableException("disk full") : Task.CompletedTask;
        if (afterItWasDurable) system.Ledger.After = FailOnce;
        else system.Ledger.Before = FailOnce;
        var told = Told.Made(Told.Unit(Told.Milk, 2));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => system.Record(told));
        var again = Assert.Single(await system.Record(told));
        Assert.Equal((2, afterItWasDurable), (again.Sequence, again.IsRepeat));
        Assert.Equal(3, Assert.Single(await system.Record(Told.Made(Told.Unit(Told.Milk, 3)))).Sequence);
        Assert.Equal((1, true), Known(await system.Sequencer.Append([EventOf(await system.Ledger.ReadEvent(1))])));
        await IsDense(system.Ledger, 3);
        Assert.Equal(1, Assert.Single(first).Sequence);
        foreach (var serial in new[] { 1, 2, 3 }) Assert.Equal(Told.Dairy, (await system.Entity(Told.Unit(Told.Milk, serial)).View(null))!.State.Holder);
    }

    /// <summary>Two clusters over one file know nothing of each other: each has a living sequencer.</summary>
    [Fact]
    public async Task Two_sequencers_over_one_ledger_never_fork_the_order()
    {
        await using var here = await Silos.Start(folder);
        await using var there = await Silos.Start(folder);
        await here.Record(Told.Made(Told.Unit(Told.Milk, 1)));
        await there.Record(Told.Made(Told.Unit(Told.Milk, 2)));
        // The loser notices and steps down; whoever captures through it is answered once, by whoever has the order.
        var third = Told.Made(Told.Unit(Told.Milk, 3));
        await Assert.ThrowsAsync<LedgerFencedException>(() => here.Sequencer.Append([Event(third)]));
        await there.Record(Told.Made(Told.Unit(Told.Milk, 4)));
        var answered = Assert.Single(await here.Record(third));
        Assert.Equal((4, false), (answered.Sequence, answered.IsRepeat));

        Task Capture(Silos system, int serial) => system.Record(Told.Made(Told.Unit(Told.Cheese, serial)));
        async Task CaptureInTurn(Silos system, int from)
        {
            for (var serial = from; serial < from + 20; serial++) await Capture(system, serial);
        }
        await Task.WhenAll(CaptureInTurn(here, 100), CaptureInTurn(there, 200));
        await IsDense(here.Ledger, 44);
        var recorded = await here.Ledger.ReadEvents(0, 1_000);
        Assert.Equal(recorded.Count, recorded.Select(e => e.EventId).Distinct().Count());
        foreach (var system in new[] { here, there })
            for (var serial = 100; serial < 120; serial++)
                Assert.True((await system.Entity(Told.Unit(Told.Cheese, serial)).Verify()).Holds);
    }

    /// <summary>Calls are not promised to arrive in the order in which they were made, so a test that needs one waits until the sequencer has each.</summary>
    static async Task Waiting(Silos system, int captures)
    {
        using var patience = new CancellationTokenSource(Silos.Patience);
        Assert.True(system.Cluster.TryGetGrainContext(system.Sequencer.GetGrainId(), out var context));
        while (((SequencerGrain)context.GrainInstance!).WaitingCaptures < captures)
        {
            await system.Sequencer.Head();
            Assert.False(patience.IsCancellationRequested);
        }
    }

    static (long, bool) Known(CaptureAnswer answer)
    {
        var receipt = Assert.Single(answer.Receipts);
        return (receipt.Sequence, receipt.IsRepeat);
    }

    static EventToRecord Event(string told) => EventToRecord.Of(Assert.Single(EpcisJson.ReadDocument(Told.Document(told)).Events));

    static EventToRecord EventOf(LedgerEvent? recorded) => EventToRecord.Of(EpcisJson.ReadStored(recorded!.Json));
}
