using System.Text.Json;
using static TraceGrains.Epcis.Tests.Documents;

namespace TraceGrains.Epcis.Tests;

/// <summary>Invariant I8: when capture returns, every read sees the event.</summary>
public class ReadYourWritesTests(SharedSilo shared)
{
    const string Everything = """
        query($id: String!, $raw: String!, $lot: String!, $unit: String!, $case: String!) {
          event(id: $id) { id type }
          raw: batch(code: $raw) { chainLength children { code } }
          lot: batch(code: $lot) { chainLength parents { code } holdings { quantity } }
          unit(code: $unit) { code holder location disposition container chainLength verify { holds checked } }
          case: entity(code: $case) { kind children { code } }
          forward: trace(code: $raw) { items { nodes { code } } }
          backward: trace(code: $unit, direction: BACKWARD) { items { nodes { code } } }
        }
        """;

    [Fact]
    public async Task Every_read_surface_sees_a_document_as_soon_as_its_capture_has_answered()
    {
        for (var round = 0; round < 15; round++)
        {
            var number = NewUnit().Split('.')[^1];
            var (id, raw, lot) = (NewId(), $"urn:epc:class:lgtin:4012345.012345.R{number}", $"urn:epc:class:lgtin:4012345.012346.L{number}");
            var unit = $"https://id.gs1.org/01/04012345123463/10/L{number}/21/{number}";
            var sscc = $"urn:epc:id:sscc:4012345.{int.Parse(number, System.Globalization.CultureInfo.InvariantCulture):0000000000}";
            const string When = "\"eventTimeZoneOffset\":\"+08:00\",\"eventTime\"";
            var document = Document(
                $$"""
                "eventID":"{{id}}","type":"TransformationEvent",{{When}}:"2026-03-04T08:00:00Z","bizStep":"creating_class_instance",
                "inputQuantityList":[{"epcClass":"{{raw}}","quantity":10,"uom":"KGM"}],"outputQuantityList":[{"epcClass":"{{lot}}","quantity":100}]
                """,
                $$"""
                "type":"ObjectEvent",{{When}}:"2026-03-04T09:00:00Z","action":"ADD","bizStep":"commissioning","disposition":"active","epcList":["{{unit}}"],
                "bizLocation":{"id":"urn:epc:id:sgln:4012345.00001.0"}
                """,
                $$"""
                "type":"AggregationEvent",{{When}}:"2026-03-04T10:00:00Z","action":"ADD","bizStep":"packing","parentID":"{{sscc}}","childEPCs":["{{unit}}"]
                """);

            var receipts = (await shared.Silo.Capture(document)).Receipts;

            var read = await Task.WhenAll(receipts.Select(receipt => shared.Silo.EventById(receipt.EventId)));
            Assert.All(read, answer => Assert.Equal(200, answer.Status));
            var seen = await shared.Silo.Query(Everything, new { id, raw, lot, unit, @case = sscc });
            Assert.Equal("TransformationEvent", seen.GetProperty("event").GetProperty("type").GetString());
            Assert.Equal(1, seen.GetProperty("raw").GetProperty("chainLength").GetInt32());
            Assert.Equal([$"https://id.gs1.org/01/04012345123463/10/L{number}"], Codes(seen.GetProperty("raw").GetProperty("children")));
            Assert.Single(Codes(seen.GetProperty("lot").GetProperty("parents")));
            Assert.Equal(100, Assert.Single(seen.GetProperty("lot").GetProperty("holdings").EnumerateArray()).GetProperty("quantity").GetInt32());
            var canonicalUnit = seen.GetProperty("unit").GetProperty("code").GetString()!;
            Assert.Equal(2, seen.GetProperty("unit").GetProperty("chainLength").GetInt32());
            Assert.True(seen.GetProperty("unit").GetProperty("verify").GetProperty("holds").GetBoolean());
            Assert.EndsWith("active", seen.GetProperty("unit").GetProperty("disposition").GetString(), StringComparison.Ordinal);
            Assert.Equal("https://id.gs1.org/414/4012345000016", seen.GetProperty("unit").GetProperty("location").GetString());
            Assert.NotNull(seen.GetProperty("unit").GetProperty("container").GetString());
            Assert.Equal([canonicalUnit], Codes(seen.GetProperty("case").GetProperty("children")));
            Assert.Contains(canonicalUnit, Codes(seen.GetProperty("forward").GetProperty("items").GetProperty("nodes")));
            Assert.Contains(Codes(seen.GetProperty("backward").GetProperty("items").GetProperty("nodes")), code => code.EndsWith($"/10/R{number}", StringComparison.Ordinal));
        }
    }

    static string[] Codes(JsonElement list) => [.. list.EnumerateArray().Select(node => node.GetProperty("code").GetString()!)];
}
