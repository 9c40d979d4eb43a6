using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>The obligations of one clock.</summary>
sealed class ClockCounting(ClockFacts facts, WorkingCalendar calendar, Escalation escalation, RecallRegime regime, RegimeClock clock)
{
    static readonly TimeSpan tick = TimeSpan.FromTicks(1);

    readonly RecallClass gravity = facts.Class ?? RecallClass.I;
    readonly IReadOnlyList<DateTimeOffset> reports = facts.Reported(regime.Id, clock.Id);
    readonly DateTimeOffset? closedAt = facts.ClosedAt;

    /// <summary>What is done once, and once more for each widening where the clock says so.</summary>
    public IEnumerable<Obligation> Once(PeriodByClass within)
    {
        if (First() is not { } first) yield break;
        var widened = clock.OnWidening ? facts.Times(CaseMoment.Widened).Where(at => at > first && IsOpenAt(at)) : [];
        var done = reports.Concat(clock.DoneBy is { } moment ? facts.Times(moment) : []).Order().ToArray();
        var rounds = (DateTimeOffset[])[first, .. widened];
        for (var i = 0; i < rounds.Length; i++)
        {
            var from = rounds[i];
            var count = Count(from, ObligationText.Moment(i == 0 ? clock.From : CaseMoment.Widened), within.Of(gravity), facts.Class is null && within.DependsOnClass);
            if (facts.Deadline(regime.Id, clock.Id) is { Until: { } until } && !(until <= count.Due)) count = count with { Due = until, IsAgreed = true };
            // Once the scope is widened, what was done before does not cover what came in.
            var doneAt = done.Where(at => i == 0 || at >= from).Select(at => (DateTimeOffset?)at).FirstOrDefault();
            yield return Settle(count, i + 1, doneAt, [], 0);
        }
    }

    /// <summary>Reports that come again.</summary>
    public IEnumerable<Obligation> Series()
    {
        if (First() is not { } first || Interval() is not { } every) yield break;
        var number = 1;
        foreach (var (from, to) in Stretches(first))
        {
            var left = new Queue<DateTimeOffset>(reports.Where(at => at > from));
            var (start, since) = (from, ObligationText.Moment(from == first ? clock.From : CaseMoment.Widened));
            while (left.TryDequeue(out var at))
            {
                if (to < start) break;
                // Handed in on top of one for the same period.
                if (at <= start) continue;
                var count = Count(start, since, every, facts.Class is null && IsByClass);
                // Nothing was due any more; the report after the end belongs to no period.
                if (to is not null && count.Due > to && at > to) break;
                if (clock.Series == ReportSeries.FromLastReport)
                {
                    yield return Settle(count, number++, at, [], 0);
                    (start, since) = (at, ObligationText.LastReport);
                    continue;
                }
                var (own, missed, begins) = Reached(count, at, to);
                if (missed > 0 || own is null) yield return Settle(count, number, at, [], Math.Max(0, missed - 1));
                number += missed;
                if (own is not null) yield return Settle(own, number++, at, [], 0);
                (start, since) = (begins, ObligationText.PeriodBefore);
            }
            var open = Count(start, since, every, facts.Class is null && IsByClass);
            if (to is not null && (start >= to || open.Due > to)) continue;
            var further = Further(open, to).ToArray();
            var passed = further.Count(due => due < (closedAt ?? facts.Now));
            yield return Settle(open, number, null, further, passed);
            number += 1 + passed;
        }
    }

    bool IsByClass => facts.Interval(regime.Id, clock.Id) is null && clock.Every?.DependsOnClass == true;

    Period? Interval() => facts.Interval(regime.Id, clock.Id) is { Every: { } days } ? new Period(days, PeriodUnit.Days) : clock.Every?.Of(gravity);

    bool IsOpenAt(DateTimeOffset at) => closedAt is null || at < closedAt;

    /// <summary>Where the clock first begins. A completion that a widening took back begins nothing.</summary>
    DateTimeOffset? First()
    {
        if (clock.From == CaseMoment.Completed)
            return facts.Times(CaseMoment.Completed) is [.., var completed] && !facts.Times(CaseMoment.Widened).Any(at => at > completed) && IsOpenAt(completed) ? completed : null;
        return facts.Times(clock.From) is [var first, ..] && IsOpenAt(first) ? first : null;
    }

    /// <summary>From the beginning to the end of the series, and again from each widening that opened the recall anew.</summary>
    IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> Stretches(DateTimeOffset first)
    {
        var ends = facts.Times(clock.Until!.Value);
        for (DateTimeOffset? from = first; from is { } begin;)
        {
            var to = ends.Where(at => at > begin).Select(at => (DateTimeOffset?)at).FirstOrDefault();
            yield return (begin, to);
            from = to is null ? null : facts.Times(CaseMoment.Widened).Where(at => at > to && IsOpenAt(at)).Select(at => (DateTimeOffset?)at).FirstOrDefault();
        }
    }

    ClockCount Count(DateTimeOffset from, LocalText since, Period within, bool isClassAssumed)
    {
        var end = End(from, since, within);
        return new(from, since, within, end?.At)
        {
            IsCalendarCertain = end?.IsCertain ?? true, IsClassAssumed = isClassAssumed, AtOnce = escalation.AtOnceTime, IsAgreed = clock.Series is not null && facts.Interval(regime.Id, clock.Id) is not null,
        };
    }

    /// <summary>A period that ended at midnight ended with the day before: the next one begins with a day that counts.</summary>
    (DateTimeOffset At, bool IsCertain)? End(DateTimeOffset from, LocalText since, Period within) =>
        within.End(since == ObligationText.PeriodBefore && within.Unit is (PeriodUnit.Days or PeriodUnit.WorkingDays) ? from - tick : from, calendar, escalation.AtOnceTime);

    /// <summary>The period in which a report was handed in (null when that is after the end of the series), how many ended before it without one, and where the next period begins.</summary>
    (ClockCount? Own, int Missed, DateTimeOffset Begins) Reached(ClockCount first, DateTimeOffset at, DateTimeOffset? to)
    {
        var (count, missed) = (first, 0);
        while (count.Due < at)
        {
            missed++;
            var next = Count(count.Due!.Value, ObligationText.PeriodBefore, count.Within, count.IsClassAssumed);
            if (to is not null && next.Due > to) return (null, missed, count.Due.Value);
            count = next;
        }
        return (count, missed, count.Due!.Value);
    }

    /// <summary>Where the periods after an open one end, up to the first that has not ended.</summary>
    IEnumerable<DateTimeOffset> Further(ClockCount open, DateTimeOffset? to)
    {
        if (closedAt is { } closed && open.Due >= closed) yield break;
        for (var due = open.Due!.Value; due < facts.Now;)
        {
            due = End(due, ObligationText.PeriodBefore, open.Within)!.Value.At;
            if (due > to || due > closedAt) yield break;
            yield return due;
        }
    }

    Obligation Settle(ClockCount count, int number, DateTimeOffset? doneAt, DateTimeOffset[] further, int missed)
    {
        var now = facts.Now;
        var soon = count.Due is { } end ? escalation.SoonAt(count.From, end) : (DateTimeOffset?)null;
        var state = doneAt is { } done ? count.Due is null || done <= count.Due ? ObligationState.DoneInTime : ObligationState.DoneLate
            : closedAt is not null ? ObligationState.Lapsed
            : now > count.Due ? ObligationState.Overdue
            : now >= soon ? ObligationState.DueSoon : ObligationState.Pending;
        var level = state == ObligationState.Overdue ? escalation.LevelOf(gravity, now - count.Due!.Value) : EscalationLevel.None;
        DateTimeOffset?[] changes = state switch
        {
            ObligationState.Pending => [soon],
            ObligationState.DueSoon => [count.Due + tick],
            ObligationState.Overdue => [.. escalation.Changes(gravity, count.Due!.Value).Concat(further.Select(due => due + tick)).Select(at => (DateTimeOffset?)at)],
            _ => [],
        };
        var isOpen = state is ObligationState.Pending or ObligationState.DueSoon or ObligationState.Overdue;
        return new()
        {
            Id = $"{regime.Id}/{clock.Id}/{number}", Regime = regime.Id, Clock = clock.Id, Number = number, Kind = clock.Kind, Name = clock.Name, From = count.From, Due = count.Due, DoneAt = doneAt,
            DraftedAt = isOpen && facts.Drafted(regime.Id, clock.Id) is { } drafted && drafted >= count.From ? drafted : null, State = state, Level = level, Missed = missed,
            IsCalendarCertain = count.IsCalendarCertain, IsClassAssumed = count.IsClassAssumed, Trust = clock.Trust, Source = $"{regime.Instrument}, {clock.Clause}",
            Why = ObligationText.Why(count, clock, regime, calendar), NextChangeAt = changes.Where(at => at > now).Min(), Form = isOpen ? clock.Form : null,
        };
    }
}
