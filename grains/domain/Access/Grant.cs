using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Access;

/// <summary>What of an event a grant shows, besides what anybody may know and the granted goods themselves.</summary>
[Flags]
public enum GrantedFields
{
    /// <summary>Nothing more.</summary>
    None = 0,
    /// <summary>Sources and destinations.</summary>
    Parties = 1,
    /// <summary>Read point and business location.</summary>
    Places = 2,
    /// <summary>Amounts of the granted goods.</summary>
    Quantities = 4,
    /// <summary>Everything else the event says: master data of instances and lots, sensors, business transactions, certificates, fields of one's own.</summary>
    Details = 8,
}

/// <summary>That an enterprise shows a partner more than one step of its goods: events that are its own to see, about some products, of some time.</summary>
[GenerateSerializer, Immutable, Alias("tg.Grant")]
public sealed record Grant
{
    /// <summary>Longest list of products.</summary>
    public const int ProductsMax = 100;

    /// <summary>Its id, a UUID.</summary>
    [Id(0)] public string Id { get; set; } = "";
    /// <summary>Canonical code of the enterprise that shows.</summary>
    [Id(1)] public string From { get; set; } = "";
    /// <summary>Canonical code of the enterprise that is shown.</summary>
    [Id(2)] public string To { get; set; } = "";
    /// <summary>Canonical codes of products or lots; events about them, their lots and units are shown.</summary>
    [Id(3)] public string[] Products { get; set; } = [];
    /// <summary>Event times, from inclusive; null from the first.</summary>
    [Id(4)] public DateTimeOffset? EventsFrom { get; set; }
    /// <summary>To exclusive; null without end.</summary>
    [Id(5)] public DateTimeOffset? EventsUntil { get; set; }
    /// <summary>What is shown of them.</summary>
    [Id(6)] public GrantedFields Fields { get; set; }
    /// <summary>When the grant ends by itself; null for never.</summary>
    [Id(7)] public DateTimeOffset? Expires { get; set; }
    /// <summary>When it was given, and by which account.</summary>
    [Id(8)] public DateTimeOffset CreatedAt { get; set; }
    /// <summary>The account.</summary>
    [Id(9)] public string By { get; set; } = "";
    /// <summary>When it was taken back; null while it stands.</summary>
    [Id(10)] public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Whether it shows an event at a time.</summary>
    /// <param name="e">The event.</param>
    /// <param name="grantor">What is registered to who gave it: a grant shows no more than its giver sees.</param>
    /// <param name="now">The time.</param>
    public bool Shows(EpcisEvent e, Registration grantor, DateTimeOffset now) =>
        RevokedAt is null && !(Expires <= now) && !(e.EventTime < EventsFrom) && !(e.EventTime >= EventsUntil) && EventParties.Of(e) is { IsOfCase: false } named && named.Codes.Any(grantor.Owns) && Goods(e).Any(Covers);

    /// <summary>Whether a thing is among the granted goods: the product or lot itself, or a lot or unit of it.</summary>
    public bool Covers(string code) => Products.Any(product => code.StartsWith(product, StringComparison.Ordinal) && (code.Length == product.Length || code[product.Length] == '/' || !product.StartsWith("https://id.gs1.org/", StringComparison.Ordinal)));

    static IEnumerable<string> Goods(EpcisEvent e) => new[] { e.ParentId }.OfType<string>().Concat(e.Epcs).Concat(e.InputEpcs).Concat(e.OutputEpcs).Concat(e.Quantities.Concat(e.InputQuantities).Concat(e.OutputQuantities).Select(amount => amount.Code));
}
