namespace TraceGrains.Epcis.Tests.Subscriptions;

/// <summary>Subscriptions outlive the process.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Killed_LosesNothing_AndRepeatsWhatItCannotKnow(bool onPostgres)
    {
        await using var receiver = await Receiver.Start();
        await using var silo = await Silo.Start(onPostgres ? await PrivatePostgres.NewDatabase() : null);
        var (unit, other) = (Documents.NewUnit(), Documents.NewUnit());
        var isBack = false;
        // Takes the first delivery, and keeps the second one's sender waiting until it dies.
        var destination = receiver.NewDestination(async (received, gone) =>
        {
            if (received.Ids.Length == Silo.EventsMax && !Volatile.Read(ref isBack)) await Task.Delay(Timeout.Infinite, gone);
            return 200;
        });
        var refusing = receiver.NewDestination(400);
        var query = await silo.NewQuery(unit);
        var subscription = await silo.Subscribe(query, destination.Url);
        var poor = await silo.Subscribe(await silo.NewQuery(other), refusing.Url);
        await silo.Record(other, 1);
        await silo.Until(poor, body => body.GetProperty("deadLetters").GetInt32() == 1);
        var ids = await silo.Record(unit, 1);
        var taken = await destination.Next();
        await silo.Until(subscription, body => body.GetProperty("cursor").GetInt64() >= taken.Through);
        string[] later = [.. await silo.Record(unit, Silo.EventsMax), .. await silo.Record(unit, 2)];
        var unanswered = await destination.Next();
        await silo.Kill();
        Volatile.Write(ref isBack, true);
        await silo.StartProcess();
        // Nobody but the silo itself wakes it.
        var again = await destination.Next();
        if (again.Range == taken.Range) again = await destination.Next();
        Assert.Equal((unanswered.Range, unanswered.Headers["TraceGrains-Subscription"]), (again.Range, again.Headers["TraceGrains-Subscription"]));
        Assert.Equal(unanswered.Body, again.Body);
        string[] all = [.. taken.Ids, .. again.Ids, .. (await destination.Until(2)).SelectMany(delivery => delivery.Ids)];
        Assert.Equal([.. ids, .. later], all);
        Assert.Equal("active", (await silo.Subscription(subscription)).GetProperty("status").GetString());
        var letter = Assert.Single(await silo.DeadLetters(poor));
        refusing.Answers(204);
        Assert.Equal(204, (await silo.Send(HttpMethod.Post, $"{poor}/deadLetters/{letter}")).Status);
        // And it goes on with what is recorded from here on.
        Assert.Equal(await silo.Record(unit, 1), (await destination.Next()).Ids);
    }

    [Fact]
    public async Task KilledAgainAndAgain_WhileEventsComeAndTheDestinationFails_DeliversEveryEventInOrder()
    {
        await using var receiver = await Receiver.Start();
        await using var silo = await Silo.Start();
        var unit = Documents.NewUnit();
        // Every third attempt fails, one way or the other; sometimes only the answer does: the receiver has taken what the sender takes for lost.
        var attempts = 0;
        var destination = receiver.NewDestination((_, _) => Task.FromResult((Interlocked.Increment(ref attempts) % 6) switch { 2 => 500, 5 => 429, _ => 200 }));
        await silo.Subscribe(await silo.NewQuery(unit), destination.Url);
        var ids = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            for (var document = 0; document < 6; document++) ids.AddRange(await silo.Record(unit, 3));
            // One more is on its way when the silo dies. Whoever gets no answer sends it again.
            var last = Enumerable.Range(0, 3).Select(_ => Documents.NewId()).ToArray();
            var bytes = Documents.Document(last.Select(id => Documents.Shipping(id, unit)));
            var cut = silo.Capture(bytes);
            await silo.Kill();
            await cut.ContinueWith(_ => { }, TaskScheduler.Default);
            await silo.StartProcess();
            Assert.True((await silo.Capture(bytes)).Status is 200 or 202);
            ids.AddRange(last);
        }
        Assert.Equal(ids, (await destination.Until(ids.Count)).SelectMany(delivery => delivery.Ids));
    }
}
