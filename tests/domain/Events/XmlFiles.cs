using System.Xml;
using System.Xml.Schema;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

/// <summary>Corpus documents in XML, and what tests do with them.</summary>
static class XmlFiles
{
    public const string Gs1 = "gs1-epcis/XML";
    public const string Open2 = "openepcis-test-resources/core/src/main/resources/2.0/EPCIS/XML";
    public const string Open1 = "openepcis-test-resources/core/src/main/resources/1.2/EPCIS/XML";
    public const string OpenJson = "openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON";
    public const string Hashes = "event-hash/tests/examples";
    public const string Equal = "event-hash/tests/expected_equal";

    public static readonly DateTimeOffset Created = new(2026, 3, 4, 3, 0, 31, TimeSpan.Zero);

    static readonly Lazy<XmlSchemaSet> Schemas = new(LoadSchemas);

    public static ReadDocument Read(string path) => EpcisXml.ReadDocument(File.ReadAllBytes(path));

    /// <summary>The official examples that carry events or master data; capture jobs are answers, not documents.</summary>
    public static IReadOnlyList<string> OfficialDocuments() => [.. Corpus.Files(Gs1, ".xml").Where(file => !file.Contains("CaptureJob", StringComparison.Ordinal))];

    public static byte[] Written(IEnumerable<CanonicalEvent> events, Spelling? spelling = null)
    {
        var buffer = new MemoryStream();
        EpcisXml.WriteDocument(buffer, events.Select(read => new EventToWrite(read.Json)), Created, spelling ?? Spelling.AsCaptured);
        return buffer.ToArray();
    }

    /// <summary>What the official schemas find wrong with a document.</summary>
    public static IReadOnlyList<string> Invalid(byte[] document)
    {
        var found = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Schemas.Value, DtdProcessing = DtdProcessing.Ignore };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        // Fields of one's own have no schema, which is only a warning.
        settings.ValidationEventHandler += (_, problem) =>
        {
            if (problem.Severity == XmlSeverityType.Error || problem.Message.Contains("EPCIS", StringComparison.Ordinal))
                found.Add(problem.Message);
        };
        using var reader = XmlReader.Create(new MemoryStream(document), settings);
        while (reader.Read())
        {
        }
        return found;
    }

    /// <summary>Why two events do not say the same; null when they do.</summary>
    public static string? Difference(CanonicalEvent one, CanonicalEvent other) =>
        EpcisJson.FirstDifference(one.Json, other.Json)
        ?? (Epcis.Hash(one) != Epcis.Hash(other) ? "the hash" : one.Event.EventId != other.Event.EventId ? $"{one.Event.EventId} against {other.Event.EventId}" : null);

    static XmlSchemaSet LoadSchemas()
    {
        // The business header's schemas name each other; all of them lie in one folder.
        var set = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        foreach (var name in new[] { "EPCglobal-epcis-2_0.xsd", "EPCglobal-epcis-query-2_0.xsd", "EPCglobal-epcis-masterdata-2_0.xsd" })
            set.Add(null, Corpus.PathOf("gs1-epcis/XSD", name));
        set.Compile();
        return set;
    }
}
