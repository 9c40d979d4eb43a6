using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TraceGrains.GraphQL.Explorer;

/// <summary>The page for trying queries: one document with its script and style in it, nothing from other hosts.</summary>
static class ExplorerPage
{
    static readonly string Html = Load();

    // The page's own script and style, by their hashes, and requests to this host: whatever else slips into the page does not run.
    static readonly string Policy =
        $"default-src 'none'; script-src '{HashOf("script")}'; style-src '{HashOf("style")}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Task Write(HttpResponse response)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept";
        return response.WriteAsync(Html, response.HttpContext.RequestAborted);
    }

    static string HashOf(string element)
    {
        var start = Html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var content = Html[start..Html.IndexOf($"</{element}>", StringComparison.Ordinal)];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }

    static string Load() => Read("explorer.html").Replace("/* explorer.css */", Read("explorer.css"), StringComparison.Ordinal).Replace("/* explorer.js */", Read("explorer.js"), StringComparison.Ordinal);

    static string Read(string name)
    {
        using var stream = typeof(ExplorerPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
