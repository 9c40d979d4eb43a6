using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Tests.Holds;

public sealed class MoveRulesTests
{
    [Theory]
    [InlineData(MoveReasonKind.Recalled, null, "send offer sell use fill")]
    [InlineData(MoveReasonKind.OnHold, null, "send offer sell use fill")]
    [InlineData(MoveReasonKind.Ended, null, "send offer sell use fill")]
    [InlineData(MoveReasonKind.Expired, null, "send offer sell use fill")]
    [InlineData(MoveReasonKind.Expired, DateKind.Expiration, "send offer sell use fill")]
    [InlineData(MoveReasonKind.Expired, DateKind.BestBefore, "offer sell")]
    [InlineData(MoveReasonKind.Expired, DateKind.SellBy, "offer sell")]
    [InlineData(MoveReasonKind.Overdue, DateKind.NextInspection, "sell use fill")]
    [InlineData(MoveReasonKind.AlreadySold, null, "offer sell")]
    [InlineData(MoveReasonKind.Unknown, null, "stay send offer sell use fill")]
    public void Each_reason_refuses_the_steps_of_its_row(MoveReasonKind kind, DateKind? date, string refused)
    {
        string[] words = ["stay", "send", "offer", "sell", "use", "fill"];
        Assert.Equal(refused, string.Join(' ', Enum.GetValues<MoveClass>().Where(step => MoveRules.Refuses(kind, date, step)).Select(step => words[(int)step])));
    }

    [Theory]
    [InlineData("receiving", MoveClass.Staying)]
    [InlineData("destroying", MoveClass.Staying)]
    [InlineData("urn:epcglobal:cbv:bizstep:holding", MoveClass.Staying)]
    [InlineData("tg:return", MoveClass.Staying)]
    [InlineData("https://ref.gs1.org/cbv/BizStep-shipping", MoveClass.Sending)]
    [InlineData("stocking", MoveClass.Offering)]
    [InlineData("dispensing", MoveClass.Selling)]
    [InlineData("urn:tracegrains:voc:fill", MoveClass.Filling)]
    [InlineData("tg:input_use", MoveClass.Using)]
    [InlineData("https://example.org/steps/export", MoveClass.Sending)]
    public void A_step_is_known_in_any_spelling_and_one_of_somebodys_own_counts_as_sending(string text, MoveClass expected)
    {
        Assert.True(MoveSteps.TryRead(text, out var step));
        Assert.Equal(expected, MoveSteps.ClassOf(step));
    }

    [Theory]
    [InlineData("selling")]
    [InlineData("")]
    [InlineData("urn:epcglobal:cbv:bizstep:vending")]
    public void What_is_no_step_is_refused(string text) => Assert.False(MoveSteps.TryRead(text, out _));

    [Fact]
    public void Every_step_of_the_CBV_has_a_number_that_stays()
    {
        Assert.Equal(48, MoveSteps.All.Count());
        Assert.Equal((byte)33, MoveSteps.IndexOf("shipping"));
        Assert.Equal((byte)48, MoveSteps.IndexOf(MoveSteps.Consume));
        Assert.All(MoveSteps.All, word => Assert.Equal(word, MoveSteps.WordOf(MoveSteps.IndexOf(word))));
    }

    [Fact]
    public void Goods_sent_off_under_a_disposition_that_leaves_the_market_may_go_but_not_sold_or_blasted()
    {
        Assert.Equal(MoveClass.Staying, MoveRules.ClassOf(MoveClass.Sending, Dispositions.IndexOf("returned")));
        Assert.All([MoveClass.Offering, MoveClass.Selling, MoveClass.Using, MoveClass.Filling], step => Assert.Equal(step, MoveRules.ClassOf(step, Dispositions.IndexOf("destroyed"))));
        Assert.All(["returned", "recalled", "expired", "damaged", "destroyed", "disposed", "stolen"], word => Assert.True(Blocks.LeavesMarket(Dispositions.IndexOf(word))));
        Assert.All(["in_transit", "retail_sold", "dispensed", "sellable_accessible"], word => Assert.False(Blocks.LeavesMarket(Dispositions.IndexOf(word))));
    }

    [Fact]
    public void Of_a_thousand_recalled_contents_ten_are_told_and_all_are_counted()
    {
        var contents = Enumerable.Range(2, 1_000).Select(node => (MoveRelation.Content, node, new MoveLine { Roles = Roles.Instance, Recalls = [7] }));
        var reasons = MoveRules.Decide(MoveClass.Sending, 0, new(1, new() { Roles = Roles.Instance }, [.. contents]));
        Assert.Equal(10, reasons.Length);
        Assert.Equal(1_000, reasons.Sum(reason => reason.Count));
        Assert.All(reasons, reason => Assert.Equal((MoveReasonKind.Recalled, MoveRelation.Content, 7), (reason.Kind, reason.Relation, reason.Recall)));
    }

    [Fact]
    public void A_unit_in_a_recalled_container_is_not_recalled_but_one_in_a_held_container_is_held()
    {
        var (unit, crate) = (new MoveLine { Roles = Roles.Instance }, new MoveLine { Roles = Roles.Instance, Recalls = [7] });
        Assert.Empty(MoveRules.Decide(MoveClass.Sending, 0, new(1, unit, [(MoveRelation.Container, 2, crate)])));
        crate.Blocks = [new() { Sequence = 3, Disposition = -9 }];
        Assert.Equal((MoveReasonKind.OnHold, MoveRelation.Container, true), Of(Assert.Single(MoveRules.Decide(MoveClass.Sending, 0, new(1, unit, [(MoveRelation.Container, 2, crate)])))));

        static (MoveReasonKind, MoveRelation, bool) Of(MoveReason reason) => (reason.Kind, reason.Relation, reason.Refuses);
    }

    [Fact]
    public void A_code_that_no_event_has_named_is_refused_at_every_step() =>
        Assert.All(Enum.GetValues<MoveClass>(), step => Assert.Equal(MoveReasonKind.Unknown, Assert.Single(MoveRules.Decide(step, 0, null)).Kind));
}
