using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Recalls;
using TraceGrains.GraphQL.Recalls.Cases;
using Entry = TraceGrains.Domain.Recalls.Cases.CaseEntry;

namespace TraceGrains.GraphQL;

public sealed partial class Mutation
{
    [Complexity(Limits.CallWeight)]
    [Description("A party has read its notice.")]
    public static Task<RecallCasePayload> AcknowledgeRecall(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("Code of the party, in any spelling.")] string party) =>
        Act(grains, act, new Entry.Acknowledged(Codes.Canonical(party, "party")));

    [Complexity(Limits.TraceWeight)]
    [Description("A party says what became of its goods; each line becomes an EPCIS event about them. In one answer at most 100 lines and 10,000 things and amounts.")]
    public static Task<RecallCasePayload> AnswerRecall(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("Code of the party, in any spelling.")] string party,
        [Description("What became of which goods.")] IReadOnlyList<AnswerLineInput> lines, [Description("Up to 2,000 characters." + FreeText.NoNames)] string? note = null) =>
        Act(grains, act, new Entry.Answered(Codes.Canonical(party, "party"), [.. lines.Select((line, i) => line.Read($"lines[{i}]"))], note));

    [Complexity(Limits.TraceWeight)]
    [Description("A party says to whom it passed goods on; they are told in turn. At most 100 parties and 10,000 things and amounts.")]
    public static Task<RecallCasePayload> PassOnRecalledGoods(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("Code of the party, in any spelling.")] string party,
        [Description("To whom, and what.")] IReadOnlyList<PassedOnInput> to, [Description("Up to 2,000 characters." + FreeText.NoNames)] string? note = null) =>
        Act(grains, act, new Entry.PassedOn(Codes.Canonical(party, "party"), [.. to.Select((one, i) => one.Read($"to[{i}]"))], note));

    [Complexity(Limits.CallWeight)]
    [Description("Makes a link by which a party can answer without an account: /recall-answer/{token}. The token is told once; the ledger holds its hash.")]
    public static async Task<AnswerLinkPayload> MakeAnswerLink(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("Code of the party, in any spelling.")] string party,
        [Description("For how many days it is good, 1 to 90.")] int days = 14) =>
        new(await grains.GetGrain<IRecallCaseGrain>(RecallId.Read(act.Case, "act.case")).MakeLink(
            new() { Entry = "", ByName = act.By.Name, ByParty = Codes.Canonical(act.By.Party, "act.by.party"), ByRole = act.By.Role },
            Codes.Canonical(party, "party"), TimeSpan.FromDays(Limits.Check(days, 1, 90, "days"))));
}
