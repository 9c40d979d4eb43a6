using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Tests.Lineage;
using TraceGrains.Domain.Tests.Recalls;
using static TraceGrains.Domain.Tests.Lineage.LocalLineage;

namespace TraceGrains.Domain.Tests.Balances;

/// <summary>Events of a trade in one lot, and the balance that comes of them by way of facts and shards.</summary>
static class Trade
{
    public const string Product = "https://id.gs1.org/01/09506000134352", Lot = Product + "/10/A", Other = "urn:ex:class:other";
    public const string Maker = "urn:ex:maker", Shop = "urn:ex:shop", Depot = "urn:ex:depot", Pallet = "https://id.gs1.org/00/106141412345678908", Crate = "urn:ex:crate:1";

    public static readonly string[] Parties = [Maker, Shop, Depot];

    /// <summary>Every party has one place.</summary>
    public static string PlaceOf(string party) => party.Replace("urn:ex:", "urn:ex:place:", StringComparison.Ordinal);

    public static string Unit(int serial) => $"{Product}/21/{serial}";

    public static EpcisEvent At(int minute, EventAction action, string? step, IReadOnlyList<Amount> amounts, string? from = null, string? to = null, string? disposition = null, string? place = null) => new()
    {
        Type = EventType.ObjectEvent, Action = action, EventTime = DateTimeOffset.UnixEpoch.AddMinutes(minute), BizStep = step, Disposition = disposition, Quantities = amounts, BizLocation = place,
        Sources = from is null ? [] : [new("possessing_party", from)], Destinations = to is null ? [] : [new("possessing_party", to)],
    };

    public static IReadOnlyList<Amount> Kilograms(decimal? quantity) => [new(Lot, quantity, "KGM")];

    public static IReadOnlyList<Amount> Pieces(decimal? quantity) => [new(Lot, quantity, null)];

    public static EpcisEvent Made(int minute, decimal? quantity, string at = Maker) => At(minute, EventAction.Add, "commissioning", Kilograms(quantity), to: at, place: PlaceOf(at));
    public static EpcisEvent Sent(int minute, decimal? quantity, string from, string? to, string disposition = "in_transit", string step = "shipping") => At(minute, EventAction.Observe, step, Kilograms(quantity), from, to, disposition);
    public static EpcisEvent Received(int minute, decimal? quantity, string at, string step = "receiving", string? disposition = null) => At(minute, EventAction.Observe, step, Kilograms(quantity), to: at, place: PlaceOf(at), disposition: disposition);
    public static EpcisEvent Sold(int minute, decimal? quantity, string by) => At(minute, EventAction.Observe, "retail_selling", Kilograms(quantity), from: by, disposition: "retail_sold");
    public static EpcisEvent Destroyed(int minute, decimal? quantity, string by) => At(minute, EventAction.Delete, "destroying", Kilograms(quantity), to: by, disposition: "destroyed");
    public static EpcisEvent Counted(int minute, decimal? quantity, string by) => At(minute, EventAction.Observe, "stock_taking", Kilograms(quantity), to: by);

    public static EpcisEvent Used(int minute, decimal quantity, string by) => new()
    {
        Type = EventType.TransformationEvent, EventTime = DateTimeOffset.UnixEpoch.AddMinutes(minute), InputQuantities = Kilograms(quantity), OutputQuantities = [new(Other, quantity, "KGM")],
        Destinations = [new("possessing_party", by)],
    };

    /// <summary>Put into, or taken out of, a container; all of it, where no amount is given.</summary>
    public static EpcisEvent Packed(int minute, string container, decimal? quantity, string by, bool isOut = false) => new()
    {
        Type = EventType.AggregationEvent, Action = isOut ? EventAction.Delete : EventAction.Add, EventTime = DateTimeOffset.UnixEpoch.AddMinutes(minute), BizStep = isOut ? "unpacking" : "packing", ParentId = container,
        Quantities = isOut && quantity is null ? [] : Kilograms(quantity), BizLocation = PlaceOf(by),
    };

    /// <summary>An event about a container, which names nothing that is in it.</summary>
    public static EpcisEvent OfContainer(EpcisEvent e, string container = Pallet) => e with { Quantities = [], Epcs = [container] };

    public static CanonicalEvent[] Numbered(IEnumerable<EpcisEvent> events) => [.. events.Select((e, i) => World.Canonical(e with { EventId = $"urn:ex:event:{i}" }))];

    public static IReadOnlyList<LotBalance> Of(params EpcisEvent[] events) => Of(LocalLineage.Of(3, Numbered(events)));

    public static IReadOnlyList<LotBalance> Of(LocalLineage lineage, string lot = Lot, long bound = long.MaxValue) => Now(BalanceWalk.OfLot(ScopeProperties.Scopes(lineage), lineage, lineage.Number(lot), bound)).Balances;

    public static decimal Sum(LotBalance balance) => balance.OnHand + balance.InTransit + balance.Used + balance.Sold + balance.Destroyed + balance.Sampled + balance.Unaccounted;

    /// <summary>Everything a balance says, by code.</summary>
    public static string Told(LocalLineage lineage, LotBalance b)
    {
        var parties = b.Parties.Select(party => $"{lineage.CodeOrNull(party.Party)} {party.OnHand:0.##} {party.InTransit:0.##}").Order(StringComparer.Ordinal);
        var found = b.Discrepancies.Select(one => $"{one.Kind} {lineage.CodeOrNull(one.Party)} {one.Quantity:0.##}").Order(StringComparer.Ordinal);
        return $"{b.Uom}: {b.Produced:0.##}+{b.Opening:0.##} = {b.OnHand:0.##} {b.InTransit:0.##} {b.Used:0.##} {b.Sold:0.##} {b.Destroyed:0.##} {b.Sampled:0.##} {b.Unaccounted:0.##} ({b.Returned:0.##} {b.Lost:0.##} {b.IsOpen} {b.IsToldByUnits}); {string.Join(", ", parties)}; {string.Join(", ", found)}";
    }

    public static IEnumerable<(string? Party, decimal OnHand, decimal InTransit)> PartiesOf(LocalLineage lineage, LotBalance balance) =>
        balance.Parties.Select(party => (lineage.CodeOrNull(party.Party), party.OnHand, party.InTransit)).OrderBy(party => party.Item1, StringComparer.Ordinal);
}
