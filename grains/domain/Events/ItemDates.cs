using System.Globalization;
using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Events;

/// <summary>The dates of things that the rules know, by the fields that give them.</summary>
static class ItemDates
{
    /// <summary>The field by which an inspection says when the next is due: the CBV has none, so this one of TraceGrains' vocabulary is for everybody.</summary>
    public const string NextInspection = JsonLdContext.ReservedVocabulary + "nextInspectionDate";

    // In XML the namespace of the vocabulary is commonly written without its last colon.
    const string Master = "urn:epcglobal:cbv:mda";

    public const string Expected = "a day, such as 2026-04-30, or a date and time with time zone";

    /// <summary>Which date a field of the ILMD gives; null when none.</summary>
    public static DateKind? KindOf(string expanded)
    {
        if (!expanded.StartsWith(Master, StringComparison.Ordinal)) return null;
        return expanded.AsSpan(Master.Length).TrimStart(':') switch
        {
            "itemExpirationDate" => DateKind.Expiration,
            "sellByDate" => DateKind.SellBy,
            "bestBeforeDate" => DateKind.BestBefore,
            _ => null,
        };
    }

    /// <summary>Whether the end of a name may be one of these fields: saves looking up what its prefix means.</summary>
    public static bool MayBe(string name) => name.EndsWith("Date", StringComparison.Ordinal);

    /// <summary>The first moment after a date: after a day, midnight at its end at the offset; after a moment, the moment. Also with what some write behind a day: a time zone, a midnight.</summary>
    public static bool TryRead(string? text, TimeSpan offset, out DateTimeOffset until)
    {
        until = default;
        if (text is null) return false;
        if (EventClock.TryRead(text, out var moment))
        {
            until = moment;
            return true;
        }
        if (text.Length < 10 || !DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day == DateOnly.MaxValue) return false;
        var rest = text.AsSpan(10);
        if (rest is not ("" or "Z" or "T00:00:00") && !EventClock.IsZoneOffset(rest)) return false;
        if (rest is "Z") offset = TimeSpan.Zero;
        else if (EventClock.IsZoneOffset(rest)) offset = OffsetOf(rest);
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        if (midnight.Ticks - offset.Ticks < 0 || midnight.Ticks - offset.Ticks > DateTime.MaxValue.Ticks) return false;
        until = new(midnight.Ticks - offset.Ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>An offset that <see cref="EventClock.IsZoneOffset"/> has accepted.</summary>
    public static TimeSpan OffsetOf(ReadOnlySpan<char> text)
    {
        var offset = new TimeSpan(int.Parse(text[1..3], CultureInfo.InvariantCulture), int.Parse(text[4..6], CultureInfo.InvariantCulture), 0);
        return text[0] == '-' ? -offset : offset;
    }
}
