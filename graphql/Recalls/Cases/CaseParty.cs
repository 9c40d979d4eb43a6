using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Lineage;

namespace TraceGrains.GraphQL.Recalls.Cases;

[Description("How a party stands in a case: what it was told, what it said, and what it still has to answer for.")]
public sealed class CaseParty(CasePartyView view, string recall)
{
    [Description("Code of the party, or of the place, where no event named a party; null for goods of which nobody is known to have them.")]
    public string? Party => view.Party;

    [Description("Its name, where somebody who passed goods on told it.")]
    public string? Name => view.Name;

    [Description("Things it has and has not answered for.")]
    public int Things => view.Things;

    [Description("Things on their way to it, not answered for.")]
    public int OnTheWay => view.OnTheWay;

    [Description("Lots of which it has some, or some is on its way to it, not answered for.")]
    public int Lots => view.Lots;

    [Description("How many things it was last told of.")]
    public int ToldOf => view.ToldOf;

    [Description("When it was first told; null when it was not yet.")]
    public DateTimeOffset? NotifiedAt => view.NotifiedAt;

    [Description("When it said that it has read its notice, by word or by answering.")]
    public DateTimeOffset? AcknowledgedAt => view.AcknowledgedAt;

    [Description("When it last answered.")]
    public DateTimeOffset? AnsweredAt => view.AnsweredAt;

    [Description("By when it is to answer for everything; null when it has, or was not told.")]
    public DateTimeOffset? AnswerDue => view.AnswerDue;

    [Description("Things it answered for.")]
    public IReadOnlyList<OutcomeCount> Answered => [.. view.Answered.Select(count => new OutcomeCount(count))];

    [Description("How often it was reminded since it was last told of more.")]
    public int Reminders => view.Reminders;

    [Description("Who looks after it, because it did not answer.")]
    public EscalationLevel Level => (EscalationLevel)view.Level;

    [Complexity(Limits.TraceWeight)]
    [Description("What it still has to answer for, a page of it.")]
    public async Task<CaseGoods> Goods(
        [FromServices] IGrainFactory grains,
        [Description("How many things at most, 0 to 10,000.")] int first = 100,
        [Description("Things after this cursor (pageInfo.endCursor of the page before); from the start, when left out.")] string? after = null)
    {
        try
        {
            return new CaseGoods(await grains.GetGrain<IRecallCaseGrain>(recall).Goods(view.Party, after, Limits.Check(first, 0, Limits.ItemsMax, "first")));
        }
        catch (FormatException) when (after is not null)
        {
            throw new BadInput("after", "expected pageInfo.endCursor of the page before, found another text");
        }
    }
}

[Description("How many things had an outcome.")]
public sealed class OutcomeCount(Contracts.Recalls.OutcomeCount count)
{
    [Description("What became of them.")]
    public AnswerOutcome Outcome => (AnswerOutcome)count.Outcome;

    [Description("How many.")]
    public int Count => count.Count;
}

[Description("Goods that a party still has to answer for.")]
public sealed class CaseGoods(Contracts.Recalls.CaseGoods goods)
{
    [Description("Things, with where each stands, in the order in which the ledger first heard of them.")]
    public IReadOnlyList<TracedItem> Nodes => [.. goods.Items.Select(item => new TracedItem(item))];

    [Description("Where the next page starts.")]
    public PageInfo PageInfo => new(goods.Next);

    [Description("How much of which lots; with the first page only.")]
    public IReadOnlyList<LotHeld> Lots => [.. goods.Lots.Select(lot => new LotHeld(lot))];
}

[Description("How much of a lot a party has.")]
public sealed class LotHeld(Contracts.Recalls.LotHeld held)
{
    [Description("Code of the lot.")]
    public string Lot => held.Lot;

    [Description("How much; null where some event did not say.")]
    public decimal? Quantity => held.Quantity;

    [Description("Unit of measure (UN/CEFACT common code); null counts pieces.")]
    public string? Uom => held.Uom;

    [Description("Whether it is on its way to the party.")]
    public bool IsOnTheWay => held.IsOnTheWay;
}

[Description("A page of parties, in the order of their codes.")]
public sealed class CasePartyPage(IReadOnlyList<CasePartyView> parties, string recall, string? next)
{
    [Description("The parties; goods of which nobody is known to have them come first.")]
    public IReadOnlyList<CaseParty> Nodes => [.. parties.Select(party => new CaseParty(party, recall))];

    [Description("Where the next page starts.")]
    public PageInfo PageInfo => new(next);
}

[Description("A case that concerns a party, and how the party stands in it.")]
public sealed class RecallInboxItem(InboxItem item)
{
    [Description("The case.")]
    public RecallCase Case => new(item.Case);

    [Description("How the party stands in it.")]
    public CaseParty Party => new(item.Party, item.Case.Id);
}
