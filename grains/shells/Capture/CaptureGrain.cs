using Orleans.Concurrency;
using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Capture;

/// <summary>Reads, checks and hashes documents off the sequencer's thread; whatever does not need the order is done here.</summary>
[StatelessWorker]
[Reentrant]
sealed class CaptureGrain : Grain, ICaptureGrain
{
    public Task<CaptureAnswer> CaptureDocument(byte[] utf8) => Record(EpcisJson.ReadDocument(utf8));

    public Task<CaptureAnswer> CaptureEvent(byte[] utf8) => Record(EpcisJson.ReadEvent(utf8));

    Task<CaptureAnswer> Record(ReadDocument read)
    {
        if (read.Problems.Count > 0)
            return Task.FromResult(new CaptureAnswer
            {
                Problems = [.. read.Problems.Select(problem => new Refusal
                {
                    EventIndex = problem.EventIndex, Field = problem.Field, Expected = problem.Expected, Found = problem.Found,
                })],
            });
        var events = new EventToRecord[read.Events.Count];
        for (var i = 0; i < events.Length; i++) events[i] = EventToRecord.Of(read.Events[i]);
        return GrainFactory.GetGrain<ISequencerGrain>(0).Append(events);
    }
}
