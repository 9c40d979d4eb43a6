using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Holds;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Scanning;
using TraceGrains.GraphQL.Access;
using TraceGrains.Silo.Access;

namespace TraceGrains.Silo.Holds;

/// <summary>
/// <c>GET /may-move?code=…&amp;step=…</c> for tills, gates, filling stations and dispensing: may the step be taken? Several <c>code</c>s in one question; <c>POST /may-move</c> takes the same as JSON. A code may
/// be what the scanner read. An answer is 200, whether it is yes or no.
/// </summary>
static class MoveEndpoints
{
    static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The question as JSON.</summary>
    sealed record MoveBody(string?[]? Codes, string? Step, string? Disposition, DateTimeOffset? At, string? Location);

    public static void MapMoves(this IEndpointRouteBuilder routes)
    {
        var moves = routes.MapGroup("/may-move").Audited(notesReading: false).Requires(Right.AskMove);
        moves.MapGet("", (HttpContext http, IGrainFactory grains) =>
        {
            var asked = http.Request.Query;
            DateTimeOffset? at = null;
            if ((string?)asked["at"] is { } text)
            {
                // In a query a plus sign is a space, and in a time it is the zone's.
                if (!DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return Task.FromResult(Wrong("at", "a date and time with time zone", text));
                at = time;
            }
            return Answer(http, grains, [.. asked["code"]], asked["step"], asked["disposition"], at, asked["location"]);
        });
        moves.MapPost("", (HttpContext http, IGrainFactory grains, MoveBody body) => Answer(http, grains, body.Codes ?? [], body.Step, body.Disposition, body.At, body.Location));
    }

    static async Task<IResult> Answer(HttpContext http, IGrainFactory grains, string?[] codes, string? step, string? disposition, DateTimeOffset? at, string? location)
    {
        if (codes.Length is 0 or > MoveQuestion.CodesMax) return Wrong("code", $"1 to {MoveQuestion.CodesMax} codes", codes.Length.ToString(CultureInfo.InvariantCulture));
        var canonical = new string[codes.Length];
        for (var i = 0; i < codes.Length; i++)
            if (Code(codes[i], out var problem) is { } code) canonical[i] = code;
            else return Wrong("code", problem, codes[i]);
        if (step is null || !MoveSteps.TryRead(step, out var known)) return Wrong("step", "a CBV business step or the URI of another", step);
        string? state = null;
        if (disposition is not null && !MoveSteps.TryReadDisposition(disposition, out state)) return Wrong("disposition", "a CBV disposition or the URI of another", disposition);
        string? place = null;
        if (location is not null && (place = Code(location, out var misfit)) is null) return Wrong("location", misfit, location);
        // What is refused goes on record as seen there.
        if (place is not null && http.Viewer(grains) is var viewer && !await viewer.MayReportAt(place))
            return CallerMiddleware.Refusal(http, StatusCodes.Status403Forbidden, "Not your place", $"location: expected a place registered to {http.Caller().Party}, or one under its keys, found {place}");
        var answers = await grains.GetGrain<IGateGrain>(0).MayMove(new() { Codes = canonical, Step = known, Disposition = state, At = at, Location = place });
        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(Write(answers, codes, known, await Known(http.Viewer(grains), answers)), "application/json");
    }

    /// <summary>The code of a URI, or the only likely reading of a scan.</summary>
    static string? Code(string? text, out string problem)
    {
        problem = "the code of a thing";
        if (string.IsNullOrEmpty(text)) return null;
        if (Identifier.TryIdentify(text, out var identified, out var error)) return identified.Code;
        var reading = ScannedText.Identify(text);
        if (reading.Best is { Code: { } code } && !reading.IsAmbiguous) return code;
        problem = reading.IsAmbiguous ? "a text that reads as one code; ask with the code of its likeliest reading (/identify tells them)" : reading.Problem?.Expected ?? error;
        return null;
    }

    /// <summary>Of the things that reasons name, those of which whoever asks may hear: what they asked for, and what they handled.</summary>
    static async Task<HashSet<string>> Known(Viewer viewer, MoveAnswer[] answers)
    {
        var known = answers.Select(answer => answer.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var code in answers.SelectMany(answer => answer.Reasons.Concat(answer.Cautions)).Select(reason => reason.Code).Where(code => code.Length > 0))
            if (!known.Contains(code) && await viewer.SeesThing(code)) known.Add(code);
        return known;
    }

    static byte[] Write(MoveAnswer[] answers, string?[] asked, string step, HashSet<string> known)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, plain))
        {
            json.WriteStartObject();
            json.WriteBoolean("allowed", answers.All(answer => answer.Allowed));
            json.WriteString("step", step);
            json.WriteString("at", answers[0].At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartArray("things");
            for (var i = 0; i < answers.Length; i++)
            {
                json.WriteStartObject();
                json.WriteString("code", answers[i].Code);
                if (asked[i] != answers[i].Code) json.WriteString("asked", asked[i]);
                json.WriteBoolean("allowed", answers[i].Allowed);
                Write(json, "reasons", answers[i].Reasons, known);
                Write(json, "cautions", answers[i].Cautions, known);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void Write(Utf8JsonWriter json, string name, ToldReason[] reasons, HashSet<string> known)
    {
        json.WriteStartArray(name);
        foreach (var reason in reasons) (known.Contains(reason.Code) ? reason : reason with { Code = "" }).Write(json);
        json.WriteEndArray();
    }

    static IResult Wrong(string field, string expected, string? found) => Results.Problem(
        title: "A wrong question", detail: $"{field}: expected {expected}; found {(found is null ? "nothing" : found.Length > 80 ? found[..80] + "…" : found)}", statusCode: StatusCodes.Status400BadRequest);
}
