using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Recalls;
using TraceGrains.GraphQL.Recalls.Cases;
using Entry = TraceGrains.Domain.Recalls.Cases.CaseEntry;

namespace TraceGrains.GraphQL;

public sealed partial class Mutation
{
    [Complexity(Limits.CallWeight)]
    [Description("Opens a recall case: SUSPECTED. Nothing is held back yet.")]
    public static Task<RecallCasePayload> OpenRecallCase(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Description("The case.")] OpenCaseInput input) => Act(
        grains, new() { Case = RecallId.ForIssuing(input.Id, "input.id"), By = input.By },
        new Entry.Opened(input.Title, (CaseMode)(input.Mode ?? RecallCaseMode.Live), input.Reason, input.Scope.Save("input.scope"), [.. input.Regimes ?? []], input.Source, input.KnownAt, context.Viewer().Caller.District));

    [Complexity(Limits.CallWeight)]
    [Description("Before the recall is issued: the case is about something else than first thought. It is SUSPECTED again, and to be assessed anew.")]
    public static Task<RecallCasePayload> RescopeRecallCase(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act,
        [Description("What it is about.")] RecallScopeQueryInput scope, [Description("Why, 1 to 2,000 characters." + FreeText.NoNames)] string reason) => Act(grains, act, new Entry.Rescoped(scope.Save("scope"), reason));

    [Complexity(Limits.CallWeight)]
    [Description("Assesses the hazard and decides class, depth and strategy: ASSESSED.")]
    public static Task<RecallCasePayload> AssessRecallCase(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("The assessment.")] AssessmentInput assessment) => Act(
            grains, act, new Entry.Assessed((Domain.Recalls.RecallClass)assessment.Class, (Domain.Recalls.RecallDepth)assessment.Depth, assessment.Hazard, assessment.Strategy, assessment.Instructions));

    [Complexity(Limits.PreviewWeight)]
    [Description("Issues the recall as assessed: ISSUED. When this answers, it is on record and in force on its scope; the case is MONITORING when everything reached is marked. A drill marks nothing.")]
    public static Task<RecallCasePayload> IssueRecallCase([FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act) => Act(grains, act, new Entry.Issued());

    [Complexity(Limits.PreviewWeight)]
    [Description("Brings more into the scope of an issued recall: WIDENED. When this answers, all of it is in force.")]
    public static Task<RecallCasePayload> WidenRecallCase(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act,
        [Description("The whole new scope.")] RecallScopeQueryInput scope, [Description("Why, 1 to 2,000 characters." + FreeText.NoNames)] string reason) => Act(grains, act, new Entry.Widened(scope.Save("scope"), reason));

    [Complexity(Limits.PreviewWeight)]
    [Description("Takes something out of the scope of an issued recall: NARROWED. When this answers, what is no longer reached is no longer marked.")]
    public static Task<RecallCasePayload> NarrowRecallCase(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act,
        [Description("The whole new scope.")] RecallScopeQueryInput scope, [Description("Why, 1 to 2,000 characters." + FreeText.NoNames)] string reason) => Act(grains, act, new Entry.Narrowed(scope.Save("scope"), reason));

    [Complexity(Limits.CallWeight)]
    [Description("Adds a document to the file, by its hash.")]
    public static Task<RecallCasePayload> AddCaseEvidence(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("The document.")] EvidenceInput evidence) => Act(
            grains, act, new Entry.EvidenceAdded(evidence.Name, evidence.Sha256, evidence.MediaType, evidence.Bytes, evidence.Note));

    [Complexity(Limits.CallWeight)]
    [Description("Puts a name to an entry. A completed case is closed only when somebody else than who completed it has signed that.")]
    public static Task<RecallCasePayload> SignCaseEntry(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act,
        [Description("Number of the entry.")] int entry, [Description("Its eventHash: what exactly is signed.")] string entryHash, [Description("What the signature says, 1 to 2,000 characters." + FreeText.NoNames)] string statement) =>
        Act(grains, act, new Entry.Signed(entry, entryHash, statement));

    [Complexity(Limits.CallWeight)]
    [Description("Notes that a report was handed in to an authority.")]
    public static Task<RecallCasePayload> SubmitCaseReport(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act,
        [Description("Which regime asks for it.")] string regime, [Description("Which of its reports.")] string report,
        [Description("SHA-256 of the report as handed in, 64 lower-case hexadecimal digits.")] string sha256, [Description("To which authority and how, up to 2,000 characters." + FreeText.NoNames)] string? note = null) =>
        Act(grains, act, new Entry.ReportSubmitted(regime, report, sha256, note));

    [Complexity(Limits.CallWeight)]
    [Description("What can be brought back has been: COMPLETED.")]
    public static Task<RecallCasePayload> CompleteRecallCase(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act,
        [Description("What came of it, 1 to 10,000 characters." + FreeText.NoNames)] string statement,
        [Description("Why it is completed although not everybody has answered for everything, up to 2,000 characters." + FreeText.NoNames)] string? unanswered = null) => Act(grains, act, new Entry.Completed(statement, unanswered));

    [Complexity(Limits.CallWeight)]
    [Description("Closes a completed case that somebody else has signed off: TERMINATED.")]
    public static Task<RecallCasePayload> TerminateRecallCase(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act,
        [Description("What was learnt, 1 to 10,000 characters." + FreeText.NoNames)] string lessons,
        [Description("Whether the marks stay in force, so that goods which turn up later are still recalled.")] bool staysBlocked) => Act(grains, act, new Entry.Terminated(lessons, staysBlocked));

    [Complexity(Limits.CallWeight)]
    [Description("Takes the case back: WITHDRAWN. The marks of an issued recall end at once.")]
    public static Task<RecallCasePayload> WithdrawRecallCase(
        [FromServices] IGrainFactory grains, [Description("Which case, and who acts.")] CaseActInput act, [Description("Why, 1 to 2,000 characters." + FreeText.NoNames)] string reason) => Act(grains, act, new Entry.Withdrawn(reason));

    static async Task<RecallCasePayload> Act(IGrainFactory grains, CaseActInput act, Entry entry) => new(await grains.GetGrain<IRecallCaseGrain>(RecallId.Read(act.Case, "act.case")).Act(new()
    {
        Entry = CaseJson.Print(entry), ByName = act.By.Name, ByParty = Codes.Canonical(act.By.Party, "act.by.party"), ByRole = act.By.Role, ActId = act.ActId,
    }));
}
