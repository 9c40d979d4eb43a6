using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TraceGrains.Epcis.Tests.Subscriptions;

/// <summary>What reaches a subscriber's web server, and what happens when it does not.</summary>
public sealed class WebhookTests(SharedSilo shared) : IAsyncLifetime
{
    Receiver receiver = null!;

    Silo Silo => shared.Silo;

    public async ValueTask InitializeAsync() => receiver = await Receiver.Start();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    static void AreInOrder(List<Received> deliveries, string[] ids)
    {
        Assert.Equal(ids, deliveries.SelectMany(delivery => delivery.Ids));
        foreach (var (one, next) in deliveries.Zip(deliveries.Skip(1))) Assert.Equal(one.Through, next.After);
        Assert.All(deliveries, delivery => Assert.InRange(delivery.Ids.Length, 1, Silo.EventsMax));
    }

    [Fact]
    public async Task Stream_IsDelivered_InLedgerOrder_Signed()
    {
        var (unit, destination) = (Documents.NewUnit(), receiver.NewDestination());
        await Silo.Record(unit, 2);
        var query = await Silo.NewQuery(unit);
        var subscription = await Silo.Subscribe(query, destination.Url, "\"stream\": true, \"signatureToken\": \"13df38d8 令牌\"");
        string[] ids = [.. await Silo.Record(unit, 12), .. await Silo.Record(unit, 1)];
        var deliveries = await destination.Until(13);
        AreInOrder(deliveries, ids);
        var first = deliveries[0];
        Assert.Equal("application/json", first.Headers["Content-Type"]);
        Assert.Equal("2.0.0", first.Headers["GS1-EPCIS-Version"]);
        Assert.Equal(subscription.Split('/')[^1], first.Headers["TraceGrains-Subscription"]);
        Assert.All(deliveries, delivery => Assert.Equal(
            "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("13df38d8 令牌"), delivery.Body)), delivery.Headers["GS1-Signature"]));
        Assert.Equal("EPCISQueryDocument", JsonDocument.Parse(first.Body).RootElement.GetProperty("type").GetString());
        Assert.Equal(Uri.UnescapeDataString(query.Split('/')[^1]), first.Results.GetProperty("queryName").GetString());
        Assert.Equal(subscription.Split('/')[^1], first.Results.GetProperty("subscriptionID").GetString());
        Assert.Equal(first.Through, first.Results.GetProperty("urn:tracegrains:voc:cursor").GetInt64());
        var stands = await Silo.Until(subscription, body => body.GetProperty("cursor").GetInt64() >= deliveries[^1].Through);
        Assert.True(stands.TryGetProperty("lastNotifiedAt", out _));
        Assert.DoesNotContain("13df38d8", stands.ToString());
    }

    [Fact]
    public async Task Trouble_IsTriedAgain_WithTheSameBytes_AndNothingOvertakes()
    {
        var unit = Documents.NewUnit();
        var attempts = 0;
        var destination = receiver.NewDestination(async (_, gone) =>
        {
            // First an error, then silence until the sender gives up, then a redirect; then all is well.
            switch (Interlocked.Increment(ref attempts))
            {
                case 1: return 500;
                case 2:
                    await Task.Delay(Timeout.Infinite, gone);
                    return 200;
                case 3: return 302;
                default: return 200;
            }
        });
        var subscription = await Silo.Subscribe(await Silo.NewQuery(unit), destination.Url);
        var ids = await Silo.Record(unit, 1);
        var first = await destination.Next();
        string[] later = await Silo.Record(unit, 3);
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var again = await destination.Next();
            Assert.Equal(first.Range, again.Range);
            Assert.Equal(first.Body, again.Body);
        }
        Assert.Equal(ids, first.Ids);
        AreInOrder(await destination.Until(3), later);
        Assert.Equal("active", (await Silo.Subscription(subscription)).GetProperty("status").GetString());
        Assert.Empty(await Silo.DeadLetters(subscription));
    }

    [Fact]
    public async Task Refused_BecomesADeadLetter_TheNextIsSent_AndRedeliveryEndsIt()
    {
        var (unit, destination) = (Documents.NewUnit(), receiver.NewDestination(400, 422, 200, 500));
        var subscription = await Silo.Subscribe(await Silo.NewQuery(unit), destination.Url);
        var refused = await Silo.Record(unit, 1);
        var first = await destination.Next();
        Assert.Equal(first.Range, (await destination.Next()).Range);
        await Silo.Until(subscription, body => body.GetProperty("deadLetters").GetInt32() == 1);
        var taken = await Silo.Record(unit, 1);
        Assert.Equal(taken, (await destination.Next()).Ids);
        Assert.Equal([first.Range], await Silo.DeadLetters(subscription));
        var letter = $"{subscription}/deadLetters/{first.Range}";
        (await Silo.Send(HttpMethod.Post, letter)).IsProblem(502, "ImplementationException");
        Assert.Equal([first.Range], await Silo.DeadLetters(subscription));
        destination.Answers(200);
        Assert.Equal(204, (await Silo.Send(HttpMethod.Post, letter)).Status);
        Assert.Equal(refused, (await destination.Next()).Ids);
        Assert.Equal(first.Body, (await destination.Next()).Body);
        Assert.Empty(await Silo.DeadLetters(subscription));
        (await Silo.Send(HttpMethod.Post, letter)).IsProblem(404, "NoSuchNameException");
        (await Silo.Send(HttpMethod.Delete, letter)).IsProblem(404, "NoSuchNameException");
    }

    [Fact]
    public async Task Unreachable_IsSuspended_AndResumedWhereItWas()
    {
        var (unit, destination) = (Documents.NewUnit(), receiver.NewDestination(503));
        var subscription = await Silo.Subscribe(await Silo.NewQuery(unit), destination.Url);
        var ids = await Silo.Record(unit, 1);
        var suspended = await Silo.Until(subscription, body => body.GetProperty("status").GetString() == "suspended");
        for (var attempt = 0; attempt < Silo.Attempts; attempt++) Assert.Equal(ids, (await destination.Next()).Ids);
        Assert.Contains("503", suspended.GetProperty("suspendedBecause").GetString(), StringComparison.Ordinal);
        Assert.Equal([suspended.GetProperty("pending").GetProperty("range").GetString()], await Silo.DeadLetters(subscription));
        ids = [.. ids, .. await Silo.Record(unit, 7)];
        destination.Answers(200);
        Assert.Equal("active", (await Silo.Patch(subscription, """{ "status": "active" }""")).Root.GetProperty("status").GetString());
        AreInOrder(await destination.Until(8), ids);
        await Silo.Until(subscription, body => body.GetProperty("deadLetters").GetInt32() == 0);
    }

    [Fact]
    public async Task Subscriber_SuspendsItself_AndMovesItsCursor()
    {
        var (unit, destination) = (Documents.NewUnit(), receiver.NewDestination());
        var subscription = await Silo.Subscribe(await Silo.NewQuery(unit), destination.Url);
        var ids = await Silo.Record(unit, 2);
        var before = (await destination.Until(2))[0].After;
        Assert.Equal("suspended", (await Silo.Patch(subscription, """{ "status": "suspended" }""")).Root.GetProperty("status").GetString());
        ids = [.. ids, .. await Silo.Record(unit, 2)];
        // All of it once more.
        Assert.Equal(200, (await Silo.Patch(subscription, $$"""{ "status": "active", "cursor": {{before}} }""")).Status);
        Assert.Equal(ids, (await destination.Until(4)).SelectMany(delivery => delivery.Ids));
        (await Silo.Patch(subscription, """{ "cursor": 999999999 }""")).IsProblem(400, "SubscriptionControlsException");
        (await Silo.Patch(subscription, "{}")).IsProblem(400, "SubscriptionControlsException");
        (await Silo.Patch(subscription, """{ "status": "asleep" }""")).IsProblem(400, "SubscriptionControlsException");
    }

    [Fact]
    public async Task TooLarge_ComesInSmallerDeliveries()
    {
        var unit = Documents.NewUnit();
        var destination = receiver.NewDestination((received, _) => Task.FromResult(received.Ids.Length > 1 ? 413 : 200));
        await Silo.Subscribe(await Silo.NewQuery(unit), destination.Url);
        var ids = await Silo.Record(unit, 4);
        var taken = new List<string>();
        while (taken.Count < 4)
            if (await destination.Next() is { Ids: [var id] }) taken.Add(id);
        Assert.Equal(ids, taken);
    }

    [Fact]
    public async Task Schedule_IsKept_AndAnEmptyReportIsMadeWhereAskedFor()
    {
        var (unit, destination) = (Documents.NewUnit(), receiver.NewDestination());
        var query = await Silo.NewQuery(unit);
        var subscription = await Silo.Subscribe(query, destination.Url, "\"schedule\": { \"second\": \"*\" }, \"reportIfEmpty\": true");
        Assert.Empty((await destination.Next()).Ids);
        var quiet = receiver.NewDestination();
        var withoutReports = await Silo.Subscribe(query, quiet.Url, "\"schedule\": { \"second\": \"*\" }");
        var never = receiver.NewDestination();
        await Silo.Subscribe(query, never.Url, "\"schedule\": { \"month\": \"2\", \"dayOfMonth\": \"29\" }");
        // Two runs, of which the one without reports says nothing.
        Assert.Empty((await destination.Next()).Ids);
        Assert.Empty((await destination.Next()).Ids);
        var ids = await Silo.Record(unit, 7);
        var deliveries = await quiet.Until(7);
        Assert.Equal(ids, deliveries.SelectMany(delivery => delivery.Ids));
        Assert.All(deliveries, delivery => Assert.NotEmpty(delivery.Ids));
        Assert.Equal(ids, (await destination.Until(7)).SelectMany(delivery => delivery.Ids));
        var stands = await Silo.Subscription(withoutReports);
        Assert.Equal("*", stands.GetProperty("schedule").GetProperty("second").GetString());
        Assert.False(stands.TryGetProperty("stream", out _));
        Assert.Equal(204, (await Silo.Send(HttpMethod.Delete, subscription)).Status);
        Assert.False(never.HasMore);
    }

    [Fact]
    public async Task InitialRecordTime_BringsThePast()
    {
        var (unit, destination) = (Documents.NewUnit(), receiver.NewDestination());
        await Silo.Record(unit, 1);
        var ids = await Silo.Record(unit, 3);
        var from = (await Silo.EventById(ids[0])).Event.GetProperty("recordTime").GetString();
        await Silo.Subscribe(await Silo.NewQuery(unit), destination.Url, $"\"stream\": true, \"initialRecordTime\": \"{from}\"");
        Assert.Equal(ids, (await destination.Until(3)).SelectMany(delivery => delivery.Ids));
    }

    [Fact]
    public async Task DeadDestination_CostsNobodyElse()
    {
        await using var other = await Receiver.Start();
        var (unit, well) = (Documents.NewUnit(), receiver.NewDestination());
        var stuck = other.NewDestination(async (_, gone) =>
        {
            await Task.Delay(Timeout.Infinite, gone);
            return 200;
        });
        var query = await Silo.NewQuery(unit);
        // More than may be under way to one destination at once.
        for (var i = 0; i < 8; i++) await Silo.Subscribe(query, stuck.Url);
        await Silo.Subscribe(query, well.Url);
        var first = await Silo.Record(unit, 1);
        await stuck.Next();
        Assert.Equal(first, (await well.Next()).Ids);
        for (var i = 0; i < 5; i++) Assert.Equal(await Silo.Record(unit, 1), (await well.Next()).Ids);
    }

    [Fact]
    public async Task Identifiers_AreSpelt_AsAskedFor()
    {
        var (unit, destination) = (Documents.NewUnit(), receiver.NewDestination());
        var made = await Silo.Ask(await Silo.NewQuery(unit), $$"""{ "dest": "{{destination.Url}}", "stream": true }""", ("GS1-EPC-Format", "Always_GS1_Digital_Link"));
        Assert.Equal("Always_GS1_Digital_Link", made.Root.GetProperty("epcFormat").GetString());
        await Silo.Record(unit, 1);
        var delivery = await destination.Next();
        Assert.Equal("Always_GS1_Digital_Link", delivery.Headers["GS1-EPC-Format"]);
        Assert.StartsWith("https://id.gs1.org/01/", delivery.Results.GetProperty("resultsBody").GetProperty("eventList")[0].GetProperty("epcList")[0].GetString(), StringComparison.Ordinal);
    }
}
