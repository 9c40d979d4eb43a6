using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.GraphQL.Recalls.Clocks;

[Description("One thing that a statute wants done in a recall case, as it stands.")]
public sealed class Obligation(string caseId, ObligationView view)
{
    [Id]
    [Description("{regime}/{report}/{number}: the same thing keeps its id whatever happens.")]
    public string Id => view.Id;

    [Description("Id of the regime, such as cn-food.")]
    public string Regime => view.Regime;

    [Description("Which of its reports or acts: what submitCaseReport names.")]
    public string Report => view.Report;

    [Description("Which report of a series, or the how-manieth time because the scope was widened; from 1.")]
    public int Number => view.Number;

    [Description("What has to be done.")]
    public ObligationKind Kind => (ObligationKind)view.Kind;

    [Description("The same in English.")]
    public string Name => view.NameEn;

    [Description("The same in Chinese.")]
    public string NameZh => view.NameZh;

    [Description("Address of the report that fulfils it, drafted from the ledger when it is asked for: /recall-reports/{case}/plan, /summary or /status; null where there is none for this regime, and once nothing is wanted any more.")]
    public string? Draft => view.Form is { } form ? $"/recall-reports/{caseId[(caseId.LastIndexOf(':') + 1)..]}/{form.ToString().ToLowerInvariant()}" : null;

    [Description("Where its time begins.")]
    public DateTimeOffset From => view.From;

    [Description("The last instant at which it is in time; null when the text names no time.")]
    public DateTimeOffset? Due => view.Due;

    [Description("When it was done; null while it is not.")]
    public DateTimeOffset? DoneAt => view.DoneAt;

    [Description("Where it stands.")]
    public ObligationState State => (ObligationState)view.State;

    [Description("Who has to care.")]
    public Cases.EscalationLevel Level => (Cases.EscalationLevel)view.Level;

    [Description("Further reports of the series that were missed after this one and that the same report makes up for.")]
    public int Missed => view.Missed;

    [Description("Whether every day it is counted over is in the published calendar; false: the deadline may move.")]
    public bool IsCalendarCertain => view.IsCalendarCertain;

    [Description("Whether the time is that of class I because the class is not decided yet.")]
    public bool IsClassAssumed => view.IsClassAssumed;

    [Description("How far the time may be relied on.")]
    public SourceTrust Trust => (SourceTrust)view.Trust;

    [Description("Instrument and clause.")]
    public string Source => view.Source;

    [Description("How the time came about, in English.")]
    public string Why => view.WhyEn;

    [Description("The same in Chinese.")]
    public string WhyZh => view.WhyZh;
}

[Description("A law under which recalls are run.")]
public sealed class RecallRegime(Domain.Recalls.Clocks.RecallRegime regime)
{
    [Id]
    [Description("What cases name, such as cn-food.")]
    public string Id => regime.Id;

    [Description("Its title in English.")]
    public string Name => regime.Name.En;

    [Description("Its title in Chinese.")]
    public string NameZh => regime.Name.Zh;

    [Description("Number, issuer and date.")]
    public string Instrument => regime.Instrument;

    [Description("For which goods.")]
    public string Covers => regime.Covers.En;

    [Description("Id of the regime that has taken its place; null while it is in force.")]
    public string? Replaced => regime.Replaced;

    [Description("How far its times may be relied on: the least of its clocks.")]
    public SourceTrust Trust => (SourceTrust)regime.Trust;

    [Description("What it wants done, and where that was read.")]
    public IReadOnlyList<RegimeClock> Clocks => [.. regime.Clocks.Select(clock => new RegimeClock(clock))];
}

[Description("One thing that a regime wants done.")]
public sealed class RegimeClock(Domain.Recalls.Clocks.RegimeClock clock)
{
    [Id]
    [Description("Its name within the regime.")]
    public string Id => clock.Id;

    [Description("What has to be done.")]
    public ObligationKind Kind => (ObligationKind)clock.Kind;

    [Description("The same in English.")]
    public string Name => clock.Name.En;

    [Description("The same in Chinese.")]
    public string NameZh => clock.Name.Zh;

    [Description("Article and section.")]
    public string Clause => clock.Clause;

    [Description("How far its time may be relied on.")]
    public SourceTrust Trust => (SourceTrust)clock.Trust;

    [Description("Where it was read, or what is assumed.")]
    public string Source => clock.Source;
}
