using System.Globalization;
using System.Text;

namespace TraceGrains.Benchmarks.Lineages;

/// <summary>
/// Tells a generated lineage as EPCIS documents: the harvest, then for each node one transformation into everything whose first parent it is, and another into
/// everything whose second parent it is. Inner nodes are lots, leaves are serialised units.
/// </summary>
sealed class LineageDocuments(LineageGraph graph)
{
    const int EventsPerDocument = 100, UnitsPerProduct = 1_000;

    static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    int events;

    public static string CodeOf(LineageGraph graph, int node) =>
        graph.IsLeaf(node) ? Codes.Unit(1_000 + (node - graph.Starts[^2]) / UnitsPerProduct, 100_000 + node) : Codes.Lot(1, node);

    public static string Holder(int number) => Codes.Party(1_000 + number);

    public IEnumerable<byte[]> All()
    {
        var document = new StringBuilder();
        var count = 0;
        foreach (var e in Events())
        {
            document.Append(count++ == 0 ? """{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-01T00:00:00Z","epcisBody":{"eventList":[""" : ",").Append(e);
            if (count < EventsPerDocument) continue;
            yield return Encoding.UTF8.GetBytes(document.Append("]}}").ToString());
            document.Clear();
            count = 0;
        }
        if (count > 0) yield return Encoding.UTF8.GetBytes(document.Append("]}}").ToString());
    }

    IEnumerable<string> Events()
    {
        yield return $$"""{"type":"ObjectEvent","action":"ADD","bizStep":"commissioning",{{Head()}},{{Receiver(0)}},"quantityList":[{{Amount(0)}}]}""";
        var (first, firstTargets) = graph.Children(graph.Parents);
        var (second, secondTargets) = graph.Children(graph.SecondParents);
        for (var node = 0; node < graph.Starts[^2]; node++)
        {
            if (first[node] < first[node + 1])
                yield return $$"""{"type":"TransformationEvent","bizStep":"creating_class_instance","disposition":"active",{{Head()}},{{Receiver(graph.Receivers[node])}},"inputQuantityList":[{{Amount(node)}}],{{Outputs(firstTargets.AsSpan(first[node]..first[node + 1]))}}}""";
            if (second[node] < second[node + 1])
                yield return $$"""{"type":"TransformationEvent","bizStep":"creating_class_instance",{{Head()}},"inputQuantityList":[{{Amount(node)}}],{{Outputs(secondTargets.AsSpan(second[node]..second[node + 1]))}}}""";
        }
    }

    string Head()
    {
        var number = events++;
        var time = Start.AddSeconds(number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"\"eventID\":\"urn:uuid:00000000-0000-4000-8000-{number:x12}\",\"eventTime\":\"{time}\",\"eventTimeZoneOffset\":\"+08:00\"";
    }

    static string Receiver(int holder) =>
        $$"""
        "readPoint":{"id":"{{Codes.Place(9_999)}}"},"bizLocation":{"id":"{{Codes.Place(1_000 + holder)}}"},"destinationList":[{"type":"possessing_party","destination":"{{Holder(holder)}}"}]
        """;

    string Outputs(ReadOnlySpan<int> nodes)
    {
        var list = new StringBuilder(graph.IsLeaf(nodes[0]) ? "\"outputEPCList\":[" : "\"outputQuantityList\":[");
        for (var i = 0; i < nodes.Length; i++)
            list.Append(i == 0 ? "" : ",").Append(graph.IsLeaf(nodes[i]) ? $"\"{CodeOf(graph, nodes[i])}\"" : Amount(nodes[i]));
        return list.Append(']').ToString();
    }

    string Amount(int node) => $$"""{"epcClass":"{{CodeOf(graph, node)}}","quantity":1,"uom":"KGM"}""";
}
