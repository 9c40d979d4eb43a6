using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Domain.Tests.Subscriptions;

/// <summary>What a client may ask for, and how its deliveries are signed.</summary>
public sealed class SubscriptionReaderTests
{
    static (SubscriptionTerms? Terms, string[] Named) Read(string body)
    {
        var (terms, problems) = SubscriptionReader.ReadBody(JsonSerializer.Deserialize<JsonElement>(body));
        return (terms, [.. problems.Select(problem => problem.Parameter)]);
    }

    [Fact]
    public void Stream_IsRead()
    {
        var (terms, _) = Read("""{ "dest": "https://client.example.com/queryCallback?a=b", "signatureToken": "13df38d8", "stream": true, "initialRecordTime": "2026-03-04T11:00:30+08:00" }""");
        Assert.Equal(("https://client.example.com/queryCallback?a=b", "13df38d8"), (terms!.Destination, terms.SignatureToken));
        Assert.Null(terms.Timing.Schedule);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 3, 0, 30, TimeSpan.Zero), terms.Timing.InitialRecordTime);
    }

    [Fact]
    public void Schedule_IsRead_WithNumbersToo()
    {
        var (terms, _) = Read("""{ "dest": "http://192.0.2.7:8080/", "reportIfEmpty": true, "stream": false, "schedule": { "hour": 1, "minute": "5", "second": "" }, "createdAt": "whenever" }""");
        Assert.True(terms!.Timing.ReportIfEmpty);
        Assert.Equal([KeyValuePair.Create("minute", "5"), KeyValuePair.Create("hour", "1")], terms.Timing.Schedule!.Fields);
    }

    [Theory]
    [InlineData("""{ "dest": "https://a.example/" }""", "stream")]
    [InlineData("""{ "dest": "https://a.example/", "stream": false }""", "stream")]
    [InlineData("""{ "dest": "https://a.example/", "stream": true, "schedule": { "hour": "1" } }""", "stream")]
    [InlineData("""{ "dest": "https://a.example/", "stream": "yes", "schedule": { "hour": "1" } }""", "stream")]
    [InlineData("""{ "dest": "https://a.example/", "schedule": { "hour": "25" } }""", "schedule.hour")]
    [InlineData("""{ "dest": "https://a.example/", "schedule": {} }""", "schedule")]
    [InlineData("""{ "dest": "https://a.example/", "schedule": "hourly" }""", "schedule")]
    [InlineData("""{ "dest": "https://a.example/", "stream": true, "reportifempty": true }""", "reportifempty")]
    [InlineData("""{ "dest": "https://a.example/", "stream": true, "initialRecordTime": "yesterday" }""", "initialRecordTime")]
    [InlineData("""{ "dest": "https://a.example/", "stream": true, "signatureToken": "" }""", "signatureToken")]
    [InlineData("""{ "stream": true }""", "dest")]
    [InlineData("""{ "dest": 7, "stream": true }""", "dest")]
    [InlineData("""{ "dest": "ftp://a.example/", "stream": true }""", "dest")]
    [InlineData("""{ "dest": "/callback", "stream": true }""", "dest")]
    [InlineData("""{ "dest": "https://user:secret@a.example/", "stream": true }""", "dest")]
    [InlineData("""{ "dest": "https://@a.example/", "stream": true }""", "dest")]
    [InlineData("""{ "dest": "https://a.example/#here", "stream": true }""", "dest")]
    [InlineData("""{ "dest": "https://a.example/a b", "stream": true }""", "dest")]
    [InlineData("[]", "body")]
    public void WrongMember_IsNamed(string body, string named) => Assert.Equal([named], Read(body).Named);

    [Fact]
    public void LongDestination_IsRefused_AndSecretsAreNotRepeated()
    {
        Assert.Equal(["dest"], Read($$"""{ "dest": "https://a.example/{{new string('a', Destination.LengthMax)}}", "stream": true }""").Named);
        var (_, problems) = SubscriptionReader.ReadBody(JsonSerializer.Deserialize<JsonElement>("""{ "dest": "https://user:hush@a.example/", "stream": true, "signatureToken": 5 }"""));
        Assert.DoesNotContain(problems, problem => problem.ToString().Contains("hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "stream"), InlineData("stream=true&minute=5", "stream"), InlineData("stream=maybe&minute=5", "stream"), InlineData("minute=5&minute=6", "minute"), InlineData("minute=60", "minute")]
    public void WrongParameter_IsNamed(string url, string named) => Assert.Equal([named], SubscriptionReader.ReadUrl(Parameters(url)).Problems.Select(problem => problem.Parameter));

    [Fact]
    public void Url_IsRead()
    {
        Assert.Null(SubscriptionReader.ReadUrl(Parameters("stream=true&perPage=7&cursor=5")).Timing!.Schedule);
        var (timing, _) = SubscriptionReader.ReadUrl(Parameters("hour=1&minute=5&reportIfEmpty=true"));
        Assert.Equal(("1", "5", true), (timing!.Schedule!.Hour, timing.Schedule.Minute, timing.ReportIfEmpty));
    }

    static IEnumerable<KeyValuePair<string, string>> Parameters(string url) =>
        url.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).Select(one => KeyValuePair.Create(one[0], one[1]));

    /// <summary>RFC 4231, test cases 2 and 1 (the latter's key is bytes that are no letters, but UTF-8).</summary>
    [Theory]
    [InlineData("Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b\u000b", "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    public void Signature_IsHmacSha256OfTheBody(string token, string body, string expected) => Assert.Equal("sha256=" + expected, DeliverySignature.Of(token, Encoding.UTF8.GetBytes(body)));
}
