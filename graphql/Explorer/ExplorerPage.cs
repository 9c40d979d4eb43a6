using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.GraphQL.Explorer;

/// <summary>The page for trying queries: one document with its script and style in it, nothing from other hosts.</summary>
static class ExplorerPage
{
    /// <summary>Where in the page it says who is signed in.</summary>
    const string WhoHere = "<!-- who -->";

    static readonly string Html = Load();

    // The page's own script and style, by their hashes, and requests to this host: whatever else slips into the page does not run.
    static readonly string Policy =
        $"default-src 'none'; script-src '{HashOf("script")}'; style-src '{HashOf("style")}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Writes the page.</summary>
    /// <param name="http">The request for it.</param>
    /// <param name="signIn">Path of the page on which people sign in; null for none.</param>
    public static Task Write(HttpContext http, string? signIn)
    {
        var response = http.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept, Cookie";
        return response.WriteAsync(Html.Replace(WhoHere, signIn is null ? "" : Who(http.Caller(), signIn), StringComparison.Ordinal), http.RequestAborted);
    }

    /// <summary>Who is signed in, as a link to where that can be changed.</summary>
    static string Who(Caller caller, string signIn)
    {
        var text = caller.Role switch { Role.Consumer => "Sign in", Role.Trusted => "Access control is off", _ => $"{caller.Subject} ({RoleNames.Of(caller.Role)})" };
        return $"<a id=\"who\" href=\"{HtmlEncoder.Default.Encode(signIn)}?lang=en&amp;returnTo=%2Fgraphql\">{HtmlEncoder.Default.Encode(text)}</a>";
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
