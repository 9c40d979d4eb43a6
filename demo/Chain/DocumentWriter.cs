using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TraceGrains.Demo.Chain;

/// <summary>Writes a journal down as EPCIS 2.0 JSON-LD, one document for each week of the story.</summary>
static class DocumentWriter
{
    const string EpcisContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    // The demonstration's own names are Chinese: escaping them would make the documents unreadable for the people they are for.
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    public static IEnumerable<DemoDocument> Write(Journal journal)
    {
        var weeks = journal.InOrderOfCapture().GroupBy(e => (int)((CapturedAt(e) - journal.Start).TotalDays / 7));
        foreach (var (index, week) in weeks.Index())
            yield return new($"week-{index + 1}.jsonld", Document(index + 1, [.. week]));
    }

    static byte[] Document(int number, IReadOnlyList<DemoEvent> events) => Document($"week-{number}", CapturedAt(events[^1]), events: json =>
    {
        foreach (var e in events)
            Event(json, e);
    });

    public static byte[] Document(string name, DateTimeOffset created, Action<Utf8JsonWriter>? header = null, Action<Utf8JsonWriter>? events = null)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("@context");
            json.WriteStringValue(EpcisContext);
            json.WriteStartObject();
            json.WriteString("demo", Words.Vocabulary);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("id", $"https://demo.example/documents/{name}");
            json.WriteString("type", "EPCISDocument");
            json.WriteString("schemaVersion", "2.0");
            json.WriteString("creationDate", Time(created));
            header?.Invoke(json);
            json.WriteStartObject("epcisBody");
            json.WriteStartArray("eventList");
            events?.Invoke(json);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    static void Event(Utf8JsonWriter json, DemoEvent e)
    {
        string Spelt(string code) => e.InUrns ? Gs1.Urn(code) : code;

        json.WriteStartObject();
        Text(json, "eventID", e.Id);
        json.WriteString("type", e.Kind.ToString());
        Text(json, "action", e.Action);
        json.WriteString("eventTime", Time(e.At));
        json.WriteString("eventTimeZoneOffset", "+08:00");
        json.WriteString("bizStep", e.BizStep);
        Text(json, "disposition", e.Disposition);
        Text(json, "transformationID", e.Process);
        Text(json, "parentID", e.Parent is { } parent ? Spelt(parent) : null);

        var contained = e.Kind is Kind.AggregationEvent or Kind.AssociationEvent;
        Codes(json, contained ? "childEPCs" : "epcList", e.Epcs.Select(Spelt));
        Amounts(json, contained ? "childQuantityList" : "quantityList", e.Amounts);
        Codes(json, "inputEPCList", e.InputEpcs);
        Amounts(json, "inputQuantityList", e.Inputs);
        Codes(json, "outputEPCList", e.OutputEpcs);
        Amounts(json, "outputQuantityList", e.Outputs);

        Id(json, "readPoint", e.ReadPoint is { } readPoint ? Spelt(readPoint) : null);
        Id(json, "bizLocation", e.BizLocation is { } bizLocation ? Spelt(bizLocation) : null);
        if (e.Paper is var (paperType, paper))
        {
            json.WriteStartArray("bizTransactionList");
            json.WriteStartObject();
            json.WriteString("type", paperType);
            json.WriteString("bizTransaction", paper);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        if (e.Transfer is { } transfer)
        {
            if (transfer.From is { } from)
                Ends(json, "source", Spelt(from.Party), Spelt(from.Place(transfer.FromSite)));
            Ends(json, "destination", Spelt(transfer.To.Party), Spelt(transfer.To.Place(transfer.ToSite)));
        }
        if (e.Birth is { } birth)
        {
            json.WriteStartObject("ilmd");
            json.WriteString("cbvmda:lotNumber", birth.LotNumber);
            json.WriteString("cbvmda:" + birth.DateTerm, birth.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        if (e.Reading is { } reading)
            Sensor(json, e.At, reading);
        if (e.Error is var (declared, correctiveId))
        {
            json.WriteStartObject("errorDeclaration");
            json.WriteString("declarationTime", Time(declared));
            json.WriteString("reason", "incorrect_data");
            Codes(json, "correctiveEventIDs", [correctiveId]);
            json.WriteEndObject();
        }
        foreach (var (name, value) in e.Remarks)
            json.WriteString("demo:" + name, value);
        json.WriteEndObject();
    }

    static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    static void Id(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
            return;
        json.WriteStartObject(name);
        json.WriteString("id", value);
        json.WriteEndObject();
    }

    static void Codes(Utf8JsonWriter json, string name, IEnumerable<string> codes)
    {
        var started = false;
        foreach (var code in codes)
        {
            if (!started)
                json.WriteStartArray(name);
            started = true;
            json.WriteStringValue(code);
        }
        if (started)
            json.WriteEndArray();
    }

    static void Amounts(Utf8JsonWriter json, string name, IReadOnlyList<Amount> amounts)
    {
        if (amounts.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var amount in amounts)
        {
            json.WriteStartObject();
            json.WriteString("epcClass", amount.Lot);
            json.WriteNumber("quantity", amount.Quantity);
            Text(json, "uom", amount.Uom);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Ends(Utf8JsonWriter json, string word, string party, string place)
    {
        json.WriteStartArray(word + "List");
        foreach (var (type, code) in new[] { ("possessing_party", party), ("location", place) })
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString(word, code);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Sensor(Utf8JsonWriter json, DateTimeOffset at, Reading reading)
    {
        json.WriteStartArray("sensorElementList");
        json.WriteStartObject();
        json.WriteStartObject("sensorMetadata");
        json.WriteString("time", Time(at));
        json.WriteString("deviceID", reading.Device);
        json.WriteEndObject();
        json.WriteStartArray("sensorReport");
        json.WriteStartObject();
        json.WriteString("type", "Temperature");
        json.WriteNumber("value", reading.Celsius);
        json.WriteString("uom", "CEL");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    static DateTimeOffset CapturedAt(DemoEvent e) => e.CapturedAt ?? e.At;

    static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
