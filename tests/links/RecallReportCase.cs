using System.Text.Json;
using System.Text.Json.Nodes;

namespace TraceGrains.Links.Tests;

/// <summary>
/// A recall of which every count is known by hand. Six tins of one lot and 10 kg of brine, made at the dairy. Three tins went to the shop on a pallet, with 4 kg of brine beside them; one tin is on its way to the
/// depot; the dairy sold one and has one. The shop quarantines two tins and its brine and destroys one tin; the dairy passes its tin on to somebody without a code.
/// </summary>
sealed class RecallReportCase
{
    public const string Consignee = "=HYPERLINK(\"http://example.org\",\"open\")";

    readonly string mark = Guid.NewGuid().ToString("N")[..8];

    public string Id { get; } = Guid.CreateVersion7().ToString();
    public string Lot => $"{Silo.Cast.Products[0].Code}/10/TIN{mark}";
    public string Brine => $"https://id.gs1.org/01/09506000134352/10/BRINE{mark}";
    public string Dairy => Silo.Cast.Parties[0].Code;
    public string Shop => Silo.Cast.Parties[1].Code;
    public string Depot => Silo.Cast.Parties[2].Code;
    public string Tin(int number) => $"{Silo.Cast.Products[0].Code}/21/{mark}{number}";

    public static async Task<RecallReportCase> Run(Silo silo)
    {
        var told = new RecallReportCase();
        await told.Capture(silo);
        await told.Issue(silo);
        await told.Answer(silo);
        return told;
    }

    async Task Capture(Silo silo)
    {
        var pallet = $"urn:ex:pallet:{mark}";
        string[] tins = [.. Enumerable.Range(1, 6).Select(Tin)];
        await silo.Capture(Event("ADD", "commissioning", 8, tins, [(Lot, 6, null)], null, Dairy));
        await silo.Capture(Event("ADD", "commissioning", 8, [], [(Brine, 10, "KGM")], null, Dairy));
        var packed = Event("ADD", "packing", 9, [], [], null, null);
        (packed["type"], packed["parentID"], packed["childEPCs"]) = ("AggregationEvent", pallet, Codes(tins[..3]));
        packed.Remove("epcList");
        await silo.Capture(packed);
        await silo.Capture(Event("OBSERVE", "shipping", 10, [pallet], [], Dairy, Shop));
        await silo.Capture(Event("OBSERVE", "shipping", 10, [], [(Brine, 4, "KGM")], Dairy, Shop));
        await silo.Capture(Event("OBSERVE", "receiving", 12, [pallet], [(Brine, 4, "KGM")], Dairy, Shop));
        await silo.Capture(Event("OBSERVE", "shipping", 13, [tins[3]], [], Dairy, Depot));
        var sold = Event("OBSERVE", "retail_selling", 14, [tins[4]], [], null, null);
        sold["disposition"] = "retail_sold";
        await silo.Capture(sold);
    }

    async Task Issue(Silo silo)
    {
        await Do(silo, $$"""openRecallCase(input: { id: "{{Id}}", by: { name: "Li", party: "{{Dairy}}", role: "quality" }, title: "Tins & brine", reason: "glass <i>splinters</i>", scope: { anyOf: [{ batch: "{{Lot}}" }, { batch: "{{Brine}}" }] } })""");
        await Do(silo, $$"""assessRecallCase({{By("Li")}}, assessment: { class: I, depth: RETAIL, hazard: "cuts", strategy: "letters to all holders", instructions: "set apart and send back" })""");
        await Do(silo, $"issueRecallCase({By("Li")})");
        for (var patience = 0; ; patience++)
        {
            var parties = (await silo.Ask($$"""{ recallCase(id: "{{Id}}") { parties(first: 50) { nodes { notifiedAt } } } }""")).GetProperty("recallCase").GetProperty("parties").GetProperty("nodes").EnumerateArray().ToList();
            if (parties.Count >= 3 && parties.All(party => party.GetProperty("notifiedAt").ValueKind != JsonValueKind.Null)) return;
            Assert.True(patience < 600, $"{parties.Count} parties, and not all were told");
            await Task.Delay(100);
        }
    }

    async Task Answer(Silo silo)
    {
        await Do(silo, $$"""
            answerRecall({{By("Zhang")}}, party: "{{Shop}}", lines: [
                { outcome: QUARANTINED, codes: ["{{Tin(1)}}", "{{Tin(2)}}"], amounts: [{ lot: "{{Brine}}", quantity: 4, uom: "KGM" }] },
                { outcome: DESTROYED, codes: ["{{Tin(3)}}"], witness: "Zhao", evidence: ["{{new string('a', 64)}}"] }])
            """);
        await Do(silo, $$"""passOnRecalledGoods({{By("Li")}}, party: "{{Dairy}}", to: [{ name: {{JsonSerializer.Serialize(Consignee)}}, codes: ["{{Tin(6)}}"] }])""");
    }

    public string By(string name) => $$"""act: { case: "{{Id}}", by: { name: "{{name}}" } }""";

    public static async Task Do(Silo silo, string mutation)
    {
        var refusal = (await silo.Ask($$"""mutation { done: {{mutation}} { refusal { message } } }""")).GetProperty("done").GetProperty("refusal");
        Assert.True(refusal.ValueKind == JsonValueKind.Null, refusal.ToString());
    }

    static JsonObject Event(string action, string step, int hour, string[] codes, (string Lot, int Quantity, string? Uom)[] amounts, string? from, string? to)
    {
        var e = new JsonObject
        {
            ["type"] = "ObjectEvent", ["action"] = action, ["bizStep"] = step, ["disposition"] = action == "ADD" ? "active" : "in_progress", ["eventTime"] = $"2026-11-01T{hour:00}:00:00+08:00",
            ["eventID"] = $"urn:uuid:{Guid.NewGuid()}", ["epcList"] = Codes(codes),
        };
        if (amounts.Length > 0) e["quantityList"] = new JsonArray([.. amounts.Select(amount => new JsonObject { ["epcClass"] = amount.Lot, ["quantity"] = amount.Quantity, ["uom"] = amount.Uom })]);
        foreach (var amount in e["quantityList"]?.AsArray() ?? []) if (amount!["uom"] is null) amount.AsObject().Remove("uom");
        if (from is not null) e["sourceList"] = new JsonArray(new JsonObject { ["type"] = "possessing_party", ["source"] = from });
        if (to is not null) e["destinationList"] = new JsonArray(new JsonObject { ["type"] = "possessing_party", ["destination"] = to });
        return e;
    }

    static JsonArray Codes(string[] codes) => new([.. codes.Select(code => (JsonNode)code)]);
}
