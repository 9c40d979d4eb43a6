using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceGrains.Domain.Recalls.Cases;

/// <summary>Entries as they are recorded and sent: JSON, members in a fixed order, no white space, what is null left out.</summary>
public static class CaseJson
{
    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The text of an entry.</summary>
    public static string Print(CaseEntry entry) => JsonSerializer.Serialize(entry, options);

    /// <summary>The entry of a text. False with what is wrong, for a text that no program of this version printed.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out CaseEntry? entry, [NotNullWhen(false)] out string? problem)
    {
        (entry, problem) = (null, null);
        try
        {
            entry = JsonSerializer.Deserialize<CaseEntry>(text, options);
            if (entry is not null) return true;
            problem = "entry: expected an entry, found null";
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException)
        {
            problem = $"entry: expected an entry of a case; {wrong.Message}";
        }
        return false;
    }

    internal static void Write(Utf8JsonWriter json, CaseEntry entry) => JsonSerializer.Serialize(json, entry, options);

    internal static CaseEntry? Read(JsonElement value) => value.Deserialize<CaseEntry>(options);

    internal static void Write(Utf8JsonWriter json, CaseActor actor) => JsonSerializer.Serialize(json, actor, options);

    internal static CaseActor? ReadActor(JsonElement value) => value.Deserialize<CaseActor>(options);
}
