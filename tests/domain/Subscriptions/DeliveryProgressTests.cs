using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Domain.Tests.Subscriptions;

/// <summary>How a subscription goes on. The clock is a fake one; nothing here waits.</summary>
public sealed class DeliveryProgressTests
{
    static readonly SubscriptionTiming Stream = new();

    static readonly DeliveryRules Rules = new()
    {
        FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(60), Attempts = 4, Refusals = 2, EventsMax = 10, DeadLettersMax = 3,
    };

    static readonly DeliveryOutcome Unreachable = new(DeliveryVerdict.Failed, "no answer"), Refusal = new(DeliveryVerdict.Refused, "the destination answered 400");

    readonly FakeTimeProvider clock = new(new(2026, 3, 4, 11, 0, 30, TimeSpan.Zero));

    DateTimeOffset Now => clock.GetUtcNow();

    DeliveryProgress Pending(long after = 10, long through = 20, int events = 3) => new DeliveryProgress { Cursor = after, AskedAt = Now }.Found(Stream, through, through, events, Now);

    DeliveryProgress Failing(DeliveryProgress progress, DeliveryOutcome outcome, int times)
    {
        for (var i = 0; i < times; i++)
        {
            progress = progress.Failed(outcome, Rules, Now, 1);
            clock.Advance(Rules.LongestPause);
        }
        return progress;
    }

    [Fact]
    public void Stream_LooksWhenThereIsSomethingNew_AndRestsOtherwise()
    {
        var progress = new DeliveryProgress { Cursor = 10 };
        Assert.Equal(new(DeliveryTask.Rest), progress.Next(Stream, Rules, Now, 10));
        Assert.Equal(new(DeliveryTask.Look, Through: 12), progress.Next(Stream, Rules, Now, 12));
        Assert.Equal(12, progress.Found(Stream, 12, 12, 0, Now).Cursor);
    }

    [Fact]
    public void CursorMoves_OnlyWhenTheDestinationHasTaken()
    {
        var pending = Pending();
        Assert.Equal((10, "10-20"), (pending.Cursor, pending.Pending!.Range));
        Assert.Equal(DeliveryTask.Send, pending.Next(Stream, Rules, Now, 30).Task);
        var delivered = pending.Delivered(Now);
        Assert.Equal((20, Now), (delivered.Cursor, delivered.NotifiedAt));
        Assert.Null(delivered.Pending);
    }

    [Fact]
    public void Failure_IsTriedAgainLater_WithTheSameRange()
    {
        var failed = Pending().Failed(Unreachable, Rules, Now, 1);
        Assert.Equal("10-20", failed.Pending!.Range);
        Assert.Equal(new(DeliveryTask.Rest, Now + TimeSpan.FromSeconds(1)), failed.Next(Stream, Rules, Now, 30));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DeliveryTask.Send, failed.Next(Stream, Rules, Now, 30).Task);
    }

    [Fact]
    public void Destination_ThatAsksForTime_GetsIt_UpToTheLongestPause()
    {
        Assert.Equal(Now + TimeSpan.FromSeconds(30), Pending().Failed(Unreachable with { RetryAfter = TimeSpan.FromSeconds(30) }, Rules, Now, 1).Pending!.NextAttemptAt);
        Assert.Equal(Now + Rules.LongestPause, Pending().Failed(Unreachable with { RetryAfter = TimeSpan.FromDays(1) }, Rules, Now, 1).Pending!.NextAttemptAt);
    }

    [Fact]
    public void Unreachable_SuspendsAfterItsAttempts_AndResumesWithWhatWasPending()
    {
        var suspended = Failing(Pending(), Unreachable, Rules.Attempts);
        Assert.NotNull(suspended.SuspendedAt);
        Assert.Equal(["10-20"], suspended.DeadLetters.Select(letter => letter.Id));
        Assert.Equal(new(DeliveryTask.Rest), suspended.Next(Stream, Rules, Now, 30));
        var resumed = suspended.Resume();
        Assert.Equal(DeliveryTask.Send, resumed.Next(Stream, Rules, Now, 30).Task);
        Assert.Equal(("10-20", 0), (resumed.Pending!.Range, resumed.Pending.Attempts));
        Assert.Empty(resumed.Delivered(Now).DeadLetters);
    }

    [Fact]
    public void Refused_IsPutAside_AndTheNextIsSent()
    {
        var progress = Failing(Pending(), Refusal, Rules.Refusals);
        Assert.Null(progress.SuspendedAt);
        Assert.Equal((20, 3), (progress.Cursor, Assert.Single(progress.DeadLetters).Delivery.Events));
        Assert.Equal(new(DeliveryTask.Look, Through: 30), progress.Next(Stream, Rules, Now, 30));
        Assert.Empty(progress.Redelivered("10-20", new(DeliveryVerdict.Delivered), Now)!.DeadLetters);
        Assert.Equal(Rules.Refusals + 1, Assert.Single(progress.Redelivered("10-20", Unreachable, Now)!.DeadLetters).Delivery.Attempts);
        Assert.Null(progress.Redelivered("1-2", Unreachable, Now));
        Assert.Empty(progress.Discard("10-20")!.DeadLetters);
        Assert.Null(progress.Discard("1-2"));
    }

    [Fact]
    public void FullListOfDeadLetters_Suspends_AndLosesNothing()
    {
        var progress = new DeliveryProgress();
        for (var i = 1; i <= Rules.DeadLettersMax; i++) progress = Failing(progress.Found(Stream, i * 10, i * 10, 1, Now), Refusal, Rules.Refusals);
        Assert.Null(progress.SuspendedAt);
        progress = Failing(progress.Found(Stream, 100, 100, 1, Now), Refusal, Rules.Refusals);
        Assert.NotNull(progress.SuspendedAt);
        Assert.Equal(("30-100", 30, Rules.DeadLettersMax), (progress.Pending!.Range, progress.Cursor, progress.DeadLetters.Length));
    }

    [Fact]
    public void TooLarge_IsAskedAgainInHalf_AndASingleEventIsRefused()
    {
        var halved = Pending(events: 7).Failed(new(DeliveryVerdict.TooLarge), Rules, Now, 1);
        Assert.Equal((10, 3), (halved.Cursor, halved.EventsOf(Rules)));
        Assert.Equal(DeliveryTask.Look, halved.Next(Stream, Rules, Now, 20).Task);
        Assert.Single(Failing(Pending(events: 1), new(DeliveryVerdict.TooLarge), Rules.Refusals).DeadLetters);
        Assert.Equal(Rules.EventsMax, halved.Resume().EventsOf(Rules));
    }

    [Fact]
    public void Subscriber_MovesTheCursor()
    {
        var moved = Pending().MoveTo(5);
        Assert.Equal((5, null), (moved.Cursor, moved.Pending));
        Assert.Equal(DeliveryTask.Look, moved.Next(Stream, Rules, Now, 20).Task);
    }

    [Fact]
    public void Schedule_RunsOnceForTimesThatPassed_ThroughWhereTheLedgerStoodThen()
    {
        SubscriptionTiming hourly = new() { Schedule = new() { Minute = "0" } };
        var progress = new DeliveryProgress { Cursor = 10, AskedAt = Now };
        Assert.Equal(new(DeliveryTask.Rest, new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero)), progress.Next(hourly, Rules, Now, 99));
        clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(DeliveryTask.Begin, progress.Next(hourly, Rules, Now, 99).Task);
        var running = progress.Begin(50, Now);
        Assert.Equal(new(DeliveryTask.Look, Through: 50), running.Next(hourly, Rules, Now, 99));
        var more = running.Found(hourly, 30, 30, 2, Now).Delivered(Now);
        Assert.Equal(new(DeliveryTask.Look, Through: 50), more.Next(hourly, Rules, Now, 99));
        var done = more.Found(hourly, 50, 50, 1, Now).Delivered(Now);
        Assert.Equal(new(DeliveryTask.Rest, new(2026, 3, 4, 17, 0, 0, TimeSpan.Zero)), done.Next(hourly, Rules, Now, 99));
        Assert.Equal(50, done.Cursor);
    }

    [Theory]
    [InlineData(true, 0, true), InlineData(false, 0, false), InlineData(true, 4, false)]
    public void EmptyReport_IsMade_WhenAskedForAndNothingElseWasSent(bool reportIfEmpty, int eventsBefore, bool isMade)
    {
        SubscriptionTiming hourly = new() { Schedule = new() { Minute = "0" }, ReportIfEmpty = reportIfEmpty };
        var running = new DeliveryProgress { Cursor = 10, AskedAt = Now }.Begin(50, Now);
        if (eventsBefore > 0) running = running.Found(hourly, 30, 30, eventsBefore, Now).Delivered(Now);
        var looked = running.Found(hourly, 50, 50, 0, Now);
        Assert.Equal(isMade, looked.Pending is { Events: 0 });
        var done = isMade ? looked.Delivered(Now) : looked;
        Assert.Equal((50, null), (done.Cursor, done.RunThrough));
    }

    [Fact]
    public void Pauses_Double_AreCapped_AndVaryByHalf()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 8).Select(failures => Rules.PauseAfter(failures, 1).TotalSeconds));
        Assert.Equal(Rules.LongestPause, Rules.PauseAfter(int.MaxValue, 1));
        Gen.Select(Gen.Int[1, 1000], Gen.Double[0, 1]).Sample((failures, chance) =>
        {
            var (pause, full) = (Rules.PauseAfter(failures, chance), Rules.PauseAfter(failures, 1));
            return pause >= full / 2 && pause <= full;
        });
    }

    [Theory]
    [InlineData(200, DeliveryVerdict.Delivered), InlineData(204, DeliveryVerdict.Delivered), InlineData(302, DeliveryVerdict.Failed), InlineData(400, DeliveryVerdict.Refused)]
    [InlineData(401, DeliveryVerdict.Failed), InlineData(404, DeliveryVerdict.Failed), InlineData(413, DeliveryVerdict.TooLarge), InlineData(415, DeliveryVerdict.Refused)]
    [InlineData(422, DeliveryVerdict.Refused), InlineData(429, DeliveryVerdict.Failed), InlineData(500, DeliveryVerdict.Failed), InlineData(503, DeliveryVerdict.Failed)]
    public void Status_SaysWhatBecameOfAnAttempt(int status, DeliveryVerdict verdict) => Assert.Equal(verdict, DeliveryOutcome.OfStatus(status).Verdict);

    /// <summary>
    /// Whatever a destination does and whenever memory is lost: what it took, and what was put aside, is every event, none after a later one; what was taken before a crash comes again with
    /// the same range.
    /// </summary>
    [Fact]
    public void NothingIsLost_AndOrderIsKept_WhateverHappens() => Gen.Select(Gen.Int[1, 60], Gen.Int[0, 5].Array[0, 300]).Sample((head, happenings) =>
    {
        var (stored, memory) = (new DeliveryProgress(), new DeliveryProgress());
        var taken = new List<(long After, long Through)>();
        var next = 0;
        for (var steps = 0; steps < 5_000; steps++)
        {
            var happening = next < happenings.Length ? happenings[next++] : 0;
            // 5: the process ends; what was not stored is gone.
            if (happening == 5) memory = stored;
            if (memory.SuspendedAt is not null) memory = stored = memory.Resume();
            var step = memory.Next(Stream, Rules, Now, head);
            if (step.Task == DeliveryTask.Rest && step.Until is null) break;
            if (step.Task == DeliveryTask.Rest) clock.Advance(Rules.LongestPause);
            if (step.Task == DeliveryTask.Look)
            {
                // Every third event satisfies the query.
                var wanted = Enumerable.Range((int)memory.Cursor + 1, (int)(step.Through - memory.Cursor)).Where(sequence => sequence % 3 == 0).Take(memory.EventsOf(Rules)).ToArray();
                var through = wanted.Length == memory.EventsOf(Rules) ? wanted[^1] : step.Through;
                memory = memory.Found(Stream, through, through, wanted.Length, Now);
                if (memory.Pending is not null) stored = memory;
            }
            if (step.Task == DeliveryTask.Send)
            {
                if (happening is 0 or 5)
                {
                    taken.Add((memory.Pending!.After, memory.Pending.Through));
                    memory = memory.Delivered(Now);
                }
                else
                    memory = stored = memory.Failed(happening switch { 1 => Unreachable, 2 => Refusal, 3 => new(DeliveryVerdict.TooLarge), _ => Unreachable with { RetryAfter = TimeSpan.FromMinutes(1) } }, Rules, Now, 0.5);
            }
        }
        var aside = memory.DeadLetters.Select(letter => (letter.Delivery.After, letter.Delivery.Through));
        var covered = taken.Concat(aside).SelectMany(range => Enumerable.Range((int)range.After + 1, (int)(range.Through - range.After))).ToHashSet();
        return memory.Cursor == head
            && Enumerable.Range(1, head).Where(sequence => sequence % 3 == 0).All(covered.Contains)
            && taken.Zip(taken.Skip(1)).All(pair => pair.First == pair.Second || pair.First.Through <= pair.Second.After);
    });
}
