using System.Text.Json;

namespace TraceGrains.Domain.Holds;

/// <summary>A <see cref="MoveReason"/> with codes and words in place of numbers, as it is told and recorded.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ToldReason")]
public sealed record ToldReason
{
    /// <summary>Which.</summary>
    [Id(0)] public MoveReasonKind Kind { get; set; }
    /// <summary>Of what it holds.</summary>
    [Id(1)] public MoveRelation Relation { get; set; }
    /// <summary>The first thing of which it holds; empty in a violation whose things are all meant themselves.</summary>
    [Id(2)] public string Code { get; set; } = "";
    /// <summary>Of how many things.</summary>
    [Id(3)] public int Count { get; set; } = 1;
    /// <summary>The recall's URN; null when there is no case.</summary>
    [Id(4)] public string? Recall { get; set; }
    /// <summary>The disposition that says so: a CBV word, or the URN of a hold; null when none does.</summary>
    [Id(5)] public string? Disposition { get; set; }
    /// <summary>Which date is over; null when none.</summary>
    [Id(6)] public DateKind? Date { get; set; }
    /// <summary>Since when; null when unknown.</summary>
    [Id(7)] public DateTimeOffset? Since { get; set; }
    /// <summary>Ledger sequence of the event that says so; null when none is known.</summary>
    [Id(8)] public long? Sequence { get; set; }

    static readonly string[] kinds = ["", "recalled", "on_hold", "overdue", "expired", "already_sold", "ended", "unknown"], relations = ["itself", "lot", "container", "content"],
        dates = ["", "expiration", "sell_by", "best_before", "next_inspection"];

    /// <summary>The word for a kind in events and over HTTP.</summary>
    public static string WordOf(MoveReasonKind kind) => kinds[(int)kind];

    /// <summary>Writes it as a JSON object; what is unknown is left out.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", WordOf(Kind));
        json.WriteString("of", relations[(int)Relation]);
        if (Code.Length > 0) json.WriteString("code", Code);
        if (Count != 1) json.WriteNumber("count", Count);
        if (Recall is not null) json.WriteString("recall", Recall);
        if (Disposition is not null) json.WriteString("disposition", Disposition);
        if (Date is { } date) json.WriteString("date", dates[(int)date]);
        if (Since is { } since) json.WriteString("since", OwnText.Time(since));
        if (Sequence is { } sequence) json.WriteNumber("sequence", sequence);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ToldReason Read(JsonElement json) => new()
    {
        Kind = (MoveReasonKind)Array.IndexOf(kinds, json.GetProperty("kind"u8).GetString()), Relation = (MoveRelation)Array.IndexOf(relations, json.GetProperty("of"u8).GetString()),
        Code = OwnText.Text(json, "code") ?? "", Count = json.TryGetProperty("count"u8, out var count) ? count.GetInt32() : 1,
        Recall = OwnText.Text(json, "recall"), Disposition = OwnText.Text(json, "disposition"),
        Date = OwnText.Text(json, "date") is { } date ? (DateKind)Array.IndexOf(dates, date) : null,
        Since = json.TryGetProperty("since"u8, out var since) ? since.GetDateTimeOffset() : null, Sequence = json.TryGetProperty("sequence"u8, out var sequence) ? sequence.GetInt64() : null,
    };
}
