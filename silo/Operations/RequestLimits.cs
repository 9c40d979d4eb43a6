using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Operations;

/// <summary>
/// What one client, and all together, may ask of this process. Per address a bucket of tokens, refilled every second; over all a number of requests under way, and a
/// queue behind it. Whoever gets none hears 429 and when to come back. Bodies: 1 MB, but where an endpoint says more (capture: 50 MB).
/// </summary>
static class RequestLimits
{
    const long BodyBytes = 1024 * 1024;
    const int PerSecond = 5_000, Burst = 10_000, UnderWay = 512, Queued = 2_048;

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        var perSecond = Read(builder.Configuration, "limits:perSecond", PerSecond);
        var burst = Read(builder.Configuration, "limits:burst", Math.Max(Burst, perSecond));
        var underWay = Read(builder.Configuration, "limits:underWay", UnderWay);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytes;
            // Who sends slower than this keeps a connection for nothing.
            kestrel.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(5));
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = Refuse;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new()
                {
                    TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true,
                })),
                PartitionedRateLimiter.Create<HttpContext, string>(http => LastsLong(http)
                    ? RateLimitPartition.GetNoLimiter("streams")
                    : RateLimitPartition.GetConcurrencyLimiter("all", _ => new() { PermitLimit = underWay, QueueLimit = Queued, QueueProcessingOrder = QueueProcessingOrder.OldestFirst })));
        });
    }

    /// <summary>A stream stays open for hours and works little; it must not take a place from those that come and go.</summary>
    public static bool LastsLong(HttpContext http) => http.WebSockets.IsWebSocketRequest || http.Request.Headers.Accept.Any(accept => accept?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true);

    static async ValueTask Refuse(OnRejectedContext rejected, CancellationToken stop)
    {
        var http = rejected.HttpContext;
        var after = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await Results.Problem(title: "Too many requests", detail: "this address, or all together, asked for more than this process answers; see Retry-After", statusCode: StatusCodes.Status429TooManyRequests)
            .ExecuteAsync(http);
    }

    static int Read(IConfiguration configuration, string key, int usual) => configuration[key] switch
    {
        null => usual,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000 => number,
        var text => throw new SettingException($"--{key}: expected a number from 1 to 1,000,000, found '{text}'"),
    };
}
