using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Contracts.Capture;

/// <summary>Turns documents into canonical events and hands them to the ledger. Stateless; any number work side by side.</summary>
[Alias("tg.ICaptureGrain")]
public interface ICaptureGrain : IGrainWithIntegerKey
{
    /// <summary>Captures an EPCIS document. When it returns, every event that has a receipt is durable and every read sees it.</summary>
    [Alias("CaptureDocument")]
    [ResponseTimeout("00:05:00")]
    Task<CaptureAnswer> CaptureDocument(CaptureForm form, [Immutable] byte[] document, CaptureErrorBehaviour behaviour = CaptureErrorBehaviour.Rollback);

    /// <summary>Captures one bare event (in JSON-LD with its own context, or in XML).</summary>
    [Alias("CaptureEvent")]
    [ResponseTimeout("00:02:00")]
    Task<CaptureAnswer> CaptureEvent(CaptureForm form, [Immutable] byte[] bareEvent);

    /// <summary>The same of a document that somebody sent who may report only some things (<see cref="CaptureAuthority"/>).</summary>
    [Alias("CaptureDocumentBy")]
    [ResponseTimeout("00:05:00")]
    Task<CaptureAnswer> CaptureDocumentBy(CaptureForm form, [Immutable] byte[] document, CaptureErrorBehaviour behaviour, Caller by);

    /// <summary>The same of one bare event.</summary>
    [Alias("CaptureEventBy")]
    [ResponseTimeout("00:02:00")]
    Task<CaptureAnswer> CaptureEventBy(CaptureForm form, [Immutable] byte[] bareEvent, Caller by);
}

/// <summary>Gives events their place in the one total order. One sequencer per ledger; should a second one exist, the ledger's unique key lets only one of them append.</summary>
[Alias("tg.ISequencerGrain")]
public interface ISequencerGrain : IGrainWithIntegerKey
{
    /// <summary>Records events, all or none. When it returns they are durable, and the lineage shards have them.</summary>
    [Alias("Append")]
    [ResponseTimeout("00:05:00")]
    Task<CaptureAnswer> Append([Immutable] EventToRecord[] events);

    /// <summary>
    /// As <see cref="Append"/>, for what can wait: it takes a fifth of the time while others capture, and all of it while nobody does. Small portions, several under way at once, let it do both.
    /// </summary>
    [Alias("AppendBehind")]
    [ResponseTimeout("00:10:00")]
    Task<CaptureAnswer> AppendBehind([Immutable] EventToRecord[] events);

    /// <summary>Records those events that can be recorded; the answer names the others.</summary>
    [Alias("AppendEach")]
    [ResponseTimeout("00:05:00")]
    Task<CaptureAnswer> AppendEach([Immutable] EventToRecord[] events);

    /// <summary>Returns when everything up to this place in the order has been delivered to the shards and its marks have spread.</summary>
    [Alias("Settle")]
    Task Settle(long through);

    /// <summary>
    /// Told by a recall what is to be watched from now on. Events that it concerns count as captured only when the recall has been worked out anew; those captured before this returns are for the
    /// recall to look for.
    /// </summary>
    [Alias("Watch")]
    Task Watch(RecallWatch watch);

    /// <summary>The last sequence number that reads see.</summary>
    [Alias("Head")]
    Task<long> Head();
}

/// <summary>What became of a capture: a receipt per event, or the problems for which nothing was recorded. With <see cref="CaptureErrorBehaviour.Proceed"/> it may be some of each.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaptureAnswer")]
public sealed class CaptureAnswer
{
    /// <summary>One per recorded event, in the document's order.</summary>
    [Id(0)] public Receipt[] Receipts { get; set; } = [];
    /// <summary>Why nothing, or not everything, was recorded; empty on success.</summary>
    [Id(1)] public Refusal[] Problems { get; set; } = [];
}

/// <summary>That an event is recorded.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.Receipt")]
public sealed class Receipt
{
    /// <summary>Its place in the ledger's order.</summary>
    [Id(0)] public long Sequence { get; set; }
    /// <summary>The id it is known by.</summary>
    [Id(1)] public string EventId { get; set; } = "";
    /// <summary>Whether it had been recorded before; then this is the first recording's place.</summary>
    [Id(2)] public bool IsRepeat { get; set; }
    /// <summary>The event's position in its document, from 0.</summary>
    [Id(3)] public int EventIndex { get; set; }
}

/// <summary>One problem of a refused capture; see <see cref="CaptureProblem"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.Refusal")]
public sealed class Refusal
{
    /// <summary>Position in the document, from 0; null when the document itself is at fault.</summary>
    [Id(0)] public int? EventIndex { get; set; }
    /// <summary>The field.</summary>
    [Id(1)] public string Field { get; set; } = "";
    /// <summary>What belongs there.</summary>
    [Id(2)] public string Expected { get; set; } = "";
    /// <summary>What was there; null when nothing was.</summary>
    [Id(3)] public string? Found { get; set; }
    /// <summary>Whether an event of that id with other content is on record already (HTTP 409), rather than the input being malformed (400).</summary>
    [Id(4)] public bool IsConflict { get; set; }
    /// <summary>Whether the document is larger than one capture may be (HTTP 413); see <see cref="CaptureProblem.ExceedsCaptureLimit"/>.</summary>
    [Id(5)] public bool ExceedsLimit { get; set; }
    /// <summary>Whether it is not the sender's to report (HTTP 403); see <see cref="CaptureProblem.IsNotTheSenders"/>.</summary>
    [Id(6)] public bool IsForbidden { get; set; }
}
