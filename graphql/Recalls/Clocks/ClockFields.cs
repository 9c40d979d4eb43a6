using System.ComponentModel;
using GraphQL;
using TraceGrains.Domain.Recalls.Clocks;
using TraceGrains.GraphQL.Recalls.Cases;
using Entry = TraceGrains.Domain.Recalls.Cases.CaseEntry;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Description("The laws under which recall cases can be run, with their clocks; a case may be under several.")]
    public static IReadOnlyList<Recalls.Clocks.RecallRegime> RecallRegimes() => [.. RegimeCatalog.Standard.Regimes.Select(regime => new Recalls.Clocks.RecallRegime(regime))];
}

public sealed partial class Mutation
{
    [Complexity(Limits.CallWeight)]
    [Description("Notes that the recall was announced to the public; some times are counted from then.")]
    public static Task<RecallCasePayload> AnnounceRecall(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("By what means and where, 1 to 2,000 characters." + FreeText.NoNames)] string where) =>
        Act(grains, act, new Entry.Announced(where));

    [Complexity(Limits.CallWeight)]
    [Description("Notes that an authority agreed to another deadline, or asks for reports at another interval: one of the two.")]
    public static Task<RecallCasePayload> AgreeCaseTime(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act,
        [Description("Id of the regime.")] string regime, [Description("Which of its reports or acts.")] string report, [Description("Which authority agreed and how, 1 to 2,000 characters." + FreeText.NoNames)] string note,
        [Description("The new deadline.")] DateTimeOffset? until = null, [Description("The new interval in days, 1 to 366.")] int? everyDays = null) =>
        Act(grains, act, new Entry.Agreed(regime, report, note, until, everyDays));
}
