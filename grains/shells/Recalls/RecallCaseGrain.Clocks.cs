using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Grains.Recalls;

/// <summary>Statutory clocks: worked out from the file whenever somebody asks, and by the pulse, which hands up what is overdue.</summary>
sealed partial class RecallCaseGrain
{
    public async Task<ObligationView[]> Obligations(DateTimeOffset? at)
    {
        await ReadOn();
        if (file is null) return [];
        return [.. CaseClocks.Of(file, at ?? clock.GetUtcNow()).Items.Select(item => new ObligationView
        {
            Id = item.Id, Regime = item.Regime, Report = item.Clock, Number = item.Number, Kind = item.Kind, NameEn = item.Name.En, NameZh = item.Name.Zh, From = item.From, Due = item.Due, DoneAt = item.DoneAt,
            State = item.State, Level = item.Level, Missed = item.Missed, IsCalendarCertain = item.IsCalendarCertain, IsClassAssumed = item.IsClassAssumed, Trust = item.Trust, Source = item.Source,
            WhyEn = item.Why.En, WhyZh = item.Why.Zh, Form = item.Form,
        })];
    }

    async Task HandUpOverdue()
    {
        if (file is null or { IsClosed: true } or { Mode: CaseMode.Drill }) return;
        foreach (var entry in CaseClocks.DueOf(file, clock.GetUtcNow()).ToList()) await ActOfOneself(entry);
    }
}
