using System.Globalization;

namespace TraceGrains.Domain.Subscriptions;

/// <summary>
/// One field of a query schedule (EPCIS 2.0, 8.2.5.3): numbers and ranges <c>[1-5]</c>, separated by commas. The REST binding's own example has a step, <c>0/30</c>, and calls schedules
/// cron-like, so cron's other spellings are read too: <c>*</c>, <c>*/15</c>, <c>1-5</c>, <c>[0-30]/10</c>.
/// </summary>
static class ScheduleField
{
    /// <summary>The values it stands for; null when it is malformed or leaves its range.</summary>
    public static SortedSet<int>? Parse(string text, int min, int max)
    {
        var values = new SortedSet<int>();
        foreach (var element in text.Split(','))
        {
            var parts = element.Trim().Split('/');
            if (parts.Length > 2 || Range(parts[0], min, max, isOpen: parts.Length == 2) is not var (from, to)) return null;
            var step = 1;
            if (parts.Length == 2 && (!Number(parts[1], out step) || step < 1)) return null;
            for (var value = from; value <= to; value += step) values.Add(value);
        }
        return values;
    }

    // A number with a step runs to the end of the field: 5/20 is 5, 25, 45.
    static (int From, int To)? Range(string text, int min, int max, bool isOpen)
    {
        if (text == "*") return (min, max);
        var inner = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        var ends = inner.Split('-');
        if (inner != text && ends.Length != 2 || ends.Length > 2 || !Number(ends[0], out var from)) return null;
        var to = isOpen ? max : from;
        if (ends.Length == 2 && !Number(ends[1], out to)) return null;
        return from >= min && from <= to && to <= max ? (from, to) : null;
    }

    static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < 100;
}
