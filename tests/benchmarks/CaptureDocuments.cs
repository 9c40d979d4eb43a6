using System.Globalization;
using System.Text;
using TraceGrains.Benchmarks.Lineages;

namespace TraceGrains.Benchmarks;

/// <summary>
/// What an enterprise's ERP sends all day: ten units a case, commissioned in one event and shipped in a later one. Half of the events name units for the first
/// time, half name units that are on record. Serial numbers are scattered, as printed serials are.
/// </summary>
sealed class CaptureDocuments(int seed)
{
    const int EpcsPerEvent = 10, Products = 200, Parties = 300;

    readonly Random random = new(seed);
    readonly Queue<string[]> stock = new();
    long events;

    public static int Epcs => EpcsPerEvent;

    public byte[] Document(int count)
    {
        var document = new StringBuilder("""{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-01T00:00:00Z","epcisBody":{"eventList":[""");
        for (var i = 0; i < count; i++) document.Append(i == 0 ? "" : ",").Append(Event(""));
        return Encoding.UTF8.GetBytes(document.Append("]}}").ToString());
    }

    public byte[] Single() => Encoding.UTF8.GetBytes(Event("""
        "@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        """));

    string Event(string context)
    {
        var number = events++;
        var isNew = stock.Count == 0 || number % 2 == 0;
        var epcs = isNew ? Commission() : stock.Dequeue();
        var time = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(number * 37).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var (from, to) = (random.Next(Parties), random.Next(Parties));
        return $$"""
            {{{context}}"type":"ObjectEvent","eventID":"urn:uuid:{{Id()}}","eventTime":"{{time}}","eventTimeZoneOffset":"+08:00","action":"{{(isNew ? "ADD" : "OBSERVE")}}","bizStep":"{{(isNew ? "commissioning" : "shipping")}}","disposition":"{{(isNew ? "active" : "in_transit")}}","epcList":["{{string.Join("\",\"", epcs)}}"],"readPoint":{"id":"{{Codes.Place(from)}}"},"bizLocation":{"id":"{{Codes.Place(from)}}"},"bizTransactionList":[{"type":"desadv","bizTransaction":"{{Codes.Document(number / 4)}}"}],"sourceList":[{"type":"possessing_party","source":"{{Codes.Party(from)}}"}],"destinationList":[{"type":"possessing_party","destination":"{{Codes.Party(isNew ? from : to)}}"}]}
            """;
    }

    Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    string[] Commission()
    {
        var product = random.Next(Products);
        var units = new string[EpcsPerEvent];
        for (var i = 0; i < units.Length; i++) units[i] = Codes.Unit(product, random.NextInt64(10_000_000_000, 99_999_999_999));
        stock.Enqueue(units);
        return units;
    }
}
