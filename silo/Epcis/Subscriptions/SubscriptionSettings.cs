using System.Globalization;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.Grains.Subscriptions;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>What an administrator sets about subscriptions (<c>subscriptions:…</c>).</summary>
sealed record SubscriptionSettings
{
    /// <summary>Whether deliveries may go to private and loopback addresses.</summary>
    public required bool AllowsPrivate { get; init; }
    /// <summary>How long an attempt may take, from the connection to the answer.</summary>
    public required TimeSpan Timeout { get; init; }
    /// <summary>Attempts at once to one destination (host and port).</summary>
    public required int PerDestination { get; init; }
    /// <summary>Origins, besides the repository's own, whose pages may open WebSockets.</summary>
    public required string[] Origins { get; init; }
    /// <summary>WebSockets at once in this process.</summary>
    public required int SocketsMax { get; init; }

    public static SubscriptionSettings Read(IConfiguration configuration) => new()
    {
        AllowsPrivate = Flag(configuration, "private"),
        Timeout = Seconds(configuration, "timeout", 0.1, 300, 30),
        PerDestination = (int)Number(configuration, "perDestination", 1, 100, 4),
        Origins = (configuration["subscriptions:origins"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        SocketsMax = (int)Number(configuration, "sockets", 0, 100_000, 1_000),
    };

    public static DeliveryRules ReadRules(IConfiguration configuration)
    {
        var usual = new DeliveryRules();
        return new()
        {
            FirstPause = Seconds(configuration, "firstPause", 0.01, 3_600, usual.FirstPause.TotalSeconds),
            LongestPause = Seconds(configuration, "longestPause", 0.01, 86_400, usual.LongestPause.TotalSeconds),
            Attempts = (int)Number(configuration, "attempts", 1, 10_000, usual.Attempts),
            Refusals = (int)Number(configuration, "refusals", 1, 10_000, usual.Refusals),
            EventsMax = (int)Number(configuration, "events", 1, 1_000, usual.EventsMax),
            Zone = Zone(configuration["subscriptions:timeZone"] ?? "UTC"),
        };
    }

    static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
        ? zone
        : throw new SettingException($"--subscriptions:timeZone: expected the name of a time zone that this machine knows, such as Asia/Shanghai, found '{id}'");

    static bool Flag(IConfiguration configuration, string name) => configuration["subscriptions:" + name] switch
    {
        null => false,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new SettingException($"--subscriptions:{name}: expected true or false, found '{text}'"),
    };

    static TimeSpan Seconds(IConfiguration configuration, string name, double least, double most, double usual) => TimeSpan.FromSeconds(Number(configuration, name, least, most, usual));

    static double Number(IConfiguration configuration, string name, double least, double most, double usual) =>
        configuration["subscriptions:" + name] is not { } text ? usual
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingException($"--subscriptions:{name}: expected {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}, found '{text}'");
}

/// <summary>Puts subscriptions together.</summary>
static class SubscriptionHosting
{
    public static void AddSubscriptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(SubscriptionSettings.Read(builder.Configuration));
        builder.Services.AddSingleton(SubscriptionSettings.ReadRules(builder.Configuration));
        builder.Services.AddSingleton<IWebhooks, Webhooks>();
        builder.Services.AddSingleton<EventSockets>();
        builder.Services.AddSingleton<Recordings>();
        builder.Services.AddSingleton<ILedgerNews>(services => services.GetRequiredService<Recordings>());
        builder.Services.AddHostedService(services => services.GetRequiredService<Recordings>());
    }
}
