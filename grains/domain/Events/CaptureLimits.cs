namespace TraceGrains.Domain.Events;

/// <summary>How much one capture may carry. Each limit is refused with its own problem, so that a sender knows how to split.</summary>
public static class CaptureLimits
{
    /// <summary>Size of one document: 50 MB. Larger deliveries are sent as several documents.</summary>
    public const int MaxDocumentBytes = 50 * 1024 * 1024;

    /// <summary>Events in one document. A document is accepted as a whole or not at all, so it has to stay small enough for one commit.</summary>
    public const int MaxEvents = 5_000;

    /// <summary>Identifiers in the lists of one event: a full truck of serialised goods, with room.</summary>
    public const int MaxIdentifiersPerEvent = 100_000;

    /// <summary>How deeply objects and arrays may nest.</summary>
    public const int MaxJsonDepth = 64;

    /// <summary>Size of one event: 10 MB holds <see cref="MaxIdentifiersPerEvent"/> Digital Links.</summary>
    public const int MaxEventBytes = 10 * 1024 * 1024;

    /// <summary>Fields of one's own in one event, at every level together.</summary>
    public const int MaxOwnFieldsPerEvent = 10_000;

    /// <summary>Size of a document's context. Every stored event carries it, so it costs as often as there are events.</summary>
    public const int MaxContextBytes = 64 * 1024;

    /// <summary>Entries of a context given as an array.</summary>
    public const int MaxContexts = 100;

    /// <summary>Length of the address a prefix stands for, in characters; otherwise a few bytes of document could stand for gigabytes.</summary>
    public const int MaxNamespaceLength = 200;

    /// <summary>How many problems one answer lists; whoever has more repairs these first.</summary>
    public const int MaxProblems = 100;

    /// <summary>How deeply the elements of an XML document may nest, counted from the event.</summary>
    public const int MaxXmlDepth = 56;

    /// <summary>Elements in one event in XML: <see cref="MaxIdentifiersPerEvent"/> quantities, each of four elements, with room.</summary>
    public const int MaxXmlElementsPerEvent = 500_000;

    /// <summary>Attributes of one element of an XML document, namespace declarations included.</summary>
    public const int MaxXmlAttributes = 256;

    /// <summary>Size of one tag of an XML document with its attributes.</summary>
    public const int MaxXmlTagBytes = 1024 * 1024;

    /// <summary>Different element names in one XML document.</summary>
    public const int MaxXmlNames = 10_000;

    /// <summary>How many problems are listed of each event where the good ones beside it are recorded: then every refused event has to be named.</summary>
    public const int MaxProblemsPerRefusedEvent = 10;
}
