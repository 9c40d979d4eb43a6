namespace TraceGrains.Ledger.Capture;

/// <summary>
/// Capture jobs: what became of each document, and the documents that are still to be captured. Beside the ledger and not part of it: events are safe without it.
/// One suite of tests, <c>CaptureJobsConformance</c>, says what every engine must do.
/// </summary>
/// <remarks>All methods may be called from any thread at any time. What a method has written when it returns survives a power cut.</remarks>
public interface ICaptureJobs : IAsyncDisposable
{
    /// <summary>Adds a job: one that runs, with its document, or one that has finished already, without. An id that is in use throws <see cref="ArgumentException"/>.</summary>
    Task Add(CaptureJob job, ReadOnlyMemory<byte>? document, CancellationToken stop = default);

    /// <summary>Ends a running job and drops its document. False when there is no such job, or it has ended before: then nothing changes.</summary>
    Task<bool> Finish(string id, DateTimeOffset finishedAt, byte[] state, CancellationToken stop = default);

    /// <summary>A job; null when there is none, or none any more.</summary>
    ValueTask<CaptureJob?> Find(string id, CancellationToken stop = default);

    /// <summary>A running job's document; null when it has finished, or there is no such job.</summary>
    ValueTask<byte[]?> ReadDocument(string id, CancellationToken stop = default);

    /// <summary>Jobs in the order opposite to that of their adding, before a number (exclusive; null from the newest).</summary>
    ValueTask<IReadOnlyList<CaptureJob>> Newest(long? before, int max, CancellationToken stop = default);

    /// <summary>Ids of the jobs that run, in the order of their adding.</summary>
    ValueTask<IReadOnlyList<string>> Running(CancellationToken stop = default);

    /// <summary>Forgets finished jobs: those that finished before a time, and the oldest beyond a count. Some thousand a call; answers how many, so that 0 says there are no more.</summary>
    Task<int> Forget(DateTimeOffset finishedBefore, long keep, CancellationToken stop = default);
}

/// <summary>A job as it is kept.</summary>
/// <param name="Id">What clients know it by.</param>
/// <param name="CreatedAt">When it was made, UTC, whole milliseconds.</param>
/// <param name="FinishedAt">When it finished, UTC, whole milliseconds; null while it runs.</param>
/// <param name="State">Everything else, in bytes that only the caller reads.</param>
/// <param name="Number">Its place among the jobs, rising with each; given by <see cref="ICaptureJobs.Add"/>, whatever stands here then.</param>
public sealed record CaptureJob(string Id, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, byte[] State, long Number = 0);
