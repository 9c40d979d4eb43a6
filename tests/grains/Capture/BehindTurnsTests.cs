using TraceGrains.Grains.Capture;

namespace TraceGrains.Grains.Tests.Capture;

/// <summary>What can wait takes a fifth of the time while others capture, and all of it while nobody does.</summary>
public class BehindTurnsTests
{
    static BehindTurns<int> With(int portions)
    {
        var turns = new BehindTurns<int>();
        for (var portion = 1; portion <= portions; portion++) turns.Add(portion);
        return turns;
    }

    [Fact]
    public void While_nobody_captures_many_portions_go_at_once_and_without_pause()
    {
        var turns = With(25);
        Assert.Null(turns.Pause(0));
        Assert.Equal(Enumerable.Range(1, 10), turns.Take(0));
        turns.Tell(wasBehind: true, 0, 100);
        Assert.Null(turns.Pause(100));
        Assert.Equal(10, turns.Take(100).Count);
    }

    [Fact]
    public void While_others_capture_a_portion_waits_until_they_had_four_times_as_long()
    {
        var turns = With(3);
        turns.Tell(wasBehind: false, 0, 50);
        Assert.True(turns.HasItsTurn);
        Assert.Equal([1], turns.Take(50));
        turns.Tell(wasBehind: true, 50, 80);
        Assert.False(turns.HasItsTurn);
        turns.Tell(wasBehind: false, 80, 140);
        Assert.False(turns.HasItsTurn);
        Assert.Equal(TimeSpan.FromMilliseconds(240), turns.Pause(150));
        turns.Tell(wasBehind: false, 140, 200);
        Assert.True(turns.HasItsTurn);
        Assert.Null(turns.Pause(200));
        Assert.Equal([2], turns.Take(210));
    }

    [Fact]
    public void When_others_have_stopped_nobody_waits_longer_than_a_moment()
    {
        var turns = With(2);
        turns.Tell(wasBehind: false, 0, 10);
        turns.Take(10);
        turns.Tell(wasBehind: true, 10, 1_000);
        Assert.Null(turns.Pause(1_000));
        turns.Tell(wasBehind: false, 1_000, 1_001);
        Assert.NotNull(turns.Pause(1_100));
        Assert.Null(turns.Pause(1_251));
        Assert.Equal([2], turns.Take(1_251));
    }
}
