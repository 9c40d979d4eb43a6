using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Holds;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Holds;

/// <summary>Puts codes and words in place of the numbers of reasons; what one question mentions is read together.</summary>
sealed class ReasonTeller(ILedger ledger)
{
    readonly Names names = new(ledger);

    public string this[int number] => names[number]!;

    public async ValueTask Load(IEnumerable<MoveReason> reasons, IEnumerable<int> others) =>
        await names.Load(reasons.SelectMany(reason => new[] { reason.Node, reason.Recall, -reason.Disposition }).Concat(others));

    public ToldReason Tell(MoveReason reason, string code) => new()
    {
        Kind = reason.Kind, Relation = reason.Relation, Code = reason.Node == 0 ? code : names[reason.Node]!, Count = reason.Count, Recall = names[reason.Recall],
        Disposition = names.Disposition(reason.Disposition), Date = reason.Date, Since = reason.Since is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
        Sequence = reason.Sequence == 0 ? null : reason.Sequence,
    };
}
