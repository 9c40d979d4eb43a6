using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;

namespace TraceGrains.Contracts.Capture;

/// <summary>One capture job: a document on its way into the ledger. It finishes once, whatever crashes meanwhile: a document captured again leaves one copy of its events.</summary>
[Alias("tg.ICaptureJobGrain")]
public interface ICaptureJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Captures a document. When this returns a job that has finished, its events are durable and every read sees them; when it returns one that runs, the document is durable and
    /// will be captured. A document that is refused whole before the wait is over leaves no job.
    /// </summary>
    [Alias("Start")]
    [ResponseTimeout("00:03:00")]
    Task<CaptureJobView> Start([Immutable] CaptureOrder order);

    /// <summary>Captures the document of a job that was left running; does nothing when it has finished, and joins in where it is under way.</summary>
    [Alias("Resume")]
    [ResponseTimeout("00:10:00")]
    Task Resume();

    /// <summary>Ends a job whose document could not be captured for a reason of ours, not of the document; the sender may send it again.</summary>
    [Alias("GiveUp")]
    Task GiveUp(string reason);
}

/// <summary>Takes jobs up that run without anybody waiting for them, some at a time, and forgets old ones. One per ledger.</summary>
[Alias("tg.ICaptureJobKeeperGrain")]
public interface ICaptureJobKeeperGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to every job that runs, and goes on seeing to them from time to time. Returns before they have finished.</summary>
    [Alias("TakeUp")]
    Task TakeUp();
}

/// <summary>Reads capture jobs.</summary>
[Alias("tg.ICaptureJobsGrain")]
public interface ICaptureJobsGrain : IGrainWithIntegerKey
{
    /// <summary>A job with its receipts; null when there is none, or none any more.</summary>
    [Alias("Find")]
    Task<CaptureJobView?> Find(string id);

    /// <summary>Jobs without their receipts and with their first 10 errors, newest first, after one of them (exclusive; null from the newest).</summary>
    [Alias("Newest")]
    Task<CaptureJobPage> Newest(long? after, int first);

    /// <summary>The same of those that are somebody's to see (<see cref="Caller.Shares"/>). Among very many of others a page may have fewer than asked for, even none, and a next one all the same.</summary>
    [Alias("NewestFor")]
    Task<CaptureJobPage> NewestFor(long? after, int first, Caller caller);
}

/// <summary>What to capture, and how.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaptureOrder")]
public sealed class CaptureOrder
{
    /// <summary>How it is written.</summary>
    [Id(0)] public CaptureForm Form { get; set; }
    /// <summary>What becomes of it if some events are refused.</summary>
    [Id(1)] public CaptureErrorBehaviour Behaviour { get; set; }
    /// <summary>The document as it was sent.</summary>
    [Id(2)] public byte[] Document { get; set; } = [];
    /// <summary>How long to wait for it to finish before answering that it runs; null not even to look whether it can be read.</summary>
    [Id(3)] public TimeSpan? Wait { get; set; }
    /// <summary>Who sent it; null for somebody who may report everything.</summary>
    [Id(4)] public Caller? By { get; set; }
}

/// <summary>A job as it stands.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaptureJobView")]
public sealed class CaptureJobView
{
    /// <summary>Its id; null for a document that was refused whole while its sender waited.</summary>
    [Id(0)] public string? Id { get; set; }
    /// <summary>When it began.</summary>
    [Id(1)] public DateTimeOffset CreatedAt { get; set; }
    /// <summary>When it ended; null while it runs.</summary>
    [Id(2)] public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>What becomes of the document if some events are refused.</summary>
    [Id(3)] public CaptureErrorBehaviour Behaviour { get; set; }
    /// <summary>What was refused; empty while it runs.</summary>
    [Id(4)] public Refusal[] Errors { get; set; } = [];
    /// <summary>What was recorded, in the document's order; empty while it runs, and in a list of jobs.</summary>
    [Id(5)] public Receipt[] Receipts { get; set; } = [];
    /// <summary>Why it was given up, where the fault was not the document's; null otherwise.</summary>
    [Id(6)] public string? Failure { get; set; }
    /// <summary>Who sent it; null for somebody who may report everything.</summary>
    [Id(7)] public Caller? By { get; set; }
}

/// <summary>Some jobs.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaptureJobPage")]
public sealed class CaptureJobPage
{
    /// <summary>Newest first.</summary>
    [Id(0)] public CaptureJobView[] Jobs { get; set; } = [];
    /// <summary>Where the next page starts; null at the end.</summary>
    [Id(1)] public long? Next { get; set; }
}
