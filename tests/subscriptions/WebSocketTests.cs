using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace TraceGrains.Epcis.Tests.Subscriptions;

/// <summary>Following a named query over a WebSocket.</summary>
public sealed class WebSocketTests(SharedSilo shared)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    Silo Silo => shared.Silo;

    async Task<ClientWebSocket> Open(string query, string parameters, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(Silo.Http.BaseAddress!, $"{query}/events?{parameters}")) { Scheme = "ws" }.Uri, patience.Token);
            return socket;
        }
        catch (WebSocketException)
        {
            return socket;
        }
    }

    /// <summary>The next document; null when the other side closed.</summary>
    static async Task<Message?> Next(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var whole = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) break;
        }
        var results = JsonDocument.Parse(whole.ToArray()).RootElement.GetProperty("epcisBody").GetProperty("queryResults");
        return new([.. results.GetProperty("resultsBody").GetProperty("eventList").EnumerateArray().Select(e => e.GetProperty("eventID").GetString()!)], results.GetProperty("urn:tracegrains:voc:cursor").GetInt64());
    }

    static async Task<List<Message>> Until(ClientWebSocket socket, int events)
    {
        var got = new List<Message>();
        while (got.Sum(message => message.Ids.Length) < events) got.Add(Assert.IsType<Message>(await Next(socket)));
        return got;
    }

    sealed record Message(string[] Ids, long Cursor);

    [Fact]
    public async Task Stream_GoesOnBehindItsCursor_AfterABreak()
    {
        var unit = Documents.NewUnit();
        await Silo.Record(unit, 1);
        var query = await Silo.NewQuery(unit);
        long cursor;
        var ids = new List<string>();
        using (var socket = await Open(query, "stream=true"))
        {
            Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.HttpStatusCode);
            Assert.True(socket.HttpResponseHeaders!.ContainsKey("GS1-Query-Min-Record-Time"));
            ids.AddRange(await Silo.Record(unit, 7));
            var got = await Until(socket, 7);
            Assert.Equal(ids, got.SelectMany(message => message.Ids));
            Assert.All(got, message => Assert.InRange(message.Ids.Length, 1, Silo.EventsMax));
            // As if the last message had not arrived.
            cursor = got[^2].Cursor;
            ids.RemoveRange(0, got.SkipLast(1).Sum(message => message.Ids.Length));
            socket.Abort();
        }
        ids.AddRange(await Silo.Record(unit, 3));
        using (var socket = await Open(query, $"stream=true&cursor={cursor}"))
        {
            Assert.Equal(ids, (await Until(socket, ids.Count)).SelectMany(message => message.Ids));
            using var patience = new CancellationTokenSource(Patience);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
            Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        }
    }

    [Fact]
    public async Task Schedule_ReportsThatThereIsNothing_ThenWhatThereIs()
    {
        var unit = Documents.NewUnit();
        using var socket = await Open(await Silo.NewQuery(unit), "second=*&reportIfEmpty=true");
        Assert.Empty((await Next(socket))!.Ids);
        var ids = await Silo.Record(unit, 2);
        Assert.Equal(ids, (await Until(socket, 2)).SelectMany(message => message.Ids));
    }

    [Fact]
    public async Task DeletedQuery_ClosesTheSocket()
    {
        var query = await Silo.NewQuery(Documents.NewUnit());
        using var socket = await Open(query, "stream=true");
        Assert.Equal(204, (await Silo.Send(HttpMethod.Delete, query)).Status);
        Assert.Null(await Next(socket));
        Assert.Equal((WebSocketCloseStatus)4404, socket.CloseStatus);
    }

    [Theory]
    [InlineData("", null, 400), InlineData("stream=true&hour=1", null, 400), InlineData("hour=25", null, 400), InlineData("stream=true&cursor=999999999", null, 400), InlineData("stream=true&cursor=-1", null, 400)]
    [InlineData("stream=true&cursor=1&initialRecordTime=2026-03-04T11:00:30Z", null, 400)]
    [InlineData("stream=true", "https://elsewhere.example", 403), InlineData("stream=true", "null", 403), InlineData("stream=true", "https://known.example", 101)]
    public async Task WrongHandshake_IsRefused(string parameters, string? origin, int status)
    {
        using var socket = await Open(await Silo.NewQuery(Documents.NewUnit()), parameters, origin);
        Assert.Equal(status, (int)socket.HttpStatusCode);
    }

    [Fact]
    public async Task OwnPages_MaySubscribe_AndUnknownQueriesAreNotFound()
    {
        using var own = await Open(await Silo.NewQuery(Documents.NewUnit()), "stream=true", Silo.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, own.HttpStatusCode);
        using var none = await Open("/epcis/queries/nothing", "stream=true");
        Assert.Equal(HttpStatusCode.NotFound, none.HttpStatusCode);
    }
}
