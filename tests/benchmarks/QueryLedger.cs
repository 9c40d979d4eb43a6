using System.Globalization;
using System.Text;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Benchmarks;

/// <summary>A ledger of single events: units that go through five steps at some hundred places of fifty companies over a year. Kept in the temporary folder for the next run.</summary>
sealed record QueryLedger(string Folder, int Events)
{
    const int FormOfData = 2, EventsPerDocument = 1_000, EventsPerUnit = 5, Places = 500;

    public const int Companies = 50;

    static readonly string[] Steps = ["commissioning", "packing", "shipping", "receiving", "retail_selling"];

    static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Span = TimeSpan.FromDays(365);

    public int Units => Events / EventsPerUnit;

    public string File => Path.Combine(Folder, "ledger.db");

    public string IndexFile => Path.Combine(Folder, "index.db");

    public static string Unit(int unit) => $"urn:epc:id:sgtin:9520123.0{unit % 50:00000}.{unit}";

    public static string Place(int place) => $"urn:epc:id:sgln:{Company(place % Companies)}.00001.{place}";

    /// <summary>The GS1 company prefix of one of the companies.</summary>
    public static string Company(int company) => $"95{company:00000}";

    public DateTimeOffset TimeOf(long n) => Start + Span * ((double)n / Events);

    public static async Task<QueryLedger> Prepare(bool isSmall)
    {
        var events = isSmall ? 100_000 : 1_000_000;
        var data = new QueryLedger(Path.Combine(LineageLedger.Base, $"queries-{events}-rules{EventFacts.RulesVersion}-data{FormOfData}"), events);
        if (System.IO.File.Exists(data.File)) return data;
        var building = data with { Folder = data.Folder + ".building" };
        if (Directory.Exists(building.Folder)) Directory.Delete(building.Folder, recursive: true);
        Directory.CreateDirectory(building.Folder);
        await building.Write();
        Directory.Move(building.Folder, data.Folder);
        return data;
    }

    async Task Write()
    {
        Console.Error.WriteLine($"writing a ledger of {Events:N0} events; the next run finds it in {Folder}");
        await using var ledger = await Open();
        await WriteTo(ledger);
    }

    public Task<SqliteLedger> Open() => SqliteLedger.Open(File, 64, EventFacts.RulesVersion);

    /// <summary>Puts the events into an empty ledger.</summary>
    public async Task WriteTo(ILedger ledger)
    {
        var feed = await LedgerFeed.Open(ledger);
        foreach (var documents in Enumerable.Range(0, Events / EventsPerDocument).Chunk(8))
            await feed.Append([.. documents.AsParallel().AsOrdered().SelectMany(document => LedgerFeed.Read(Document(document)))]);
    }

    byte[] Document(int document)
    {
        var text = new StringBuilder("""{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2025-01-01T00:00:00Z","epcisBody":{"eventList":[""");
        for (var at = 0; at < EventsPerDocument; at++)
        {
            var n = document * EventsPerDocument + at;
            var (unit, step) = (n % Units, n / Units);
            if (at > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $$"""
                {"type":"ObjectEvent","eventID":"urn:uuid:00000000-0000-4000-8000-{{n:000000000000}}","eventTime":"{{TimeOf(n):yyyy-MM-ddTHH:mm:ss.fffZ}}","eventTimeZoneOffset":"+08:00","action":"{{(step == 0 ? "ADD" : "OBSERVE")}}",
                "bizStep":"{{Steps[step]}}","disposition":"{{(step == 2 ? "in_transit" : "in_progress")}}","epcList":["{{Unit(unit)}}"],"readPoint":{"id":"{{Place(unit * 7 % Places)}}"},"bizLocation":{"id":"{{Place(unit * 7 % Places)}}"},
                "bizTransactionList":[{"type":"po","bizTransaction":"http://transactions.example.com/po/{{n / 100}}"}]}
                """);
        }
        return Encoding.UTF8.GetBytes(text.Append("]}}").ToString());
    }
}
