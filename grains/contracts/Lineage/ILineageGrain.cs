using TraceGrains.Domain.Lineage;

namespace TraceGrains.Contracts.Lineage;

/// <summary>Answers questions about many things by walking the shards. Stateless. A walk that nobody waits for any longer ends before its next step.</summary>
[Alias("tg.ILineageGrain")]
public interface ILineageGrain : IGrainWithIntegerKey
{
    /// <summary>Walks from a thing. Null when no event has named the code.</summary>
    [Alias("Trace")]
    [ResponseTimeout("00:02:00")]
    Task<TraceAnswer?> Trace(TraceRequest request, CancellationToken stop = default);

    /// <summary>A shortest run of steps between two things in a trace; null when there is none.</summary>
    [Alias("Path")]
    [ResponseTimeout("00:02:00")]
    Task<PathStep[]?> Path(TraceRequest request, string item, CancellationToken stop = default);

    /// <summary>The things directly tied to one: a step in the asked direction, processes skipped.</summary>
    [Alias("Neighbours")]
    Task<PathStep[]> Neighbours(TraceRequest request, CancellationToken stop = default);

    /// <summary>Where a thing stands, its containers considered. Null when no event has named the code.</summary>
    [Alias("State")]
    Task<EntityState?> State(string code, DateTimeOffset? asOf, CancellationToken stop = default);

    /// <summary>With whom and where each thing is now, or is on its way to; of a lot, everybody who has some of it. Parties and places; none where nothing is known. In the order asked.</summary>
    [Alias("Keepers")]
    Task<string[][]> Keepers([Immutable] string[] codes);
}

/// <summary>What to trace.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.TraceRequest")]
public sealed record TraceRequest
{
    /// <summary>Canonical code of the start.</summary>
    [Id(0)] public required string Code { get; init; }
    /// <summary>Which way.</summary>
    [Id(1)] public TraceDirection Direction { get; init; } = TraceDirection.Forward;
    /// <summary>Along what.</summary>
    [Id(2)] public EdgeKind Follow { get; init; } = EdgeKind.All;
    /// <summary>How many steps at most; null for all.</summary>
    [Id(3)] public int? Depth { get; init; }
    /// <summary>Only what was on record at this time; null for now.</summary>
    [Id(4)] public DateTimeOffset? AsOf { get; init; }
    /// <summary>How many items to list (0 to 10,000).</summary>
    [Id(5)] public int First { get; init; } = 100;
    /// <summary>List items after this cursor; null from the start.</summary>
    [Id(6)] public string? After { get; init; }
    /// <summary>List only items that this holder (canonical code) has; null for all.</summary>
    [Id(7)] public string? Holder { get; init; }
}

/// <summary>What a trace found.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.TraceAnswer")]
public sealed class TraceAnswer
{
    /// <summary>How many things were reached, the start left out.</summary>
    [Id(0)] public int Total { get; set; }
    /// <summary>How many of them were first reached at each distance, from 1.</summary>
    [Id(1)] public int[] Levels { get; set; } = [];
    /// <summary>Whether the asked depth ended the walk while it could have gone on.</summary>
    [Id(2)] public bool IsCut { get; set; }
    /// <summary>Who has them, most first.</summary>
    [Id(3)] public HolderGroup[] Holders { get; set; } = [];
    /// <summary>A page of the things, in the order in which the ledger first heard of them.</summary>
    [Id(4)] public TracedItem[] Items { get; set; } = [];
    /// <summary>Where the next page starts; null at the end.</summary>
    [Id(5)] public string? Next { get; set; }
    /// <summary>The ledger sequence up to which the answer holds.</summary>
    [Id(6)] public long AsOfSequence { get; set; }
}

/// <summary>Things that one holder has.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.HolderGroup")]
public sealed class HolderGroup
{
    /// <summary>The party that has them (or the place, where no event named a party); null when unknown.</summary>
    [Id(0)] public string? Holder { get; set; }
    /// <summary>How many.</summary>
    [Id(1)] public int Count { get; set; }
    /// <summary>How they stand there, most first.</summary>
    [Id(2)] public StandingGroup[] Standings { get; set; } = [];
}

/// <summary>Things of one holder that stand alike.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.StandingGroup")]
public sealed class StandingGroup
{
    /// <summary>The party they are on the way to; null when they are not on the way.</summary>
    [Id(0)] public string? Consignee { get; set; }
    /// <summary>Where they are or were last seen.</summary>
    [Id(1)] public string? Location { get; set; }
    /// <summary>Their disposition.</summary>
    [Id(2)] public string? Disposition { get; set; }
    /// <summary>How many.</summary>
    [Id(3)] public int Count { get; set; }
}

/// <summary>One thing of a trace.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.TracedItem")]
public sealed class TracedItem
{
    /// <summary>Canonical code.</summary>
    [Id(0)] public string Code { get; set; } = "";
    /// <summary>The party that has it.</summary>
    [Id(1)] public string? Holder { get; set; }
    /// <summary>The party it is on the way to.</summary>
    [Id(2)] public string? Consignee { get; set; }
    /// <summary>Where it is or was last seen.</summary>
    [Id(3)] public string? Location { get; set; }
    /// <summary>Its disposition.</summary>
    [Id(4)] public string? Disposition { get; set; }
    /// <summary>Recalls in force on it.</summary>
    [Id(5)] public string[] Recalls { get; set; } = [];
    /// <summary>Cursor of this item.</summary>
    [Id(6)] public string Cursor { get; set; } = "";
}

/// <summary>One step between two things.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.PathStep")]
public sealed class PathStep
{
    /// <summary>Canonical code of the thing it starts from.</summary>
    [Id(0)] public string From { get; set; } = "";
    /// <summary>Canonical code of the thing it leads to.</summary>
    [Id(1)] public string To { get; set; } = "";
    /// <summary>Along what.</summary>
    [Id(2)] public EdgeKind Kind { get; set; }
    /// <summary>Ledger sequence of the event that says so.</summary>
    [Id(3)] public long Sequence { get; set; }
    /// <summary>For a placement: since when.</summary>
    [Id(4)] public DateTimeOffset? Since { get; set; }
    /// <summary>For a placement: until when; null while it lasts.</summary>
    [Id(5)] public DateTimeOffset? Until { get; set; }
}

/// <summary>Where a thing stands now.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.EntityState")]
public sealed class EntityState
{
    /// <summary>As what events have named it.</summary>
    [Id(0)] public Roles Roles { get; set; }
    /// <summary>The party that has it (or the place, where no event named a party).</summary>
    [Id(1)] public string? Holder { get; set; }
    /// <summary>The party it is on the way to.</summary>
    [Id(2)] public string? Consignee { get; set; }
    /// <summary>Where it is or was last seen.</summary>
    [Id(3)] public string? Location { get; set; }
    /// <summary>Its disposition.</summary>
    [Id(4)] public string? Disposition { get; set; }
    /// <summary>The containers it is in now, innermost first.</summary>
    [Id(5)] public string[] Containers { get; set; } = [];
    /// <summary>The asset it is attached to now.</summary>
    [Id(6)] public string? AttachedTo { get; set; }
    /// <summary>Recalls in force on it.</summary>
    [Id(7)] public string[] Recalls { get; set; } = [];
    /// <summary>For a lot or product class: who holds how much.</summary>
    [Id(8)] public HeldAmount[] Holdings { get; set; } = [];
    /// <summary>The entity's number in the ledger.</summary>
    [Id(9)] public int Number { get; set; }
}

/// <summary>How much of a lot somebody holds.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.HeldAmount")]
public sealed class HeldAmount
{
    /// <summary>The party, place or container; null where no event named one.</summary>
    [Id(0)] public string? Account { get; set; }
    /// <summary>What sort of account.</summary>
    [Id(1)] public AccountKind Kind { get; set; }
    /// <summary>How much, in the base unit; null where some event did not say.</summary>
    [Id(2)] public decimal? Quantity { get; set; }
    /// <summary>Base unit of measure; null counts pieces.</summary>
    [Id(3)] public string? Uom { get; set; }
}
