using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL.Access;

/// <summary>What of a field's value is kept from some callers.</summary>
enum Secret
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The codes of parties and places of which the caller may not hear.</summary>
    Party,
    /// <summary>The codes of things of which the caller may not hear.</summary>
    Thing,
    /// <summary>What an event says beyond its public form.</summary>
    Event,
    /// <summary>Common sources that are parties or places of which the caller may not hear.</summary>
    SourceParties,
    /// <summary>Common sources that are things of which the caller may not hear.</summary>
    SourceThings,
}

/// <summary>Who may ask for a field.</summary>
/// <param name="Right">The right it takes.</param>
/// <param name="Least">How far that has to go.</param>
/// <param name="Secret">What of its value is kept back all the same.</param>
/// <param name="Own">Of callers whose right goes as far as their own enterprise: what among the arguments has to be the enterprise's own.</param>
readonly record struct FieldRule(Right Right, Reach Least = Reach.Own, Secret Secret = Secret.None, OwnCheck Own = OwnCheck.None);

/// <summary>
/// The rule of every field of the schema. A type's rule holds for each of its fields that has none of its own; a field without any keeps the schema from being built, so that nothing is open by being forgotten.
/// </summary>
static class FieldAccess
{
    const Reach District = Reach.District;

    static readonly Dictionary<string, FieldRule> types = [];
    static readonly Dictionary<string, FieldRule> fields = [];

    static FieldAccess()
    {
        Types(new(Right.ReadPublic), "Chain ChainLink ChainVerdict CheckQuestion CodeCandidate CodePart CodeProblem CodeReading ConsistencyProof CustodyEvent District Entity Event InclusionProof MasterAttribute "
            + "MasterRecord Node PageInfo Query Recall RecallRegime RecallScope Refusal RegimeClock ScopeVersion SerialRange TreeHead TreeKey");
        Types(new(Right.ReadCustody), "HolderGroup Holding ItemPage Neighbour PathStep StandingGroup Subscription Trace TracedItem");
        Types(new(Right.AskMove), "MoveReason MoveVerdict");
        Types(new(Right.ReadCustody), "Hold HoldPayload");
        Types(new(Right.Supervise), "Violation ViolationFinding ViolationPage");
        Types(new(Right.Weigh), "Balance BalanceDiscrepancy CommonSource CommonSources CustodyGap FateCount ImpactGroup LotAmount MassBalance PartyAmount RecallPreview");
        Types(new(Right.Weigh, District), "ProcessAmount TransformationBalance");
        Types(new(Right.ReadRecallCase), "AnswerLinkPayload CaseActor CaseGoods CaseParty CasePartyPage LotHeld Obligation OutcomeCount RecallCase RecallCasePage RecallCasePayload RecallInboxItem");
        Types(new(Right.ReadRecallCase, District), "CaseChecks CaseEntry CaseEntryPage DrillMeasure DrillSchemeTrend DrillTrend RecallDrill RecallDrillProof RecallDrillScheme RecallPayload TierChecks");
        Types(new(Right.RunRecall, Own: OwnCheck.Case), "Mutation");
        Types(new(Right.ReadCustody), "EnterpriseRegistration SharingGrant SharingGrants");
        Types(new(Right.ManageKeys), "ApiKey ApiKeyPayload");
        Types(new(Right.ReadAudit), "AuditLogEntry AuditLogPage AuditLogVerdict");
        Types(new(Right.ReadCustody, Reach.All), "TokenRevocation TokenRevocationPage TokenRevocationPayload");

        Fields(new(Right.ReadCustody), "Query.trace Query.hold Query.masterData Query.masterDataHistory Recall.items Recall.holders Recall.reached Recall.onRecord Recall.waves Recall.waveMilliseconds Entity.children "
            + "Entity.parents Entity.holdings Event.corrections");
        Fields(new(Right.Supervise), "Query.violations Subscription.violations");
        Fields(new(Right.Supervise, District), "Query.masterDataList");
        Fields(new(Right.Weigh, District), "Query.transformationBalance Recall.balance RecallPreview.balance RecallScope.query ScopeVersion.query");
        Fields(new(Right.Weigh, Own: OwnCheck.Scope), "Query.recallPreview");
        Fields(new(Right.Weigh, Own: OwnCheck.Handled), "Query.commonSources");
        Fields(new(Right.Weigh, Own: OwnCheck.Code), "Query.massBalance");
        Fields(new(Right.AskMove), "Query.mayMove Query.mayMoveAll");
        Fields(new(Right.ReadRecallCase), "Query.recallCase Query.recallCases Subscription.recallCaseProgress");
        Fields(new(Right.ReadRecallCase, Own: OwnCheck.Party), "Query.recallInbox");
        Fields(new(Right.ReadRecallCase, District), "Query.drillTrend RecallCase.entries RecallCase.checks RecallCase.drill RecallCase.source RecallCase.scope");
        Fields(new(Right.ReadRecallCase, District), "Obligation.draft");
        Fields(new(Right.ReadPublic), "Subscription.recallProgress");
        Fields(new(Right.AnswerRecall, Own: OwnCheck.Answer), "Mutation.acknowledgeRecall Mutation.answerRecall Mutation.passOnRecalledGoods");
        Fields(new(Right.RunRecall, District, Own: OwnCheck.IssueRecall), "Mutation.issueRecall");
        Fields(new(Right.RunRecall, District, Own: OwnCheck.Recall), "Mutation.withdrawRecall");
        Fields(new(Right.RunRecall, Own: OwnCheck.CaseParty), "Mutation.makeAnswerLink Mutation.recordCaseCheck");
        Fields(new(Right.RunRecall, Own: OwnCheck.OpenCase), "Mutation.openRecallCase");
        Fields(new(Right.Hold, Own: OwnCheck.PlaceHold), "Mutation.placeHold");
        Fields(new(Right.Hold, Own: OwnCheck.ReleaseHold), "Mutation.releaseHold");
        Fields(new(Right.ReadAudit), "Query.auditLog Query.verifyAuditLog");
        Fields(new(Right.ReadCustody, Reach.All), "Query.tokenRevocations");
        Fields(new(Right.ManageKeys, Reach.All), "Mutation.revokeToken Mutation.revokeTokensOf");
        Fields(new(Right.ManageKeys), "Query.apiKeys Mutation.createApiKey Mutation.rotateApiKey Mutation.revokeApiKey");
        Fields(new(Right.RegisterEnterprises, District), "Mutation.registerEnterprise");
        Fields(new(Right.ReadCustody, Own: OwnCheck.Party), "Query.grants Query.registration");
        Fields(new(Right.Operate, Reach.All), "Mutation.erasePerson");
        Fields(new(Right.Share), "Mutation.share Mutation.revokeShare");

        Keep(Secret.Party, "Entity.holder Entity.consignee Entity.location TracedItem.holder TracedItem.consignee TracedItem.location StandingGroup.consignee StandingGroup.location CustodyGap.consignee "
            + "BalanceDiscrepancy.party CaseActor.party TierChecks.drawn");
        Keep(Secret.Thing, "Entity.container Entity.containers Entity.attachedTo Neighbour.code PathStep.from PathStep.to TracedItem.code LotHeld.lot ViolationFinding.things Hold.codes MoveReason.code MasterRecord.children");
        Keep(Secret.SourceThings, "CommonSources.things");
        Keep(Secret.SourceParties, "CommonSources.holders");
        Keep(Secret.Event, "Event.json Event.readPoint Event.bizLocation");
    }

    /// <summary>The rule of a field.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static FieldRule Of(string type, string field) =>
        fields.TryGetValue($"{type}.{field}", out var own) ? own
        : types.TryGetValue(type, out var all) ? all
        : throw new InvalidOperationException($"{type}.{field}: expected a rule who may ask for it, found none");

    static void Types(FieldRule rule, string names)
    {
        foreach (var name in names.Split(' ')) types.Add(name, rule);
    }

    static void Fields(FieldRule rule, string names)
    {
        foreach (var name in names.Split(' ')) fields.Add(name, rule);
    }

    static void Keep(Secret secret, string names)
    {
        foreach (var name in names.Split(' ')) fields[name] = Of(name[..name.IndexOf('.', StringComparison.Ordinal)], name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]) with { Secret = secret };
    }
}
