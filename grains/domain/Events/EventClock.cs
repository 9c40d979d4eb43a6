using System.Globalization;

namespace TraceGrains.Domain.Events;

/// <summary>Times as EPCIS writes them: date and time with zone (xsd:dateTimeStamp, RFC 3339).</summary>
static class EventClock
{
    public const string Expected = "a date and time with time zone, such as 2025-04-03T20:33:31.116+08:00";

    /// <summary>Reads a time; the result is in UTC, digits beyond 100 ns are dropped.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':'
            || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)
            || !Number(text[11..13], out var hour) || !Number(text[14..16], out var minute) || !Number(text[17..19], out var second))
            return false;
        var rest = text[19..];
        long fraction = 0;
        if (rest[0] == '.')
        {
            var digits = 0;
            while (digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]))
                digits++;
            if (digits == 0)
                return false;
            for (var at = 1; at <= 7; at++)
                fraction = fraction * 10 + (at <= digits ? rest[at] - '0' : 0);
            rest = rest[(digits + 1)..];
        }
        if (!TryOffset(rest, out var offset))
            return false;
        var leap = second == 60;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
            return false;
        var ticks = new DateTime(year, month, day, hour, minute, leap ? 59 : second, DateTimeKind.Utc).Ticks + fraction - offset.Ticks + (leap ? TimeSpan.TicksPerSecond : 0);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        // A leap second is the last of a UTC day.
        return !leap || time.TimeOfDay.Ticks < TimeSpan.TicksPerSecond;
    }

    /// <summary>As the event hash writes it: UTC, milliseconds, the fourth decimal rounded.</summary>
    public static string ForHash(DateTimeOffset time)
    {
        var ticks = (time.UtcTicks + TimeSpan.TicksPerMillisecond / 2) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond;
        var rounded = new DateTime(Math.Min(ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
        return rounded.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>eventTimeZoneOffset: ±hh:mm, at most 14 hours.</summary>
    public static bool IsZoneOffset(ReadOnlySpan<char> text) =>
        text.Length == 6 && text[0] is '+' or '-' && text[3] == ':' && Number(text[1..3], out var hours) && Number(text[4..6], out var minutes)
        && (hours <= 13 && minutes <= 59 || hours == 14 && minutes == 0);

    static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' || !Number(text[1..3], out var hours) || !Number(text[4..6], out var minutes) || hours > 23 || minutes > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (text[0] == '-')
            offset = -offset;
        return true;
    }

    static bool Number(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = number * 10 + (digit - '0');
        }
        return true;
    }
}
