using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TraceGrains.Grains.Telemetry;

/// <summary>
/// What an operator watches besides Orleans' and the database's own meters. Tags have few values: never a code, a party or a recall, so that neither
/// personal data nor an endless number of series leaves the process.
/// </summary>
public static class Instruments
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "TraceGrains";

    static readonly Meter meter = new(Name);

    /// <summary>Spans of a commit and of a recall's working-out.</summary>
    public static readonly ActivitySource Activities = new(Name);

    /// <summary>Events that a capture asked to record, by <c>outcome</c>: recorded, repeated, refused.</summary>
    public static readonly Counter<long> CapturedEvents = meter.CreateCounter<long>("tracegrains.capture.events", "{event}", "Events that captures asked to record, by outcome");

    /// <summary>Events in one durable commit.</summary>
    public static readonly Histogram<int> CommitSize = meter.CreateHistogram<int>("tracegrains.commit.size", "{event}", "Events in one durable commit");

    /// <summary>From the start of a commit until the ledger has it, by <c>part</c>: admit, append, deliver.</summary>
    public static readonly Histogram<double> CommitDuration = meter.CreateHistogram<double>("tracegrains.commit.duration", "s", "Duration of the parts of a commit: admit, append, deliver");

    /// <summary>Events on record that the lineage shards have not got yet, as the sequencer of this process sees it; other processes report 0.</summary>
    public static long EventsBehind;

    /// <summary>From the order to work a recall out until its marks are in force in every shard.</summary>
    public static readonly Histogram<double> RecallDuration = meter.CreateHistogram<double>("tracegrains.recall.duration", "s", "Working out a recall: until every mark is in force");

    /// <summary>One wave of a recall over the shards.</summary>
    public static readonly Histogram<double> WaveDuration = meter.CreateHistogram<double>("tracegrains.recall.wave.duration", "s", "One wave of a recall over the shards");

    /// <summary>Attempts to deliver to webhooks, by <c>outcome</c>: delivered, refused, too_large, failed.</summary>
    public static readonly Counter<long> Deliveries = meter.CreateCounter<long>("tracegrains.subscription.deliveries", "{delivery}", "Attempts to deliver to webhooks, by outcome");

    /// <summary>Things asked about at gates, by <c>answer</c>: allowed, refused.</summary>
    public static readonly Counter<long> MoveQuestions = meter.CreateCounter<long>("tracegrains.moves.asked", "{thing}", "Things that gates asked about, by answer");

    /// <summary>Refusals given, by <c>outcome</c>: recorded, repeated (the same within some seconds), dropped (too many waited to be recorded).</summary>
    public static readonly Counter<long> MoveRefusals = meter.CreateCounter<long>("tracegrains.moves.refusals", "{refusal}", "Refusals given, by outcome of their record");

    /// <summary>Violations put on record.</summary>
    public static readonly Counter<long> Violations = meter.CreateCounter<long>("tracegrains.violations", "{violation}", "Violations put on record");

    static Instruments() => meter.CreateObservableGauge("tracegrains.shards.behind", () => Volatile.Read(ref EventsBehind), "{event}", "Events on record that the lineage shards have not got yet");
}
