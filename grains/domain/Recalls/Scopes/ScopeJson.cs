using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>Scopes as they are saved: JSON, codes and times canonical, members in a fixed order, no white space. What was printed reads back, and prints the same again.</summary>
public static class ScopeJson
{
    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Each scope takes up to three levels of JSON; what nests deeper than scopes may is refused by the reader, with its path.
        MaxDepth = 4 * (ScopeLimits.DepthMax + 2),
    };

    /// <summary>The canonical text of a scope.</summary>
    public static string Print(ScopeQuery scope) => JsonSerializer.Serialize(Draft(scope), options);

    /// <summary>The scope of a text, or the first thing that is wrong with it.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out ScopeQuery? scope, [NotNullWhen(false)] out ScopeProblem? problem)
    {
        scope = null;
        if (text.Length > ScopeLimits.TextMax)
        {
            problem = new("scope", $"expected at most {ScopeLimits.TextMax} characters; found {text.Length}");
            return false;
        }
        try
        {
            if (JsonSerializer.Deserialize<ScopeDraft>(text, options) is { } draft) return ScopeReader.TryRead(draft, "scope", out scope, out problem);
            problem = new("scope", "expected a scope, found null");
        }
        catch (JsonException wrong)
        {
            problem = new("scope" + (wrong.Path ?? "$")[1..], "expected a member of a scope, each at most once, with a text, a list or an object as it takes");
        }
        return false;
    }

    static ScopeDraft Draft(ScopeQuery scope) => scope switch
    {
        ScopeQuery.Batch s => new() { Batch = s.Code },
        ScopeQuery.Product s => new() { Product = new(s.Code, Date(s.From), Date(s.Until)) },
        ScopeQuery.Serials s => new() { Serials = new(s.Range.Product, s.Range.From, s.Range.To) },
        ScopeQuery.Unit s => new() { Unit = s.Code },
        ScopeQuery.Touched s => new() { TouchedBy = new(s.By, Time(s.From), Time(s.Until)) },
        ScopeQuery.MadeFrom s => new() { MadeFrom = s.Code },
        ScopeQuery.MadeWith s => new() { MadeWith = s.Code },
        ScopeQuery.OfEvent s => new() { Event = s.EventId },
        ScopeQuery.AnyOf s => new() { AnyOf = [.. s.Scopes.Select(Draft)] },
        ScopeQuery.AllOf s => new() { AllOf = [.. s.Scopes.Select(Draft)] },
        ScopeQuery.Except s => new() { Except = new(Draft(s.Of), Draft(s.Without)) },
        _ => throw new ArgumentException($"no such scope: {scope.GetType()}", nameof(scope)),
    };

    static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
