using TraceGrains.Silo.Epcis.Subscriptions;

namespace TraceGrains.Epcis.Tests.Subscriptions;

/// <summary>Who waits for whom.</summary>
public sealed class DestinationTurnsTests
{
    [Fact]
    public async Task Destination_KeepsOnlyItsOwnWaiting()
    {
        var turns = new DestinationTurns(2);
        var (first, second) = (turns.Take("slow.example:80", default), turns.Take("SLOW.example:80", default));
        var third = turns.Take("slow.example:80", default);
        using var gone = new CancellationTokenSource();
        var fourth = turns.Take("slow.example:80", gone.Token);
        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
        Assert.True(turns.Take("quick.example:80", default).IsCompletedSuccessfully);
        Assert.False(third.IsCompleted);
        // Who goes away while waiting takes no turn.
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fourth);
        (await first).Dispose();
        (await third).Dispose();
        (await second).Dispose();
        Assert.True(turns.Take("slow.example:80", default).IsCompletedSuccessfully);
    }
}
