using System.ComponentModel;
using System.Globalization;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Lineage;
using TraceGrains.GraphQL.Nodes;

namespace TraceGrains.GraphQL.Recalls.Cases;

[Description("A recall case: from suspicion to termination. Its file is a list of entries in the ledger that nobody can change; everything here is worked out from them.")]
[Implements(typeof(INode))]
public sealed class RecallCase(CaseView view) : INode
{
    /// <summary>The enterprise or authority that opened it; null where it was not said.</summary>
    internal string? OpenedBy => view.OpenedBy;

    [Id]
    [Description("What 'node' takes to answer it again.")]
    public string NodeId => new Nodes.NodeId(NodeSort.RecallCase, view.Id).ToString();

    [Id]
    [Description("Its URN, urn:tracegrains:recall:{uuid}; the recall that it issues has the same.")]
    public string Id => view.Id;

    [Description("Where it stands.")]
    public RecallCaseState State => (RecallCaseState)view.State;

    [Description("Meant, or an exercise.")]
    public RecallCaseMode Mode => (RecallCaseMode)view.Mode;

    [Description("What it is called; empty for a recall that was issued on the spot.")]
    public string Title => view.Title;

    [Description("What is suspected; the public reason of the recall.")]
    public string Reason => view.Reason;

    [Description("Where the suspicion came from.")]
    public string? Source => view.Source;

    [Description("Under which regimes it is run.")]
    public IReadOnlyList<string> Regimes => view.Regimes;

    [Description("What it is about now: a scope in its saved form (JSON); null for a recall that was issued by a code, serial numbers or an event.")]
    public string? Scope => view.Scope;

    [Description("How grave; null until assessed.")]
    public RecallClass? Class => (RecallClass?)view.Class;

    [Description("How far down the chain it goes; null until assessed.")]
    public RecallDepth? Depth => (RecallDepth?)view.Depth;

    [Description("The health hazard evaluation; null until assessed.")]
    public string? Hazard => view.Hazard;

    [Description("How the recall is run; null until assessed.")]
    public string? Strategy => view.Strategy;

    [Description("What holders are to do with the goods; null until assessed.")]
    public string? Instructions => view.Instructions;

    [Description("When it was opened.")]
    public DateTimeOffset OpenedAt => view.OpenedAt;

    [Description("When the assessment that counts was made.")]
    public DateTimeOffset? AssessedAt => view.AssessedAt;

    [Description("When the recall was issued.")]
    public DateTimeOffset? IssuedAt => view.IssuedAt;

    [Description("When it was put on record that everything reached is marked.")]
    public DateTimeOffset? SpreadAt => view.SpreadAt;

    [Description("When the scope was last widened.")]
    public DateTimeOffset? WidenedAt => view.WidenedAt;

    [Description("When it was completed.")]
    public DateTimeOffset? CompletedAt => view.CompletedAt;

    [Description("When it was closed.")]
    public DateTimeOffset? TerminatedAt => view.TerminatedAt;

    [Description("When it was taken back.")]
    public DateTimeOffset? WithdrawnAt => view.WithdrawnAt;

    [Description("What was learnt; null until closed.")]
    public string? Lessons => view.Lessons;

    [Description("Whether the goods stay blocked after the case was closed; null until then.")]
    public bool? StaysBlocked => view.StaysBlocked;

    [Description("How many entries its file has.")]
    public int EntryCount => view.Entries;

    [Description("The recall that it issued; null until then, and in a drill.")]
    public Recall? Recall => view.Recall is { } recall ? new Recall(recall) : null;

    [Complexity(Limits.TraceWeight)]
    [Description("Parties that were told, have answered or still have to. Worked out from where the reached goods stand now.")]
    public async Task<CasePartyPage> Parties(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("How many at most, 0 to 1,000.")] int first = 100,
        [Description("Parties after this cursor (pageInfo.endCursor of the page before); from the start, when left out.")] string? after = null)
    {
        var (of, viewer) = (grains.GetGrain<IRecallCaseGrain>(view.Id), context.Viewer());
        var page = await SeenRows.Page(viewer, grains, $"parties of {view.Id}", Limits.Check(first, 0, Limits.LinksMax, "first"), after, of.Parties, one => one.Party ?? "", async some =>
        {
            // Goods of which nobody is known to have them are nobody's secret.
            var sees = await viewer.SeesParties([.. some.Select(one => one.Party).OfType<string>()]);
            var at = 0;
            return [.. some.Select(one => one.Party is null || sees[at++])];
        });
        return new CasePartyPage(page.Rows, view.Id, page.Next);
    }

    [Complexity(Limits.TraceWeight)]
    [Description("How one party stands in the case; null when it has nothing to do with it.")]
    public async Task<CaseParty?> Party([FromServices] IGrainFactory grains, [Description("Its code, in any spelling.")] string code) =>
        await grains.GetGrain<IRecallCaseGrain>(view.Id).Party(Codes.Canonical(code, "code")) is { } party ? new CaseParty(party, view.Id) : null;

    [Complexity(Limits.CallWeight)]
    [Description("What its regimes want done and by when, by due time; as it stands now, or stood or will stand at a time if nothing more is done.")]
    public async Task<IReadOnlyList<Clocks.Obligation>> Obligations([FromServices] IGrainFactory grains, [Description("At which time; now, when left out.")] DateTimeOffset? at = null) =>
        [.. (await grains.GetGrain<IRecallCaseGrain>(view.Id).Obligations(at)).Select(one => new Clocks.Obligation(view.Id, one))];

    [Complexity(Limits.CallWeight)]
    [Description("The last round of effectiveness checks; null when none was begun.")]
    public async Task<Effectiveness.CaseChecks?> Checks([FromServices] IGrainFactory grains) => await grains.GetGrain<IRecallCaseGrain>(view.Id).Checks() is { } checks ? new(checks) : null;

    [Complexity(Limits.PreviewWeight)]
    [Description("How it went so far as a drill; null for a recall that is meant.")]
    public async Task<Drills.RecallDrill?> Drill([FromServices] IGrainFactory grains) => await grains.GetGrain<IRecallCaseGrain>(view.Id).Drill() is { } drill ? new(drill) : null;

    [Complexity(Limits.CallWeight)]
    [Description("Its file, oldest entry first.")]
    public async Task<CaseEntryPage> Entries(
        [FromServices] IGrainFactory grains,
        [Description("How many at most, 0 to 1,000.")] int first = 100,
        [Description("Entries after this cursor (pageInfo.endCursor of the page before); from the start, when left out.")] string? after = null)
    {
        var start = 0;
        if (after is not null && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            throw new BadInput("after", $"expected pageInfo.endCursor of the page before, found '{after}'");
        var page = await grains.GetGrain<IRecallCaseGrain>(view.Id).Entries(start, Limits.Check(first, 0, Limits.LinksMax, "first"));
        return new CaseEntryPage(page, start + page.Length < view.Entries && page.Length > 0 ? (start + page.Length).ToString(CultureInfo.InvariantCulture) : null);
    }
}

[Description("Entries of a case's file.")]
public sealed class CaseEntryPage(IReadOnlyList<CaseEntryView> entries, string? next)
{
    [Description("The entries.")]
    public IReadOnlyList<CaseEntry> Nodes => [.. entries.Select(entry => new CaseEntry(entry))];

    [Description("Where the next page starts.")]
    public PageInfo PageInfo => new(next);
}

[Description("An entry of a case's file: what somebody did.")]
public sealed class CaseEntry(CaseEntryView view)
{
    [Description("Its number in the case, from 1.")]
    public int Number => view.Number;

    [Description("When it was recorded.")]
    public DateTimeOffset At => view.At;

    [Description("Its event's place in the ledger.")]
    public long Sequence => view.Sequence;

    [Id]
    [Description("Id of its event.")]
    public string EventId => view.EventId;

    [Description("Hash of its event, hexadecimal: what a signature signs.")]
    public string EventHash => view.EventHash;

    [Description("Who did it.")]
    public CaseActor By => new(view.ByName, view.ByParty, view.ByRole);

    [Description("What was done, in one word, such as assessed.")]
    public string Kind => Member("kind");

    [Description("All of it, as JSON.")]
    public string Content => view.Entry;

    string Member(string name)
    {
        using var json = System.Text.Json.JsonDocument.Parse(view.Entry);
        return json.RootElement.GetProperty(name).GetString()!;
    }
}

[Description("Who acted in a case.")]
public sealed class CaseActor(string name, string? party, string? role)
{
    [Description("Name of the person, or of the program.")]
    public string Name => name;

    [Description("Code of the enterprise or authority for which they acted.")]
    public string? Party => party;

    [Description("In what capacity.")]
    public string? Role => role;
}

[Description("A page of recall cases.")]
public sealed class RecallCasePage(IReadOnlyList<RecallCase> cases, string? next)
{
    [Description("The cases.")]
    public IReadOnlyList<RecallCase> Nodes => cases;

    [Description("Where the next page starts.")]
    public PageInfo PageInfo => new(next);
}
