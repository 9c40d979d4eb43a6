using System.Globalization;

namespace TraceGrains.Domain.Recalls.Drills;

/// <summary>The five proofs of a drill.</summary>
static class DrillProofs
{
    public static DrillProofResult[] Of(DrillFacts facts, DrillScore score) =>
    [
        Timed(DrillProof.ForwardTrace, facts, facts.ForwardTracedAt, new("traced to those who have the goods", "已追踪到产品去向"), new("not traced to those who have the goods", "未追踪到产品去向")),
        Timed(DrillProof.BackwardTrace, facts, facts.BackwardTracedAt, new("traced to what the goods were made of", "已追溯到原料来源"), new("not traced to what the goods were made of", "未追溯到原料来源")),
        Balance(facts, score),
        score.TimeToNotified is { } all
            ? new(DrillProof.Communication, true, all, new($"all {facts.Holders} holders told", $"{facts.Holders}家持有单位全部通知"))
            : new(DrillProof.Communication, false, null, facts.Holders == 0 ? new("it was never known whom to tell", "未查明应通知的单位")
                : new($"{facts.NotifiedAt.Count} of {facts.Holders} holders told", $"{facts.Holders}家持有单位中通知{facts.NotifiedAt.Count}家")),
        Timed(DrillProof.CorrectiveAction, facts, facts.CorrectedAt, new("what is to be done better is on record", "已记录整改措施"), new("nothing on record of what is to be done better", "未记录整改措施")),
    ];

    static DrillProofResult Balance(DrillFacts facts, DrillScore score)
    {
        if (score.ReconciledPercent is not { } percent || facts.BalancedAt is not { } at) return new(DrillProof.MassBalance, false, null, new("amounts were not balanced", "未进行数量平衡"));
        // What a balance proves is where everything is: found or named as missing. How good it has to be is the scheme's to say.
        var text = percent.ToString("0.##", CultureInfo.InvariantCulture);
        return new(DrillProof.MassBalance, true, at - facts.StartedAt, new($"amounts balanced to {text} %", $"数量平衡率{text}%"));
    }

    static DrillProofResult Timed(DrillProof proof, DrillFacts facts, DateTimeOffset? at, LocalText done, LocalText notDone) =>
        at is { } then ? new(proof, true, then - facts.StartedAt, done) : new(proof, false, null, notDone);
}
