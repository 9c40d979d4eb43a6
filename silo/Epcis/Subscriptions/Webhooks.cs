using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.Grains.Subscriptions;
using TraceGrains.Silo.Epcis.Queries;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>
/// Posts deliveries as query documents. No redirect is followed and no proxy asked: what is called is the address that the subscriber named and that was checked. What the destination says besides
/// its status is not read.
/// </summary>
sealed class Webhooks(SubscriptionSettings settings) : IWebhooks, IDisposable
{
    /// <summary>Which subscription; with <see cref="CursorHeader"/> it names a delivery: a repeat has the same two.</summary>
    public const string SubscriptionHeader = "TraceGrains-Subscription";

    /// <summary>Which part of the ledger: <c>after-through</c>, two sequence numbers.</summary>
    public const string CursorHeader = "TraceGrains-Cursor";

    static readonly ProductInfoHeaderValue Agent = new("TraceGrains", typeof(Webhooks).Assembly.GetName().Version!.ToString(3));

    readonly DestinationTurns turns = new(settings.PerDestination);
    readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ActivityHeadersPropagator = null,
        ConnectCallback = (context, stop) => Connect(context.DnsEndPoint, settings.AllowsPrivate, stop),
    }) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<DeliveryOutcome> Post(WebhookDelivery delivery, CancellationToken stop)
    {
        var destination = new Uri(delivery.Terms.Destination);
        using var turn = await turns.Take(destination.Authority, stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(settings.Timeout);
        try
        {
            using var request = RequestOf(delivery, destination);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return DeliveryOutcome.OfStatus((int)response.StatusCode, response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(DeliveryVerdict.Failed, $"no answer within {settings.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException failure)
        {
            return new(DeliveryVerdict.Failed, (failure.InnerException ?? failure).Message);
        }
    }

    static HttpRequestMessage RequestOf(WebhookDelivery delivery, Uri destination)
    {
        var range = delivery.Delivery;
        var body = QueryDocument.Write(delivery.Events, delivery.QueryName, range.MadeAt, AnswerSpelling.Named(delivery.Terms.EpcFormat), (delivery.SubscriptionId, range.Through));
        var request = new HttpRequestMessage(HttpMethod.Post, destination) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.Add(Agent);
        var said = new HeaderDictionary();
        EpcisHeaders.AddVersions(said);
        said[AnswerSpelling.EpcFormat] = delivery.Terms.EpcFormat;
        said[SubscriptionHeader] = delivery.SubscriptionId;
        said[CursorHeader] = range.Range;
        if (delivery.Terms.SignatureToken is { } token) said["GS1-Signature"] = DeliverySignature.Of(token, body);
        foreach (var (name, value) in said) request.Headers.TryAddWithoutValidation(name, value.ToString());
        return request;
    }

    static async ValueTask<Stream> Connect(DnsEndPoint destination, bool allowsPrivate, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(destination.Host, stop);
        var allowed = addresses.Where(address => Addresses.MayCall(address, allowsPrivate)).ToArray();
        if (allowed.Length == 0) throw new HttpRequestException("the destination's address is none that may be called");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, destination.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => http.Dispose();
}
