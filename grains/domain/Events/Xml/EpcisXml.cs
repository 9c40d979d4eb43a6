namespace TraceGrains.Domain.Events.Xml;

/// <summary>Reads and writes EPCIS in XML. Read: 2.0 (ISO/IEC 19987, XML binding), 1.2 and 1.1. Every event becomes the JSON-LD event that says the same, and is checked as that. Written: 2.0.</summary>
/// <remarks>
/// What the two forms have in common comes out the same: one event has one hash, whichever way it came. Names in a namespace become CURIEs whose prefix the
/// event's context explains; text and attributes of one's own elements are kept (<c>rdf:value</c>, <c>@name</c>); of comments, processing instructions and the
/// business header nothing is kept. 2.0 is held to the schema's order of fields; 1.x, whose extensions are found in many an arrangement, is not. There is no
/// document type: no entity but the five of XML exists, and nothing outside the document is looked at.
/// </remarks>
public static class EpcisXml
{
    /// <summary>Reads an <c>EPCISDocument</c>, an <c>EPCISQueryDocument</c> with results, an <c>EPCISMasterDataDocument</c> or one bare event.</summary>
    public static ReadDocument ReadDocument(ReadOnlyMemory<byte> xml, CaptureErrorBehaviour behaviour = CaptureErrorBehaviour.Rollback) => Read(xml, behaviour, onlyEvent: false);

    /// <summary>Reads one bare event: one of the five event elements as the root.</summary>
    public static ReadDocument ReadEvent(ReadOnlyMemory<byte> xml) => Read(xml, CaptureErrorBehaviour.Rollback, onlyEvent: true);

    /// <summary>Writes events as an <c>EPCISDocument</c> of EPCIS 2.0, valid against its schema, in UTF-8.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="events">The events, in the order in which they are to stand there.</param>
    /// <param name="created">The document's creationDate.</param>
    /// <param name="spelling">How identifiers and terms are spelt.</param>
    public static void WriteDocument(Stream to, IEnumerable<EventToWrite> events, DateTimeOffset created, Spelling spelling) =>
        XmlDocumentWriter.Capture(to, events, created, spelling);

    /// <summary>Writes the results of a query as an <c>EPCISQueryDocument</c> of EPCIS 2.0, valid against its schema, in UTF-8.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="events">The events, in the order in which they are to stand there.</param>
    /// <param name="queryName">The query they answer.</param>
    /// <param name="subscriptionId">The subscription they answer; null when it is none.</param>
    /// <param name="created">The document's creationDate.</param>
    /// <param name="spelling">How identifiers and terms are spelt.</param>
    public static void WriteQueryDocument(Stream to, IEnumerable<EventToWrite> events, string queryName, string? subscriptionId, DateTimeOffset created, Spelling spelling) =>
        XmlDocumentWriter.Query(to, events, queryName, subscriptionId, created, spelling);

    static ReadDocument Read(ReadOnlyMemory<byte> bytes, CaptureErrorBehaviour behaviour, bool onlyEvent)
    {
        if (bytes.Length > CaptureLimits.MaxDocumentBytes)
            return new([], [new CaptureProblem(null, "document", $"at most {CaptureLimits.MaxDocumentBytes} bytes", $"{bytes.Length} bytes") { ExceedsCaptureLimit = true }]);
        using var xml = XmlInput.Open(bytes, out var expected);
        if (xml is null)
            return Refused(expected!, null);
        var problems = new XmlProblems(behaviour == CaptureErrorBehaviour.Proceed);
        var (json, isBareEvent) = XmlDocumentTranslator.Translate(xml, problems);
        if (problems.OfDocument.Count > 0)
            return new([], problems.OfDocument);
        if (onlyEvent && !isBareEvent)
            return Refused("one event, such as ObjectEvent", "a document");
        var read = isBareEvent ? DocumentReader.Event(json, trusted: false, problems) : DocumentReader.Document(json, behaviour, problems);
        return read.Problems.Count == 0 ? read : read with { Problems = [.. read.Problems.Select(problem => InPlace(problem, problems))] };
    }

    static ReadDocument Refused(string expected, string? found) => new([], [new CaptureProblem(null, "document", expected, found)]);

    static CaptureProblem InPlace(CaptureProblem problem, XmlProblems found) =>
        found.Of(problem.EventIndex ?? XmlDocumentTranslator.BareEventIndex).Contains(problem) ? WithIndex(problem) : problem with { Field = XmlPlace.Of(problem.Field) };

    static CaptureProblem WithIndex(CaptureProblem problem) => problem.EventIndex == XmlDocumentTranslator.BareEventIndex ? problem with { EventIndex = null } : problem;
}
