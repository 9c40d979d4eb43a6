using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TraceGrains.Silo.Links;

/// <summary>A piece of HTML. The only way to make one is an interpolated string, in which every value that is no <see cref="Html"/> itself is escaped.</summary>
readonly struct Html
{
    readonly string? text;

    Html(string text) => this.text = text;

    public static Html Of(HtmlHandler markup) => new(markup.Text);

    /// <summary>Text of our own that no value has gone into.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces));

    public override string ToString() => text ?? "";
}

/// <summary>Collects literal markup as it is and values escaped.</summary>
[InterpolatedStringHandler]
readonly ref struct HtmlHandler(int literalLength, int formattedCount)
{
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    readonly StringBuilder builder = new(literalLength + formattedCount * 32);

    public string Text => builder.ToString();

    public void AppendLiteral(string markup) => builder.Append(markup);

    public void AppendFormatted(Html piece) => builder.Append(piece.ToString());

    public void AppendFormatted(string? value) => builder.Append(Encoder.Encode(value ?? ""));

    public void AppendFormatted(int value) => builder.Append(value);
}
