using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Lineage;

/// <summary>Small random worlds: few things, few containers and few moments, so that cycles, diamonds, ties and lateness are the rule.</summary>
static class World
{
    public const string Milk = "https://id.gs1.org/01/09506000134352", Cheese = "https://id.gs1.org/01/00614141123452";

    public static readonly string[] Units = [$"{Milk}/21/1", $"{Milk}/21/2", $"{Milk}/21/3", $"{Cheese}/21/1", $"{Cheese}/21/2"];
    public static readonly string[] Lots = [$"{Milk}/10/A", $"{Milk}/10/B", $"{Cheese}/10/A", "urn:ex:class:salt"];
    public static readonly string[] Containers = ["https://id.gs1.org/00/106141412345678908", "urn:ex:crate:1", "urn:ex:truck:1"];
    public static readonly string[] Things = [.. Units, .. Lots, $"{Cheese}/10/B", .. Containers];
    static readonly string[] parties = ["urn:ex:dairy", "urn:ex:depot", "urn:ex:shop"], places = ["urn:ex:cellar", "urn:ex:counter"];

    static readonly Gen<List<string>> someUnits = Gen.OneOfConst(Units).List[1, 2], someInstances = Gen.OneOfConst([.. Units, .. Containers]).List[0, 2];
    static readonly Gen<string> container = Gen.Frequency((6, Gen.OneOfConst(Containers)), (1, Gen.OneOfConst(Units)));

    /// <summary>Whole and half kilograms in two units, and now and then an amount nobody weighed.</summary>
    static readonly Gen<Amount> amount = Gen.Select(Gen.OneOfConst(Lots), Gen.Int[1, 4], Gen.Int[0, 5])
        .Select((lot, size, how) => how switch { 0 => new Amount(lot, null, null), 1 => new(lot, size * 500m, "GRM"), _ => new(lot, size * 0.5m, "KGM") });

    static readonly Gen<List<Amount>> someAmounts = amount.List[0, 2];

    static readonly Gen<EpcisEvent> when = Gen.Int[1, 8].Select(second => new EpcisEvent { Type = EventType.ObjectEvent, EventTime = DateTimeOffset.FromUnixTimeSeconds(second) });

    static readonly Gen<string?> place = Gen.OneOfConst(null, places[0], places[1]);
    static readonly Gen<string?> disposition = Gen.OneOfConst(null, null, "in_progress", "sellable_accessible", "urn:ex:soft");
    static readonly Gen<string?> step = Gen.OneOfConst(
        null, null, "shipping", "shipping", "departing", "receiving", "receiving", "storing", "void_shipping", "packing", "commissioning", "holding");
    static readonly Gen<List<Endpoint>> ends = Gen.Frequency(
        (3, Gen.Const(new List<Endpoint>())),
        (2, Gen.Select(Gen.OneOfConst("owning_party", "possessing_party", "location"), Gen.OneOfConst(parties)).Select((type, party) => new Endpoint(type, party)).List[1, 2]));

    static readonly Gen<Func<EpcisEvent, EpcisEvent>> custody = Gen.Select(step, disposition, place, place, ends, ends)
        .Select((bizStep, state, read, location, from, to) => (Func<EpcisEvent, EpcisEvent>)(e => e with
        {
            BizStep = bizStep, Disposition = state, ReadPoint = read, BizLocation = location, Sources = from, Destinations = to,
        }));

    static readonly Gen<EventAction> action = Gen.OneOfConst(EventAction.Add, EventAction.Observe, EventAction.Delete);

    static readonly Gen<EpcisEvent> objects = Gen.Select(when, action, someInstances, someAmounts, Gen.OneOfConst(null, null, "A", "B"))
        .Select((e, how, epcs, amounts, lot) => e with { Action = how, Epcs = epcs, Quantities = amounts, IlmdLotNumber = how == EventAction.Add ? lot : null });

    static readonly Gen<EpcisEvent> packing = Gen.Select(
            when, action, Gen.Frequency((4, Gen.Const(EventType.AggregationEvent)), (1, Gen.Const(EventType.AssociationEvent))), container, someInstances,
            Gen.Frequency((2, Gen.Const(new List<Amount>())), (1, someAmounts)))
        .Select((e, how, type, parent, children, amounts) => e with
        {
            Type = type, Action = how, ParentId = parent, Epcs = how == EventAction.Delete || children.Count + amounts.Count > 0 ? children : [Units[0]], Quantities = amounts,
        });

    static readonly Gen<EpcisEvent> making = Gen.Select(when, someInstances, someAmounts, someInstances, someAmounts, Gen.OneOfConst(null, null, "urn:ex:vat", "A"))
        .Select((e, inputs, inputAmounts, outputs, outputAmounts, extra) => e with
        {
            Type = EventType.TransformationEvent, InputEpcs = inputs, InputQuantities = inputAmounts, OutputEpcs = outputs, OutputQuantities = outputAmounts,
            TransformationId = extra == "urn:ex:vat" ? extra : null, IlmdLotNumber = extra == "A" ? extra : null,
        });

    static readonly Gen<EpcisEvent> selling = Gen.Select(when, action, someUnits, Gen.OneOfConst(null, null, Containers[0]))
        .Select((e, how, units, parent) => e with { Type = EventType.TransactionEvent, Action = how, Epcs = units, ParentId = parent });

    static readonly Gen<EpcisEvent> anything = Gen.Select(Gen.Frequency((4, objects), (6, packing), (5, making), (1, selling)), custody, Gen.Int[0, 9], Gen.OneOfConst("A", "B"))
        .Select((e, said, spelt, lot) => said(e) with
        {
            LotOfInstance = spelt == 0 && e.Epcs.FirstOrDefault(epc => epc.StartsWith(Milk, StringComparison.Ordinal)) is { } unit
                ? new Dictionary<string, string> { [unit] = $"{Milk}/10/{lot}" } : new Dictionary<string, string>(),
        });

    /// <summary>Events with ids of their own in the order they arrive, some declared wrong before or after they arrive.</summary>
    public static readonly Gen<CanonicalEvent[]> Histories = Of(10, 40);

    /// <summary>Few events, for tests in which other things happen as well.</summary>
    public static readonly Gen<CanonicalEvent[]> ShortHistories = Of(5, 25);

    static Gen<CanonicalEvent[]> Of(int least, int most) =>
        Gen.Select(anything.Array[least, most], Gen.Int[0, 11].Array[most], Gen.Int[0, 1_000].Array[most]).Select((told, fates, places) =>
        {
            var arrived = told.Select((e, i) => Canonical(e with { EventId = $"urn:ex:event:{i}" })).ToList();
            for (var i = 0; i < told.Length; i++)
                if (fates[i] == 0)
                    arrived.Insert(places[i] % (arrived.Count + 1), DeclaredWrong(Canonical(told[i] with { EventId = $"urn:ex:event:{i}" })));
            return arrived.ToArray();
        });

    /// <summary>The event with bytes and a hash, as capture would have made them: the hash covers the content, not the id nor the declaration.</summary>
    public static CanonicalEvent Canonical(EpcisEvent e) => new()
    {
        Event = e,
        Json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(e)),
        CbvHash = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(e with { EventId = null, ErrorDeclaration = null }))),
    };

    public static CanonicalEvent DeclaredWrong(CanonicalEvent canonical) =>
        Canonical(canonical.Event with { ErrorDeclaration = new(DateTimeOffset.FromUnixTimeSeconds(9), "incorrect_data", []) });

    /// <summary>A history as a failing test prints it.</summary>
    public static string Print(CanonicalEvent[] history) => string.Join('\n', history.Select(canonical => Print(canonical.Event)));

    static string Print(EpcisEvent e)
    {
        static string Of(IReadOnlyList<string> codes, IReadOnlyList<Amount> amounts) =>
            string.Join(",", codes.Select(Short).Concat(amounts.Select(amount => $"{amount.Quantity} {amount.Uom} {Short(amount.Code)}")));
        var text = new StringBuilder($"{e.EventId?.Split(':')[^1]} t{e.EventTime.ToUnixTimeSeconds()} {(e.ErrorDeclaration is null ? "" : "WRONG ")}{e.Type}");
        void Add(string name, string value) => text.Append(value.Length == 0 ? "" : $" {name}={value}");
        Add("action", e.Action == EventAction.None ? "" : e.Action.ToString());
        Add("parent", Short(e.ParentId ?? ""));
        Add("things", Of(e.Epcs, e.Quantities));
        Add("in", Of(e.InputEpcs, e.InputQuantities));
        Add("out", Of(e.OutputEpcs, e.OutputQuantities));
        Add("process", e.TransformationId ?? "");
        Add("lot", e.IlmdLotNumber ?? "");
        Add("spelt", string.Join(",", e.LotOfInstance.Select(pair => $"{Short(pair.Key)}:{Short(pair.Value)}")));
        Add("step", e.BizStep ?? "");
        Add("state", e.Disposition ?? "");
        Add("place", e.BizLocation ?? e.ReadPoint ?? "");
        Add("from", string.Join(",", e.Sources.Select(end => $"{end.Type}:{end.Code}")));
        Add("to", string.Join(",", e.Destinations.Select(end => $"{end.Type}:{end.Code}")));
        Add("recall", e.Recall?.ToString() ?? "");
        return text.ToString();
    }

    static string Short(string code) => code.Replace(Milk, "milk", StringComparison.Ordinal).Replace(Cheese, "cheese", StringComparison.Ordinal);
}
