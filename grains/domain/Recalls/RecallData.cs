using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Recalls;

/// <summary>Rules that are data: committed JSON files, read strictly, so that a slip in one is found when it is loaded and not when a deadline is missed.</summary>
static class RecallData
{
    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new PeriodConverter(), new PeriodByClassConverter() },
    };

    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(RecallData).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name}: no such resource"));
        return reader.ReadToEnd();
    }

    public static bool TryRead<T>(string json, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out FieldProblem? problem) where T : class
    {
        (value, problem) = (null, null);
        try
        {
            value = JsonSerializer.Deserialize<T>(json, options);
            if (value is null) problem = new("$", "expected an object; found null");
        }
        catch (JsonException wrong)
        {
            problem = new(wrong.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "$", wrong.Message);
        }
        return value is not null;
    }

    sealed class PeriodConverter : JsonConverter<Period>
    {
        public override Period Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

        public static Period Read(ref Utf8JsonReader reader) =>
            reader.TokenType == JsonTokenType.String && Period.TryParse(reader.GetString()!, out var period) ? period
                : throw new JsonException($"expected {Period.Expected}; found {(reader.TokenType == JsonTokenType.String ? reader.GetString() : reader.TokenType.ToString())}");

        public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    sealed class PeriodByClassConverter : JsonConverter<PeriodByClass>
    {
        sealed record Three([property: JsonPropertyName("I")] Period I, [property: JsonPropertyName("II")] Period II, [property: JsonPropertyName("III")] Period III);

        public override PeriodByClass Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                var all = PeriodConverter.Read(ref reader);
                return new(all, all, all);
            }
            try
            {
                var three = JsonSerializer.Deserialize<Three>(ref reader, options)!;
                return new(three.I, three.II, three.III);
            }
            catch (JsonException wrong)
            {
                // Its path begins at the object; one without a path gets the whole one.
                throw new JsonException(wrong.Message);
            }
        }

        public override void Write(Utf8JsonWriter writer, PeriodByClass value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, new Three(value.I, value.II, value.III), options);
    }
}
