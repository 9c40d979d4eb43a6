using System.Net;
using System.Text;
using TraceGrains.Silo.Epcis.Subscriptions;

namespace TraceGrains.Epcis.Tests.Subscriptions;

/// <summary>Subscriptions are made, listed and ended; what is wrong with one is said.</summary>
public sealed class SubscriptionTests(SharedSilo shared)
{
    Silo Silo => shared.Silo;

    [Theory]
    [InlineData("""{ "dest": "http://127.0.0.1:9/", "stream": true, "schedule": { "hour": "1" } }""", "stream")]
    [InlineData("""{ "dest": "http://127.0.0.1:9/" }""", "stream")]
    [InlineData("""{ "dest": "http://127.0.0.1:9/", "schedule": { "hour": "25" } }""", "schedule.hour")]
    [InlineData("""{ "dest": "file:///etc/passwd", "stream": true }""", "dest")]
    [InlineData("""{ "dest": "http://user:password@127.0.0.1:9/", "stream": true }""", "dest")]
    // Where a cloud keeps its secrets; refused even where private addresses are allowed.
    [InlineData("""{ "dest": "http://169.254.169.254/latest", "stream": true }""", "dest")]
    [InlineData("nonsense", "body")]
    public async Task WrongSubscription_IsRefused_AndTheFieldIsNamed(string body, string named)
    {
        var answer = await Silo.Ask(await Silo.NewQuery(Documents.NewUnit()), body);
        answer.IsProblem(400, "SubscriptionControlsException");
        Assert.Equal(named, answer.Root.GetProperty("problems")[0].GetProperty("parameter").GetString());
        Assert.StartsWith(named + ": expected ", answer.Root.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscriptions_AreListedInPages_Discovered_AndEnded()
    {
        await using var receiver = await Receiver.Start();
        var (unit, destination, other) = (Documents.NewUnit(), receiver.NewDestination(), receiver.NewDestination());
        var query = await Silo.NewQuery(unit);
        var made = new List<string>();
        for (var i = 0; i < 3; i++) made.Add(await Silo.Subscribe(query, destination.Url));
        await Silo.Subscribe(await Silo.NewQuery(unit), other.Url);
        var listed = new List<string>();
        for (string? next = query + "/subscriptions?perPage=2"; next is not null;)
        {
            var page = await Silo.Get(next);
            listed.AddRange(page.Root.EnumerateArray().Select(one => $"{query}/subscriptions/{one.GetProperty("subscriptionID").GetString()}"));
            next = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>')] : null;
        }
        Assert.Equal(made.Order(StringComparer.Ordinal), listed);
        Assert.Contains("DELETE", (await Silo.Send(HttpMethod.Options, made[0])).Headers["Allow"], StringComparison.Ordinal);
        foreach (var subscription in made)
        {
            Assert.Equal(204, (await Silo.Send(HttpMethod.Delete, subscription)).Status);
            (await Silo.Send(HttpMethod.Delete, subscription)).IsProblem(404, "NoSuchNameException");
            (await Silo.Get(subscription)).IsProblem(404, "NoSuchNameException");
            (await Silo.Send(HttpMethod.Options, subscription)).IsProblem(404, "NoSuchNameException");
            (await Silo.Get(subscription + "/deadLetters")).IsProblem(404, "NoSuchNameException");
        }
        // What the other query's subscriber got, the ended ones would have got as well.
        await Silo.Record(unit, 1);
        await other.Next();
        Assert.False(destination.HasMore);
        Assert.Empty((await Silo.Get(query + "/subscriptions")).Root.EnumerateArray());
    }

    [Fact]
    public async Task DeletedQuery_TakesItsSubscriptionsAlong()
    {
        await using var receiver = await Receiver.Start();
        var (unit, destination, other) = (Documents.NewUnit(), receiver.NewDestination(), receiver.NewDestination());
        var query = await Silo.NewQuery(unit);
        var subscription = await Silo.Subscribe(query, destination.Url);
        await Silo.Subscribe(await Silo.NewQuery(unit), other.Url);
        Assert.Equal(204, (await Silo.Send(HttpMethod.Delete, query)).Status);
        (await Silo.Get(subscription)).IsProblem(404, "NoSuchNameException");
        (await Silo.Get(query + "/subscriptions")).IsProblem(404, "NoSuchNameException");
        (await Silo.Ask(query, $$"""{ "dest": "{{destination.Url}}", "stream": true }""")).IsProblem(404, "NoSuchNameException");
        await Silo.Record(unit, 1);
        await other.Next();
        Assert.False(destination.HasMore);
    }

    [Fact]
    public async Task Secrets_AreKeptWhereOnlyTheOwnerReads()
    {
        await Silo.Ask(await Silo.NewQuery(Documents.NewUnit()), """{ "dest": "http://127.0.0.1:9/", "stream": true, "signatureToken": "hush" }""");
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.GetFiles(Silo.Folder, "cases.db*")) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task OtherMediaTypes_AreRefused() =>
        (await Silo.Send(HttpMethod.Post, await Silo.NewQuery(Documents.NewUnit()) + "/subscriptions", Encoding.UTF8.GetBytes("<x/>"), "application/xml")).IsProblem(415, "UnsupportedMediaTypeException");

    [Theory]
    [InlineData("8.8.8.8", true, true), InlineData("2606:4700::1111", true, true)]
    [InlineData("127.0.0.1", false, true), InlineData("10.1.2.3", false, true), InlineData("172.31.0.1", false, true), InlineData("192.168.1.1", false, true), InlineData("100.64.0.1", false, true)]
    [InlineData("::1", false, true), InlineData("fd00::1", false, true), InlineData("::ffff:10.0.0.1", false, true), InlineData("64:ff9b::a00:1", false, true)]
    [InlineData("169.254.169.254", false, false), InlineData("::ffff:169.254.169.254", false, false), InlineData("fe80::1", false, false), InlineData("224.0.0.1", false, false)]
    [InlineData("0.0.0.0", false, false), InlineData("::", false, false), InlineData("255.255.255.255", false, false)]
    public void Address_IsCalled_OnlyWhereAllowed(string address, bool usually, bool wherePrivateOnesAre)
    {
        Assert.Equal(usually, Addresses.MayCall(IPAddress.Parse(address), allowsPrivate: false));
        Assert.Equal(wherePrivateOnesAre, Addresses.MayCall(IPAddress.Parse(address), allowsPrivate: true));
        var url = new Uri(address.Contains(':') ? $"http://[{address}]/" : $"http://{address}/");
        Assert.Equal(usually, Addresses.MayCall(url, allowsPrivate: false));
    }

    [Theory]
    // Other spellings of 127.0.0.1, and the name that stands for it.
    [InlineData("http://2130706433/"), InlineData("http://0x7f.1/"), InlineData("http://localhost:8080/"), InlineData("http://a.LOCALHOST/")]
    public void LoopbackInOtherWords_IsPrivate(string url) => Assert.False(Addresses.MayCall(new Uri(url), allowsPrivate: false));
}
