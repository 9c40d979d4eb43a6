using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Silo.Links;

/// <summary>What every page has in common: plain HTML, nothing loaded from anywhere, no scripts, readable on a phone.</summary>
static class PageFrame
{
    static readonly PageStyle usual = new("provenance.css");

    /// <summary>Nothing but our own style may load or run, whatever found its way into a page.</summary>
    public static string ContentSecurityPolicy => usual.ContentSecurityPolicy;

    public static Html Of(PageWords words, string title, string heading, Html headerEnd, Html body, string footer, PageStyle? style = null) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{words.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex"><title>{title} · TraceGrains</title>{(style ?? usual).Element}</head>
        <body><header><span>TraceGrains</span> {heading}{headerEnd}</header>
        <main>{body}</main>
        <footer>{footer}</footer></body></html>
        """);
}

/// <summary>Style sheets of ours, and the policy under which they and nothing else apply.</summary>
sealed class PageStyle
{
    public PageStyle(params string[] resources)
    {
        var style = string.Join("\n", resources.Select(Read));
        Element = Html.Trusted($"<style>{style}</style>");
        ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /// <summary>The style is our own text and the one thing that goes into a page unescaped: its hash is in the policy.</summary>
    public Html Element { get; }

    public string ContentSecurityPolicy { get; }

    static string Read(string name)
    {
        using var resource = new StreamReader(typeof(PageStyle).Assembly.GetManifestResourceStream(name)!);
        return resource.ReadToEnd();
    }
}
