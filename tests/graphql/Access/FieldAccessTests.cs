using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.GraphQL.Tests.Access;

/// <summary>Who may ask for what: every entry of the schema for every role, as one table that somebody reads when it changes.</summary>
public sealed class FieldAccessTests
{
    static readonly (Role Role, char Letter)[] columns =
    [
        (Role.Consumer, 'c'), (Role.Device, 'd'), (Role.Reporter, 'r'), (Role.Quality, 'q'), (Role.EnterpriseAdmin, 'e'), (Role.DistrictRegulator, 'D'), (Role.CityRegulator, 'C'),
        (Role.Administrator, 'A'), (Role.Auditor, 'U'),
    ];

    [Fact]
    public async Task Every_entry_of_the_schema_is_for_whom_the_table_says()
    {
        await using var surface = await Surface.Start();
        var schema = surface.Services.GetRequiredService<ISchema>();
        schema.Initialize();
        var table = string.Join('\n', new[] { schema.Query, schema.Mutation!, schema.Subscription! }.SelectMany(root => root.Fields.Select(field => (Name: $"{root.Name}.{field.Name}", Rule: FieldAccess.Of(root.Name, field.Name))))
            .GroupBy(one => string.Concat(columns.Where(column => CallerOf(column.Role).Reach(one.Rule.Right) >= one.Rule.Least).Select(column => column.Letter)))
            .OrderByDescending(group => group.Key.Length).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}: {string.Join(' ', group.Select(one => one.Name).Order(StringComparer.Ordinal))}"));
        Assert.Equal(Expected.ReplaceLineEndings("\n"), table);
    }

    [Theory]
    [InlineData(Role.Consumer, "UNAUTHENTICATED")]
    [InlineData(Role.Auditor, "FORBIDDEN")]
    [InlineData(Role.Administrator, "FORBIDDEN")]
    public async Task Who_has_no_right_to_recall_is_told_so_and_nothing_is_asked_of_anybody(Role role, string code)
    {
        await using var surface = await Surface.Start();
        surface.Caller = CallerOf(role);
        var error = await surface.Error("""mutation { issueRecall(input: { scope: { code: "urn:ex:lot" }, reason: "r", class: I }) { recall { id } } }""");
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Empty(surface.Grains.Asked);
    }

    static Caller CallerOf(Role role) => new() { Role = role, Subject = "s", Party = RoleNames.IsOfEnterprise(role) ? "urn:mine:party" : null, District = role == Role.DistrictRegulator ? "500103" : null };

    const string Expected = """
        cdrqeDCAU: Query.batch Query.consistencyProof Query.device Query.effectivenessQuestions Query.enterprise Query.entity Query.event Query.identify Query.inclusionProof Query.node Query.nodes Query.recall Query.recallRegimes Query.recalls Query.treeHead Query.treeKeys Query.unit Subscription.recallProgress
        drqeDCA: Query.mayMove Query.mayMoveAll
        rqeDCAU: Query.grants Query.hold Query.masterData Query.masterDataHistory Query.registration Query.trace Subscription.custodyEvents
        qeDCAU: Query.commonSources Query.massBalance Query.recallCase Query.recallCases Query.recallInbox Query.recallPreview Query.violations Subscription.recallCaseProgress Subscription.violations
        DCAU: Query.drillTrend Query.masterDataList Query.transformationBalance
        qeDC: Mutation.acknowledgeRecall Mutation.answerRecall Mutation.passOnRecalledGoods Mutation.placeHold Mutation.releaseHold
        CAU: Query.tokenRevocations
        qDC: Mutation.addCaseEvidence Mutation.agreeCaseTime Mutation.announceRecall Mutation.assessRecallCase Mutation.commitCaseDraw Mutation.completeRecallCase Mutation.drawCaseChecks Mutation.issueRecallCase Mutation.makeAnswerLink Mutation.narrowRecallCase Mutation.openRecallCase Mutation.recordCaseCheck Mutation.rescopeRecallCase Mutation.signCaseEntry Mutation.submitCaseReport Mutation.terminateRecallCase Mutation.widenRecallCase Mutation.withdrawRecallCase
        CA: Mutation.registerEnterprise
        DC: Mutation.issueRecall Mutation.withdrawRecall
        eA: Mutation.createApiKey Mutation.revokeApiKey Mutation.rotateApiKey Query.apiKeys
        A: Mutation.erasePerson Mutation.revokeToken Mutation.revokeTokensOf
        U: Query.auditLog Query.verifyAuditLog
        e: Mutation.revokeShare Mutation.share
        """;
}
