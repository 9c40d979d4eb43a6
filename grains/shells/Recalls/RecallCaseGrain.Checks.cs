using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Drills;
using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Grains.Recalls;

/// <summary>Effectiveness checks and the score of drills: both worked out from the file.</summary>
sealed partial class RecallCaseGrain
{
    /// <summary>The attribute by which master data of a party says where it stands in the chain: <c>wholesale</c>, <c>retail</c> or <c>consumer</c>.</summary>
    const string TierAttribute = "urn:tracegrains:voc:tier";

    /// <summary>Whoever draws gives the seed; who is drawn is worked out here, among all parties that were told.</summary>
    async Task<(CaseEntry Entry, CaseProblem? Problem)> Complete(CaseEntry entry)
    {
        if (entry is not CaseEntry.Drawn { Tiers: [] } asked || file is null || !DrawSeed.IsHex(asked.Seed)) return (entry, null);
        var consignees = new List<Consignee>();
        foreach (var chunk in file.Parties.Values.Where(party => party.NotifiedAt is not null).Select(party => party.Party).Chunk(50))
            consignees.AddRange(await Task.WhenAll(chunk.Select(async party => new Consignee(party, await TierOf(party)))));
        var (drawn, problem) = CaseChecks.Draw(file, asked.Seed, consignees);
        return (drawn ?? entry, problem);
    }

    async Task<RecallDepth> TierOf(string party)
    {
        foreach (var record in await GrainFactory.GetGrain<IMasterDataGrain>(0).Of(party, null))
            foreach (var (id, value) in record.AttributeIds.Zip(record.AttributeValues))
                if (id == TierAttribute && Enum.TryParse<RecallDepth>(value, ignoreCase: true, out var tier) && Enum.IsDefined(tier)) return tier;
        return RecallDepth.Retail;
    }

    public async Task<ChecksView?> Checks()
    {
        await ReadOn();
        if (file is null) return null;
        if (CaseChecks.Waiting(file) is { } waiting) return new() { Level = waiting.Level, Percent = waiting.Percent, Commitment = waiting.Commitment };
        if (CaseChecks.Of(file) is not var (draw, rates)) return null;
        return new()
        {
            Level = draw.Plan.Level, Percent = draw.Plan.Percent, Commitment = draw.Commitment, Seed = draw.Seed,
            Tiers = [.. draw.Tiers.Zip(rates).Select(pair => new TierCheckView
            {
                Tier = pair.First.Tier, Listed = pair.First.Listed, ListHash = pair.First.ListHash, Drawn = pair.First.Drawn, Checked = pair.Second.Checked, Reached = pair.Second.Reached,
                Notified = pair.Second.Notified, Acted = pair.Second.Acted, Effective = pair.Second.Effective, Lower = pair.Second.Interval.Lower, Upper = pair.Second.Interval.Upper,
            })],
        };
    }

    public async Task<DrillView?> Drill()
    {
        await ReadOn();
        if (file is not { Mode: CaseMode.Drill, Scope: { } scope }) return null;
        var balances = file.CompletedAt is null ? [] : (await GrainFactory.GetGrain<IMassBalanceGrain>(0).OfScope(new() { Scope = scope })).Balances;
        var quantities = balances.GroupBy(balance => balance.Uom ?? "EA").Select(unit => new DrillQuantity(unit.Key, unit.Sum(balance => balance.Produced + balance.Opening), Math.Max(0, unit.Sum(balance => balance.Produced + balance.Opening - balance.Unaccounted)))).ToList();
        return CaseDrill.ScoreOf(file, quantities) is not { } score ? null : new()
        {
            StartedAt = score.StartedAt, MinutesToScope = score.TimeToScope?.TotalMinutes, MinutesToNotified = score.TimeToNotified?.TotalMinutes, NotifiedPercent = score.NotifiedPercent,
            AcknowledgedAt2h = score.AcknowledgedAt2h, AcknowledgedAt4h = score.AcknowledgedAt4h, ReconciledPercent = score.ReconciledPercent,
            Proofs = [.. score.Proofs.Select(proof => new DrillProofView { Proof = proof.Proof, IsProven = proof.IsProven, WhyEn = proof.Why.En, WhyZh = proof.Why.Zh })],
            Schemes = [.. score.Schemes.Select(scheme => new DrillSchemeView { Scheme = scheme.Scheme, Trust = scheme.Trust, Passed = scheme.Passed, Failures = [.. scheme.Failures.Select(failure => failure.En)] })],
        };
    }
}
