using Cronos;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Domain.Subscriptions;

/// <summary>
/// When a standing query is asked (EPCIS 2.0, 8.2.5.3): whenever every field matches the time. A field finer than the finest one given stands at its first value, so that <c>hour 1, minute 5</c> is
/// 01:05:00 and not every second of that minute, as the REST binding's example means it; any other missing field matches always.
/// </summary>
[GenerateSerializer]
[Alias("tg.QuerySchedule")]
public sealed record QuerySchedule
{
    /// <summary>0 to 59.</summary>
    [Id(0)] public string? Second { get; set; }
    /// <summary>0 to 59.</summary>
    [Id(1)] public string? Minute { get; set; }
    /// <summary>0 to 23.</summary>
    [Id(2)] public string? Hour { get; set; }
    /// <summary>1 to 31.</summary>
    [Id(3)] public string? DayOfMonth { get; set; }
    /// <summary>1 to 12.</summary>
    [Id(4)] public string? Month { get; set; }
    /// <summary>1 (Monday) to 7 (Sunday). Where a day of the month is given as well, both have to match.</summary>
    [Id(5)] public string? DayOfWeek { get; set; }

    sealed record Field(string Name, int Min, int Max, int Coarseness);

    static readonly Field[] Known =
    [
        new("second", 0, 59, 0), new("minute", 0, 59, 1), new("hour", 0, 23, 2), new("dayOfMonth", 1, 31, 3), new("month", 1, 12, 4), new("dayOfWeek", 1, 7, 3),
    ];

    /// <summary>Names of the fields, in the order of a cron expression.</summary>
    public static IReadOnlyList<string> FieldNames { get; } = [.. Known.Select(field => field.Name)];

    string?[] Given => [Second, Minute, Hour, DayOfMonth, Month, DayOfWeek];

    /// <summary>The fields that are given, by name, in the order of a cron expression.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields => Known.Zip(Given).Where(pair => pair.Second is not null).Select(pair => KeyValuePair.Create(pair.First.Name, pair.Second!));

    /// <summary>Reads the fields; problems name them with a prefix (<c>schedule.hour</c>).</summary>
    /// <param name="fields">What is given, by name; names that are none of the schedule's are refused.</param>
    /// <param name="prefix">Where the fields were.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static QuerySchedule? Read(IReadOnlyDictionary<string, string> fields, string prefix, ICollection<QueryProblem> problems)
    {
        var before = problems.Count;
        foreach (var (name, text) in fields)
            if (Known.FirstOrDefault(field => field.Name == name) is not { } field)
                problems.Add(new(prefix + name, "one of " + string.Join(", ", FieldNames), text));
            else if (ScheduleField.Parse(text, field.Min, field.Max) is null)
                problems.Add(new(prefix + name, $"numbers from {field.Min} to {field.Max} and ranges such as [{field.Min}-{field.Max}], separated by commas", text));
        if (fields.Count == 0)
            problems.Add(new(prefix.Length > 0 ? prefix.TrimEnd('.') : "schedule", "at least one of " + string.Join(", ", FieldNames), "none"));
        if (problems.Count > before) return null;
        var read = new QuerySchedule
        {
            Second = fields.GetValueOrDefault("second"), Minute = fields.GetValueOrDefault("minute"), Hour = fields.GetValueOrDefault("hour"),
            DayOfMonth = fields.GetValueOrDefault("dayOfMonth"), Month = fields.GetValueOrDefault("month"), DayOfWeek = fields.GetValueOrDefault("dayOfWeek"),
        };
        if (read.Next(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is not null) return read;
        problems.Add(new(prefix + "dayOfMonth", "a day that the month has", read.DayOfMonth));
        return null;
    }

    /// <summary>The first time behind another at which the query is due, by the clocks of a time zone; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone) => CronExpression.Parse(ToCron(), CronFormat.IncludeSeconds).GetNextOccurrence(after, zone);

    string ToCron()
    {
        var given = Given;
        var finest = Known.Zip(given).Where(pair => pair.Second is not null).Min(pair => pair.First.Coarseness);
        return string.Join(' ', Known.Zip(given, (field, text) =>
            text is not null ? Values(field, ScheduleField.Parse(text, field.Min, field.Max)!)
            : field.Coarseness < finest && field.Name != "dayOfWeek" ? $"{field.Min}"
            : "*"));
    }

    // Cron's Sunday is 0.
    static string Values(Field field, SortedSet<int> values) =>
        values.Count == field.Max - field.Min + 1 ? "*" : string.Join(',', values.Select(value => field.Name == "dayOfWeek" ? value % 7 : value));
}
