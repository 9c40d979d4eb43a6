namespace TraceGrains.Contracts.Costs;

/// <summary>What answering takes, in the two things that cost: reading the ledger and asking lineage shards.</summary>
/// <param name="LedgerRows">Rows read from the ledger: events, links of chains, codes and their numbers, one each.</param>
/// <param name="ShardMessages">Questions sent to lineage shards.</param>
[GenerateSerializer]
[Immutable]
[Alias("tg.OperationCost")]
public readonly record struct OperationCost([property: Id(0)] long LedgerRows, [property: Id(1)] long ShardMessages)
{
    /// <summary>Whether either is more than a limit allows.</summary>
    public bool Exceeds(OperationCost limit) => LedgerRows > limit.LedgerRows || ShardMessages > limit.ShardMessages;
}
