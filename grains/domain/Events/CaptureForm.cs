namespace TraceGrains.Domain.Events;

/// <summary>In which form a document is written. Stored with documents that wait to be captured: numbers are never re-used.</summary>
public enum CaptureForm
{
    /// <summary>EPCIS 2.0 JSON-LD (ISO/IEC 19987, JSON binding).</summary>
    JsonLd = 1,
}

/// <summary>Reads a document or a bare event in whichever form it is written.</summary>
public static class CaptureForms
{
    /// <summary>Reads a document; see <see cref="EpcisJson.ReadDocument"/>.</summary>
    public static ReadDocument ReadDocument(CaptureForm form, ReadOnlyMemory<byte> bytes) => form switch
    {
        CaptureForm.JsonLd => EpcisJson.ReadDocument(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "no such form"),
    };

    /// <summary>Reads one bare event; see <see cref="EpcisJson.ReadEvent"/>.</summary>
    public static ReadDocument ReadEvent(CaptureForm form, ReadOnlyMemory<byte> bytes) => form switch
    {
        CaptureForm.JsonLd => EpcisJson.ReadEvent(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "no such form"),
    };
}
