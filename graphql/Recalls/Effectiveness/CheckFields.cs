using System.ComponentModel;
using GraphQL;

using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Recalls.Cases;
using TraceGrains.GraphQL.Recalls.Effectiveness;
using Entry = TraceGrains.Domain.Recalls.Cases.CaseEntry;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Description("The questions of an effectiveness check.")]
    public static IReadOnlyList<Recalls.Effectiveness.CheckQuestion> EffectivenessQuestions() => [.. Domain.Recalls.Effectiveness.Questionnaire.Standard.Questions.Select(question => new Recalls.Effectiveness.CheckQuestion(question))];
}

public sealed partial class Mutation
{
    [Complexity(Limits.CallWeight)]
    [Description("Begins a round of effectiveness checks: how many, and the commitment to a seed that is kept secret until the draw. SEED=$(openssl rand -hex 32); printf %s \"$SEED\" | sha256sum")]
    public static Task<RecallCasePayload> CommitCaseDraw(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("How many are checked.")] Recalls.Effectiveness.EffectivenessLevel level,
        [Description("SHA-256 of the seed's 64 characters, 64 lower-case hexadecimal digits.")] string commitment, [Description("Of level B: above 10 and below 100.")] decimal? percent = null) =>
        Act(grains, act, new Entry.DrawCommitted((Domain.Recalls.Effectiveness.EffectivenessLevel)level, commitment, percent));

    [Complexity(Limits.TraceWeight)]
    [Description("Makes the seed public and draws among all parties that were told.")]
    public static Task<RecallCasePayload> DrawCaseChecks(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("The seed: 64 lower-case hexadecimal digits.")] string seed) =>
        Act(grains, act, new Entry.Drawn(seed, []));

    [Complexity(Limits.CallWeight)]
    [Description("Records the check of a consignee that was drawn; effectivenessQuestions lists what is asked. Of several checks of one consignee the latest counts.")]
    public static Task<RecallCasePayload> RecordCaseCheck(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("Code of the consignee, in any spelling.")] string party,
        [Description("How it was checked.")] Recalls.Effectiveness.CheckMethod method, [Description("The answers, each question once.")] IReadOnlyList<CheckAnswerInput> answers)
    {
        var byQuestion = new Dictionary<string, string>();
        foreach (var (i, answer) in answers.Index())
            if (!byQuestion.TryAdd(answer.Question, answer.Answer)) throw new BadInput($"answers[{i}].question", $"expected each question once; {answer.Question} comes again");
        return Act(grains, act, new Entry.Checked(Codes.Canonical(party, "party"), (Domain.Recalls.Effectiveness.CheckMethod)method, byQuestion));
    }
}
