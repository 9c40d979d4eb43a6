using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Silo.Links;

/// <summary>What every public page has in common: plain HTML, nothing loaded from anywhere, no scripts, readable on a phone.</summary>
static class PageFrame
{
    static readonly string style = ReadStyle();

    /// <summary>Nothing but our own style may load or run, whatever found its way into a page.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Html Of(PageWords words, string title, string heading, Html headerEnd, Html body, string footer) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{words.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex"><title>{title} · TraceGrains</title>{StyleElement}</head>
        <body><header><span>TraceGrains</span> {heading}{headerEnd}</header>
        <main>{body}</main>
        <footer>{footer}</footer></body></html>
        """);

    /// <summary>The style is our own text and the one thing that goes into a page unescaped: its hash is in the policy.</summary>
    static Html StyleElement => Html.Trusted($"<style>{style}</style>");

    static string ReadStyle()
    {
        using var resource = new StreamReader(typeof(PageFrame).Assembly.GetManifestResourceStream("provenance.css")!);
        return resource.ReadToEnd();
    }
}
