using Orleans.Concurrency;
using TraceGrains.Domain.Holds;

namespace TraceGrains.Contracts.Holds;

/// <summary>Says whether things may be moved, for tills, warehouse gates, filling stations and dispensing. Stateless; any number work side by side.</summary>
[Alias("tg.IGateGrain")]
public interface IGateGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Whether a step may be taken with each of some things, in the order asked. Sees every event whose capture was acknowledged before the question. Every refusal is recorded, soon after.
    /// </summary>
    [Alias("MayMove")] Task<MoveAnswer[]> MayMove([Immutable] MoveQuestion question);
}

/// <summary>A question about a step.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.MoveQuestion")]
public sealed class MoveQuestion
{
    /// <summary>Things asked about in one question at most.</summary>
    public const int CodesMax = 100;

    /// <summary>Canonical codes.</summary>
    [Id(0)] public string[] Codes { get; set; } = [];
    /// <summary>The business step: a bare CBV word, or the URI of another.</summary>
    [Id(1)] public string Step { get; set; } = "";
    /// <summary>The disposition with which it is to be taken: sent off under one that leaves the market, goods may go; null when none is told.</summary>
    [Id(2)] public string? Disposition { get; set; }
    /// <summary>When it is to be taken; null for now.</summary>
    [Id(3)] public DateTimeOffset? At { get; set; }
    /// <summary>Canonical code of the gate or till, for the record; null when it does not say.</summary>
    [Id(4)] public string? Location { get; set; }
}

/// <summary>Whether a thing may be moved.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.MoveAnswer")]
public sealed class MoveAnswer
{
    /// <summary>Canonical code.</summary>
    [Id(0)] public string Code { get; set; } = "";
    /// <summary>Whether the step may be taken.</summary>
    [Id(1)] public bool Allowed { get; set; }
    /// <summary>Why not; empty when it may.</summary>
    [Id(2)] public ToldReason[] Reasons { get; set; } = [];
    /// <summary>What stands against the thing, but does not refuse this step.</summary>
    [Id(3)] public ToldReason[] Cautions { get; set; } = [];
    /// <summary>The moment for which this holds.</summary>
    [Id(4)] public DateTimeOffset At { get; set; }
}

/// <summary>Puts refusals on record, in the background. One in each silo.</summary>
[Alias("tg.IRefusalRecorderGrain")]
public interface IRefusalRecorderGrain : IGrainWithIntegerKey
{
    /// <summary>Takes refusals; does not wait.</summary>
    [Alias("Record")]
    [OneWay]
    Task Record([Immutable] RefusedMove[] refused);
}
