namespace TraceGrains.Domain.Lineage;

/// <summary>
/// One thing that one event says about one entity, in the terms of the lineage index. Facts are what shards keep. Entities are referred to
/// by their place in the event's mentions, from 1, until the ledger has numbered them, and by their number afterwards; 0 is nobody.
/// </summary>
public abstract record Fact(int Node)
{
    /// <summary>The entity is named in these roles.</summary>
    public sealed record Named(int Node, Roles Roles) : Fact(Node);

    /// <summary>A derivation tie, kept at both ends: at <see cref="Fact.Node"/>, seen towards <paramref name="Other"/>.</summary>
    /// <param name="Node">The end that keeps it.</param>
    /// <param name="Other">The other end.</param>
    /// <param name="Kind"><see cref="EdgeKind.MadeOf"/> or <see cref="EdgeKind.MemberOf"/>.</param>
    /// <param name="Forward">Whether the other end lies forward (output, unit) of this one.</param>
    /// <param name="ToProcess">Whether the other end is a transformation process, which is no thing and no step of its own.</param>
    public sealed record Tie(int Node, int Other, EdgeKind Kind, bool Forward, bool ToProcess) : Fact(Node);

    /// <summary>That something was put in, seen in, or taken out of a container or asset; kept at both ends.</summary>
    /// <param name="Node">The end that keeps it.</param>
    /// <param name="Other">The other end; 0 at a container that was emptied of everything.</param>
    /// <param name="Kind"><see cref="EdgeKind.ContainedIn"/> or <see cref="EdgeKind.AttachedTo"/>.</param>
    /// <param name="AsContent">Whether <see cref="Fact.Node"/> is the content (or part), not the container (or asset).</param>
    /// <param name="Out">Taken out; else put or seen in.</param>
    /// <param name="IsAmount">The content is a class-level amount: it may lie in several containers at once.</param>
    /// <param name="Quantity">How much of it, in the base unit of its measure; null when the event does not say.</param>
    public sealed record Placed(int Node, int Other, EdgeKind Kind, bool AsContent, bool Out, bool IsAmount, decimal? Quantity) : Fact(Node);

    /// <summary>Who has it and where it is, as far as the event says (<see cref="Custody.CustodyStatement"/>), and what was done with it.</summary>
    /// <param name="Node">The thing.</param>
    /// <param name="Step">How the event bears on who has it.</param>
    /// <param name="Holder">The party that has it.</param>
    /// <param name="Consignee">The party it was sent to.</param>
    /// <param name="Place">Where it is.</param>
    /// <param name="Disposition">A CBV number, or minus the number of another term.</param>
    /// <param name="BizStep">The business step (<see cref="Holds.MoveSteps"/>); 0 for none, and for one that table does not know.</param>
    /// <param name="Ends">Whether the thing ends with the event: an ObjectEvent with the action DELETE.</param>
    public sealed record Position(int Node, Custody.CustodyStep Step, int Holder, int Consignee, int Place, int Disposition, byte BizStep = 0, bool Ends = false) : Fact(Node);

    /// <summary>A persistent disposition that keeps it from being moved on is set, or ends.</summary>
    /// <param name="Node">The thing.</param>
    /// <param name="Term">A CBV number, or minus the number of the term of a hold.</param>
    /// <param name="Set">Whether it is set.</param>
    public sealed record Blocked(int Node, int Term, bool Set) : Fact(Node);

    /// <summary>A date of a thing, or of everything of a lot.</summary>
    /// <param name="Node">The thing, or the lot.</param>
    /// <param name="Kind">What ends with it.</param>
    /// <param name="Until">The first moment after it, Unix milliseconds.</param>
    public sealed record Dated(int Node, Holds.DateKind Kind, long Until) : Fact(Node);

    /// <summary>An amount of a lot or product class came to (positive) or left (negative) an account.</summary>
    /// <param name="Node">The lot or class.</param>
    /// <param name="Account">A party, a place or a container; 0 where the event names none.</param>
    /// <param name="Kind">What sort of account.</param>
    /// <param name="Delta">In the base unit of its measure; null when the event does not say how much.</param>
    /// <param name="Uom">Base unit of measure, UN/ECE Recommendation 20; empty counts pieces.</param>
    public sealed record Held(int Node, int Account, AccountKind Kind, decimal? Delta, string Uom) : Fact(Node);

    /// <summary>A recall names it: as its scope, as reached, or as released.</summary>
    public sealed record Marked(int Node, int Recall, MarkKind Kind) : Fact(Node);

    /// <summary>A recall begins or is withdrawn; every shard learns of it.</summary>
    /// <param name="Node">The recall.</param>
    /// <param name="Active">Whether it begins.</param>
    /// <param name="Range">Serial numbers in its scope, those yet to come included; null when it has none.</param>
    public sealed record RecallStatus(int Node, bool Active, Recalls.SerialRange? Range) : Fact(Node);

    /// <summary>The effect of an earlier event is withdrawn by an error declaration; every shard learns of it. <see cref="Fact.Node"/> is 0.</summary>
    public sealed record Withdrawn(long Sequence) : Fact(0);
}

/// <summary>What holds an amount.</summary>
public enum AccountKind : byte
{
    /// <summary>A party, or a place where no party was named.</summary>
    Holder = 1,
    /// <summary>On the way to that party.</summary>
    InTransitTo = 2,
    /// <summary>Inside that container, wherever it is.</summary>
    Container = 3,
}

/// <summary>How a recall names a thing.</summary>
public enum MarkKind : byte
{
    /// <summary>The thing is the recall's scope, or part of it.</summary>
    Scope = 1,
    /// <summary>The thing is on record as reached.</summary>
    Reached = 2,
    /// <summary>The thing is on record as released.</summary>
    Released = 3,
}
