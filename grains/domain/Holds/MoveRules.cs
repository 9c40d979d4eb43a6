using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Holds;

/// <summary>Everything that bears on moving one thing: its own line, and those of its lots, its containers and its contents.</summary>
/// <param name="Node">The thing's entity number.</param>
/// <param name="Itself">Its own line.</param>
/// <param name="Others">The lines of the others, each with its number and how it bears on the thing. Of a lot, dates are left out that the unit has itself.</param>
public sealed record MoveFacts(int Node, MoveLine Itself, IReadOnlyList<(MoveRelation Relation, int Node, MoveLine Line)> Others);

/// <summary>
/// What may not be done with a thing, and why. A pure function of the step, the moment and what stands on record.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>reason</term><description>refuses</description></listheader>
/// <item><term>recalled, on hold</term><description>sending, offering, selling, using, filling</description></item>
/// <item><term>ended</term><description>the same</description></item>
/// <item><term>expired: expiration date, or called <c>expired</c></term><description>the same</description></item>
/// <item><term>expired: best-before or sell-by date</term><description>offering, selling</description></item>
/// <item><term>overdue</term><description>filling, selling, using</description></item>
/// <item><term>already sold</term><description>offering, selling</description></item>
/// <item><term>unknown</term><description>every step</description></item>
/// </list>
/// On any other step (<see cref="MoveClass.Staying"/>) goods stay or leave the market, and all of these are only told. What counts of whom:
/// <list type="bullet">
/// <item><description>of the thing itself and of everything in it, everything counts: a pallet with a recalled box in it is not recalled (I6), but may not be shipped as it is;</description></item>
/// <item><description>of its lot, holds and dates count, the dates only where the thing has none of its own; recalls reach the thing itself where they reach it at all;</description></item>
/// <item><description>of what it lies in, holds and what befell the container while it was inside count; a recall of the container does not (I6).</description></item>
/// </list>
/// </remarks>
public static class MoveRules
{
    /// <summary>Contents with one and the same reason that are told one by one; the others are counted.</summary>
    public const int ContentsTold = 10;

    /// <summary>
    /// What a step means together with the disposition it is taken with: sending goods off under one that leaves the market brings nothing on. Selling or using them does, whatever they are called.
    /// </summary>
    public static MoveClass ClassOf(MoveClass step, int disposition) => step == MoveClass.Sending && Blocks.LeavesMarket(disposition) ? MoveClass.Staying : step;

    /// <summary>Whether a reason refuses a class of steps.</summary>
    public static bool Refuses(MoveReasonKind kind, DateKind? date, MoveClass step) => kind switch
    {
        MoveReasonKind.Unknown => true,
        MoveReasonKind.Recalled or MoveReasonKind.OnHold or MoveReasonKind.Ended => step != MoveClass.Staying,
        MoveReasonKind.Expired => date is DateKind.BestBefore or DateKind.SellBy ? step is MoveClass.Offering or MoveClass.Selling : step != MoveClass.Staying,
        MoveReasonKind.Overdue => step is MoveClass.Filling or MoveClass.Selling or MoveClass.Using,
        MoveReasonKind.AlreadySold => step is MoveClass.Offering or MoveClass.Selling,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Every reason against moving a thing, those that refuse the step first.</summary>
    /// <param name="step">What kind of step.</param>
    /// <param name="at">When, Unix milliseconds.</param>
    /// <param name="facts">What bears on it; null for a code that no event has named as a thing.</param>
    public static MoveReason[] Decide(MoveClass step, long at, MoveFacts? facts)
    {
        if (facts is null) return [new() { Kind = MoveReasonKind.Unknown, Refuses = true }];
        var reasons = new List<MoveReason>();
        Judge(reasons, step, at, MoveRelation.Itself, facts.Node, facts.Itself);
        if (facts.Itself.SoldLater.Sequence != 0) Sold(reasons, step, MoveRelation.Itself, facts.Node, facts.Itself.SoldLater);
        foreach (var (relation, node, line) in facts.Others)
            switch (relation)
            {
                case MoveRelation.Lot:
                    Words(reasons, step, relation, node, line);
                    Dates(reasons, step, at, relation, node, line.Dates ?? []);
                    break;
                case MoveRelation.Container:
                    Words(reasons, step, relation, node, line);
                    States(reasons, step, relation, node, Inherited(line, facts.Itself));
                    break;
                case MoveRelation.Content:
                    Judge(reasons, step, at, relation, node, line);
                    break;
            }
        return [.. Gathered(reasons).OrderByDescending(reason => reason.Refuses).ThenBy(reason => reason.Kind).ThenBy(reason => reason.Relation)];
    }

    /// <summary>Whether a thing's own line alone refuses a step: what one shard can say without asking others.</summary>
    public static bool SpeaksAgainst(in MoveLine line, int step, long at)
    {
        if (line.Recalls is null && line.Blocks is null && line.Dates is null && line.Sold.Disposition == 0 && line.Ended.Disposition == 0 && line.SoldLater.Sequence == 0
            && Blocks.Of(line.Disposition.Disposition) == BlockKind.None) return false;
        return Decide(MoveSteps.ClassOf(step), at, new(0, line, [])).Any(reason => reason.Refuses);
    }

    static void Judge(List<MoveReason> reasons, MoveClass step, long at, MoveRelation relation, int node, in MoveLine line)
    {
        foreach (var recall in line.Recalls ?? []) Add(reasons, step, new() { Kind = MoveReasonKind.Recalled, Relation = relation, Node = node, Recall = recall });
        Words(reasons, step, relation, node, line);
        Dates(reasons, step, at, relation, node, line.Dates ?? []);
        States(reasons, step, relation, node, line);
    }

    static void Words(List<MoveReason> reasons, MoveClass step, MoveRelation relation, int node, in MoveLine line)
    {
        foreach (var word in line.Blocks ?? []) Say(reasons, step, relation, node, word, Blocks.Of(word.Disposition) is var kind and not BlockKind.None ? kind : BlockKind.Held);
    }

    static void Dates(List<MoveReason> reasons, MoveClass step, long at, MoveRelation relation, int node, DateWord[] dates)
    {
        foreach (var date in dates)
            if (at >= date.Until)
                Add(reasons, step, new()
                {
                    Kind = date.Kind == DateKind.NextInspection ? MoveReasonKind.Overdue : MoveReasonKind.Expired, Relation = relation, Node = node, Date = date.Kind, Since = date.Until, Sequence = date.Sequence,
                });
    }

    static void States(List<MoveReason> reasons, MoveClass step, MoveRelation relation, int node, in MoveLine line)
    {
        if (line.Sold.Disposition != 0) Sold(reasons, step, relation, node, line.Sold);
        if (line.Ended.Disposition != 0) Say(reasons, step, relation, node, line.Ended, BlockKind.Ended);
        var kind = Blocks.Of(line.Disposition.Disposition);
        if (kind is BlockKind.Held or BlockKind.Recalled or BlockKind.Expired) Say(reasons, step, relation, node, line.Disposition, kind);
    }

    static void Sold(List<MoveReason> reasons, MoveClass step, MoveRelation relation, int node, in StateWord word) => Say(reasons, step, relation, node, word, BlockKind.Sold);

    static void Say(List<MoveReason> reasons, MoveClass step, MoveRelation relation, int node, in StateWord word, BlockKind kind) => Add(reasons, step, new()
    {
        Kind = kind switch
        {
            BlockKind.Recalled => MoveReasonKind.Recalled,
            BlockKind.Expired => MoveReasonKind.Expired,
            BlockKind.Sold => MoveReasonKind.AlreadySold,
            BlockKind.Ended => MoveReasonKind.Ended,
            _ => MoveReasonKind.OnHold,
        },
        Relation = relation, Node = node, Disposition = word.Disposition, Since = word.Time, Sequence = word.Sequence,
    });

    static void Add(List<MoveReason> reasons, MoveClass step, MoveReason reason)
    {
        var told = reason with { Refuses = Refuses(reason.Kind, reason.Date, step) };
        // A disposition may be said twice, plain and persistent; once is enough.
        if (told.Relation == MoveRelation.Content || !reasons.Exists(known => known with { Since = told.Since, Sequence = told.Sequence } == told)) reasons.Add(told);
    }

    /// <summary>What befell a container counts for a content only where it is a later word than the content's own.</summary>
    static MoveLine Inherited(MoveLine container, in MoveLine own) => container with
    {
        Sold = container.Sold.IsLaterThan(own.Sold) ? container.Sold : default,
        Ended = container.Ended.IsLaterThan(own.Ended) ? container.Ended : default,
        Disposition = container.Disposition.IsLaterThan(own.Disposition) ? container.Disposition : default,
    };

    /// <summary>Contents with the same reason are told as a few and a count.</summary>
    static IEnumerable<MoveReason> Gathered(List<MoveReason> reasons)
    {
        foreach (var group in reasons.GroupBy(reason => (reason.Kind, reason.Relation, reason.Recall, reason.Disposition, reason.Date)))
        {
            var all = group.DistinctBy(reason => reason.Node).OrderBy(reason => reason.Node).ToList();
            if (group.Key.Relation != MoveRelation.Content || all.Count <= ContentsTold)
            {
                foreach (var reason in all) yield return reason;
                continue;
            }
            foreach (var reason in all.Take(ContentsTold - 1)) yield return reason;
            yield return all[ContentsTold - 1] with { Count = all.Count - ContentsTold + 1 };
        }
    }
}
