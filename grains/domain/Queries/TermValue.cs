using System.Buffers;
using System.Globalization;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Queries;

/// <summary>Reads texts as the numbers and times that queries compare.</summary>
static class TermValue
{
    static readonly SearchValues<char> Characters = SearchValues.Create("0123456789+-.eE");

    /// <summary>A number; one beyond the range of decimal counts as the end of that range, so that it still compares the right way.</summary>
    public static decimal? Number(string text)
    {
        if (text.Length == 0 || text[0] is not ('-' or (>= '0' and <= '9')) || text.AsSpan().ContainsAnyExcept(Characters))
            return null;
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wide) && !double.IsNaN(wide)
            ? wide > 0 ? decimal.MaxValue : decimal.MinValue
            : null;
    }

    /// <summary>A time, rounded to the millisecond as events' times are.</summary>
    public static DateTimeOffset? Time(string text) => EventClock.TryRead(text, out var time) ? Rounded(time) : null;

    /// <summary>See <see cref="Time"/>.</summary>
    public static DateTimeOffset Rounded(DateTimeOffset time)
    {
        var ticks = Math.Min(time.UtcTicks + TimeSpan.TicksPerMillisecond / 2, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks - ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
