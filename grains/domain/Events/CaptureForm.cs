using TraceGrains.Domain.Events.Xml;

namespace TraceGrains.Domain.Events;

/// <summary>In which form a document is written. Stored with documents that wait to be captured: numbers are never re-used.</summary>
public enum CaptureForm
{
    /// <summary>EPCIS 2.0 JSON-LD (ISO/IEC 19987, JSON binding).</summary>
    JsonLd = 1,

    /// <summary>EPCIS 2.0, 1.2 or 1.1 in XML (ISO/IEC 19987, XML binding).</summary>
    Xml = 2,
}

/// <summary>What becomes of a document some of whose events are refused (EPCIS 2.0 REST binding, <c>GS1-Capture-Error-Behaviour</c>).</summary>
public enum CaptureErrorBehaviour
{
    /// <summary>All or nothing.</summary>
    Rollback = 1,
    /// <summary>The good events are recorded, the others are named.</summary>
    Proceed = 2,
}

/// <summary>Reads a document or a bare event in whichever form it is written.</summary>
public static class CaptureForms
{
    /// <summary>Reads a document; see <see cref="EpcisJson.ReadDocument"/>.</summary>
    public static ReadDocument ReadDocument(CaptureForm form, ReadOnlyMemory<byte> bytes, CaptureErrorBehaviour behaviour) => form switch
    {
        CaptureForm.JsonLd => EpcisJson.ReadDocument(bytes, behaviour),
        CaptureForm.Xml => EpcisXml.ReadDocument(bytes, behaviour),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "no such form"),
    };

    /// <summary>Reads one bare event; see <see cref="EpcisJson.ReadEvent"/>.</summary>
    public static ReadDocument ReadEvent(CaptureForm form, ReadOnlyMemory<byte> bytes) => form switch
    {
        CaptureForm.JsonLd => EpcisJson.ReadEvent(bytes),
        CaptureForm.Xml => EpcisXml.ReadEvent(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "no such form"),
    };
}
