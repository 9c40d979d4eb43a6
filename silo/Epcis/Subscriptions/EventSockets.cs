using System.Globalization;
using System.Net.WebSockets;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.GraphQL.Access;
using TraceGrains.Ledger;
using TraceGrains.Silo.Epcis.Queries;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>Opens WebSockets on a named query (EPCIS 2.0 REST binding, <c>/queries/{name}/events</c> with Upgrade), once everything about the request is right.</summary>
sealed class EventSockets(IGrainFactory grains, ILedger ledger, Recordings recordings, SubscriptionSettings settings, DeliveryRules rules, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(30), PongWithin = TimeSpan.FromSeconds(30);

    int open;

    public async Task<IResult> Serve(HttpContext http, NamedQuery query)
    {
        var (spelling, noSpelling) = AnswerSpelling.Of(http.Request);
        if (noSpelling is not null) return noSpelling;
        if (!IsOriginAllowed(http.Request))
            return Problems.Of(StatusCodes.Status403Forbidden, "SecurityException", "Pages of this origin may not subscribe", $"Origin: expected this repository's own or one that it knows, found {http.Request.Headers.Origin}");
        var (timing, problems) = SubscriptionReader.ReadUrl(http.Request.Query.Where(one => one.Key != NamedQueryEndpoints.Owner).SelectMany(one => one.Value, (one, text) => KeyValuePair.Create(one.Key, text ?? "")));
        if (timing is null) return SubscriptionProblems.Refused(problems);
        var head = (await ledger.ReadHead(http.RequestAborted)).Sequence;
        var (cursor, problem) = await CursorOf(http.Request, timing, head);
        if (problem is not null) return problem;
        if (Interlocked.Increment(ref open) > settings.SocketsMax)
        {
            Interlocked.Decrement(ref open);
            http.Response.Headers.RetryAfter = "30";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "ImplementationException", "Too many WebSockets", $"this process serves {settings.SocketsMax:N0} at once; see Retry-After");
        }
        try
        {
            // Listening begins before the handshake ends: what is recorded from here on is noticed.
            using var follower = recordings.Follow(query);
            http.Response.Headers[AnswerSpelling.EpcFormat] = AnswerSpelling.NameOf(spelling!.Epc);
            http.Response.Headers["GS1-Query-Min-Record-Time"] = (timing.InitialRecordTime ?? clock.GetUtcNow()).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
            using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = PingEvery, KeepAliveTimeout = PongWithin });
            var subscription = new SocketSubscription(socket, query, timing, spelling, follower, http.Caller().Restricted(Right.ReadCustody), grains, ledger, recordings, rules, clock);
            // What was recorded before listening began has been said.
            await subscription.Run(cursor, (await ledger.ReadHead(http.RequestAborted)).Sequence, lifetime.ApplicationStopping);
            return Results.Empty;
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    /// <summary>A browser says whose page asks; what is no browser says nothing.</summary>
    bool IsOriginAllowed(HttpRequest request) => request.Headers.Origin.ToString() is var origin
        && (origin.Length == 0 || settings.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
            || Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(new Uri($"{page.Scheme}://{request.Host}").Authority, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where the client goes on: behind an event it has seen, from a record time, or from now.</summary>
    async Task<(long Cursor, IResult? Problem)> CursorOf(HttpRequest request, SubscriptionTiming timing, long head)
    {
        var stated = request.Query["cursor"].ToString();
        if (stated.Length > 0)
            return timing.InitialRecordTime is not null ? (0, SubscriptionProblems.Refused("cursor", "either cursor or initialRecordTime", "both"))
                : long.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) && cursor <= head ? (cursor, null)
                : (0, SubscriptionProblems.Refused("cursor", $"a place in the ledger, 0 to {head}", stated));
        if (timing.InitialRecordTime is not { } initial || initial > clock.GetUtcNow()) return (head, null);
        return (initial <= DateTimeOffset.UnixEpoch ? 0 : await ledger.SequenceAt(initial - TimeSpan.FromMilliseconds(1)), null);
    }
}
