using System.Text.Json;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Domain.Subscriptions;

/// <summary>Reads what a client asks for (EPCIS 2.0 REST binding: body of a webhook subscription, URL of a WebSocket). Never throws on what a client sent.</summary>
public static class SubscriptionReader
{
    /// <summary>Longest signature token, in characters.</summary>
    public const int TokenMax = 1_000;

    const string EitherExpected = "either stream: true or a schedule";

    // What the binding's answers have besides: a client may send back what it got.
    static readonly string[] Answered = ["@context", "subscriptionID", "queryName", "createdAt", "lastNotifiedAt", "minRecordTime", "epcFormat"];

    /// <summary>Reads the body of a webhook subscription; the terms, or everything that is wrong with them. <see cref="SubscriptionTerms.EpcFormat"/> comes with a header, not here.</summary>
    public static (SubscriptionTerms? Terms, IReadOnlyList<QueryProblem> Problems) ReadBody(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, [new("body", "an object with dest and " + EitherExpected, body.ValueKind.ToString())]);
        var problems = new List<QueryProblem>();
        var (destination, token) = ("", (string?)null);
        var (timing, stream, hasSchedule) = (new SubscriptionTiming(), false, false);
        foreach (var member in body.EnumerateObject())
        {
            var value = member.Value;
            // Null says the same as nothing.
            if (value.ValueKind == JsonValueKind.Null) continue;
            switch (member.Name)
            {
                case "dest":
                    destination = Text(member, problems) ?? "";
                    if (value.ValueKind == JsonValueKind.String && Destination.Check(destination) is { } wrong) problems.Add(wrong);
                    break;
                case "signatureToken":
                    token = Text(member, problems);
                    // The token itself is a secret: it is not repeated.
                    if (token is { Length: 0 or > TokenMax }) problems.Add(new(member.Name, $"1 to {TokenMax:N0} characters", $"{token.Length:N0}"));
                    break;
                case "stream": stream = Flag(member, problems); break;
                case "reportIfEmpty": timing = timing with { ReportIfEmpty = Flag(member, problems) }; break;
                case "initialRecordTime": timing = timing with { InitialRecordTime = Time(member.Name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), problems) }; break;
                case "schedule":
                    hasSchedule = true;
                    timing = timing with { Schedule = Schedule(member, problems) };
                    break;
                default:
                    if (!Answered.Contains(member.Name) && !member.Name.Contains(':'))
                        problems.Add(new(member.Name, "dest, signatureToken, stream, schedule, reportIfEmpty or initialRecordTime", ProblemList.Shorten(value)));
                    break;
            }
        }
        if (!body.TryGetProperty("dest"u8, out var dest) || dest.ValueKind == JsonValueKind.Null) problems.Add(new("dest", Destination.Expected, null));
        Either(stream, hasSchedule, problems);
        return problems.Count > 0 ? (null, problems) : (new() { Destination = destination, SignatureToken = token, Timing = timing }, []);
    }

    /// <summary>Reads the parameters of a WebSocket's URL: <c>stream</c> or the fields of a schedule, <c>reportIfEmpty</c>, <c>initialRecordTime</c>. Others are not looked at.</summary>
    public static (SubscriptionTiming? Timing, IReadOnlyList<QueryProblem> Problems) ReadUrl(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var problems = new List<QueryProblem>();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var (timing, stream) = (new SubscriptionTiming(), false);
        foreach (var (name, text) in parameters)
            if (name == "stream") stream = Flag(name, text, problems);
            else if (name == "reportIfEmpty") timing = timing with { ReportIfEmpty = Flag(name, text, problems) };
            else if (name == "initialRecordTime") timing = timing with { InitialRecordTime = Time(name, text, problems) };
            else if (QuerySchedule.FieldNames.Contains(name) && !fields.TryAdd(name, text)) problems.Add(new(name, "one value", text));
        if (fields.Count > 0) timing = timing with { Schedule = QuerySchedule.Read(fields, "", problems) };
        Either(stream, fields.Count > 0, problems);
        return problems.Count > 0 ? (null, problems) : (timing, []);
    }

    static void Either(bool stream, bool hasSchedule, List<QueryProblem> problems)
    {
        if (stream == hasSchedule) problems.Add(new("stream", EitherExpected, stream ? "both" : "neither"));
    }

    static QuerySchedule? Schedule(JsonProperty member, List<QueryProblem> problems)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new(member.Name, "an object with second, minute, hour, dayOfMonth, month or dayOfWeek", ProblemList.Shorten(member.Value)));
            return null;
        }
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in member.Value.EnumerateObject())
            // The binding has texts; a number is as clear. An empty text matches always, as a missing field does.
            if (field.Value.ValueKind == JsonValueKind.Number) fields[field.Name] = field.Value.GetRawText();
            else if (field.Value.ValueKind == JsonValueKind.String && field.Value.GetString() is { Length: > 0 } text) fields[field.Name] = text;
            else if (field.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) problems.Add(new("schedule." + field.Name, "a text", ProblemList.Shorten(field.Value)));
        return QuerySchedule.Read(fields, "schedule.", problems);
    }

    static string? Text(JsonProperty member, List<QueryProblem> problems)
    {
        if (member.Value.ValueKind == JsonValueKind.String) return member.Value.GetString();
        problems.Add(new(member.Name, "a text", member.Value.ValueKind.ToString()));
        return null;
    }

    static bool Flag(JsonProperty member, List<QueryProblem> problems)
    {
        if (member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False) return member.Value.GetBoolean();
        problems.Add(new(member.Name, "true or false", ProblemList.Shorten(member.Value)));
        return false;
    }

    static bool Flag(string name, string text, List<QueryProblem> problems)
    {
        if (bool.TryParse(text, out var flag)) return flag;
        problems.Add(new(name, "true or false", text));
        return false;
    }

    static DateTimeOffset? Time(string name, string text, List<QueryProblem> problems)
    {
        if (EventClock.TryRead(text, out var time)) return time;
        problems.Add(new(name, EventClock.Expected, text));
        return null;
    }
}
