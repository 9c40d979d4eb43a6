using System.Globalization;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Silo.Labels;

/// <summary>Reads what a request asks of a label, one field after another; the first that is wrong is the answer.</summary>
sealed class LabelRequest(HttpRequest http, PublicAddress address)
{
    public const int CaptionMax = 100, QuietZoneMin = 4, QuietZoneMax = 16;

    public CodeProblem? Problem { get; private set; }

    public ErrorCorrection Correction() => One("ecc") switch
    {
        null or "" => ErrorCorrection.M,
        { } text when Enum.TryParse<ErrorCorrection>(text, ignoreCase: true, out var level) && text.Length == 1 && char.IsAsciiLetter(text[0]) => level,
        var other => Wrong("ecc", "L, M, Q or H", other, ErrorCorrection.M),
    };

    public int Number(string field, int standard, int min, int max) =>
        One(field) is not { Length: > 0 } text ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
        : Wrong(field, $"a whole number from {min} to {max}", text, standard);

    public string Word(string field, string standard, params string[] words) =>
        One(field) is not { Length: > 0 } text ? standard : words.Contains(text) ? text : Wrong(field, string.Join(" or ", words), text, standard);

    /// <summary>The label of a code in any spelling.</summary>
    /// <param name="spelling">What was asked for.</param>
    /// <param name="field">The field it came in.</param>
    /// <param name="caption">Text in place of the human-readable line: <c>none</c> for no line, null for the code's own.</param>
    public Label? Of(string? spelling, string field, string? caption)
    {
        var correction = Correction();
        var isLink = Word("content", "link", "link", "code") == "link";
        var quiet = Number("quiet", QuietZoneMin, QuietZoneMin, QuietZoneMax);
        if (Problem is not null) return null;
        var reading = ScannedText.Identify(spelling);
        if (reading.Best is not { } best)
            return Wrong<Label?>(reading.Problem! with { Field = $"{field}: {reading.Problem!.Field}" });
        var code = LabelText.Printed(best);
        caption = caption switch { null or "" => LabelText.Caption(code), "none" => "", _ => caption };
        if (caption.Any(char.IsControl)) return Wrong<Label?>(new("text", "characters that print", "a control character"));
        var symbol = QrSymbol.Of(LabelText.Symbol(code, isLink, address.Of(http)), correction);
        return symbol is null ? Wrong<Label?>(new(field, $"a code that fits into a QR symbol with error correction {correction}", $"{code.Length} characters")) : new(symbol, quiet, caption);
    }

    public string? Caption()
    {
        var text = One("text");
        return text?.Length > CaptionMax ? Wrong<string?>("text", $"at most {CaptionMax} characters", $"{text.Length}", null) : text;
    }

    public string? One(string field) => http.Query[field] switch { { Count: 0 } => null, [var one] => one, { Count: var many } => Wrong<string?>(field, "one value", $"{many}", null) };

    public T Wrong<T>(string field, string expected, string? found, T standard)
    {
        Problem ??= new(field, expected, found?.Length > 100 ? found[..100] + "…" : found);
        return standard;
    }

    T? Wrong<T>(CodeProblem problem)
    {
        Problem ??= problem;
        return default;
    }
}
