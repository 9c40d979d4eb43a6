using TraceGrains.Domain.Access;

namespace TraceGrains.Domain.Tests.Access;

public sealed class AccessPolicyTests
{
    [Fact]
    public void Every_role_has_an_answer_for_every_right()
    {
        foreach (var role in Enum.GetValues<Role>())
            foreach (var right in Enum.GetValues<Right>()) _ = AccessPolicy.Of(role, right);
    }

    [Fact]
    public void Nobody_in_particular_only_reads_what_is_public() =>
        Assert.Equal([Right.ReadPublic], Enum.GetValues<Right>().Where(right => AccessPolicy.Has(Role.Consumer, right)));

    [Fact]
    public void Who_audits_changes_nothing() =>
        Assert.All([Right.Capture, Right.Hold, Right.AnswerRecall, Right.RunRecall, Right.IssueSerials, Right.ManageKeys, Right.Share, Right.RegisterEnterprises, Right.Operate], right => Assert.False(AccessPolicy.Has(Role.Auditor, right)));

    [Fact]
    public void Who_runs_the_system_runs_no_recalls() => Assert.All([Right.RunRecall, Right.Hold, Right.AnswerRecall, Right.ReadAudit], right => Assert.False(AccessPolicy.Has(Role.Administrator, right)));

    [Theory]
    [InlineData(Role.Quality)]
    [InlineData(Role.DistrictRegulator)]
    public void A_role_without_its_enterprise_or_district_is_anybodys(Role role)
    {
        var nobody = new Caller { Role = role, Subject = "s" };
        Assert.All(Enum.GetValues<Right>(), right => Assert.True(AccessPolicy.Of(role, right) == Reach.All || nobody.Reach(right) == AccessPolicy.Of(Role.Consumer, right)));
    }

    [Fact]
    public void Names_of_roles_read_back()
    {
        foreach (var role in Enum.GetValues<Role>().Where(role => role is not (Role.Consumer or Role.Trusted))) Assert.Equal(role, RoleNames.Find(RoleNames.Of(role)));
        Assert.Null(RoleNames.Find("trusted"));
        Assert.Null(RoleNames.Find("consumer"));
        Assert.Null(RoleNames.Find(null));
    }
}
