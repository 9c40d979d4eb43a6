using Microsoft.Net.Http.Headers;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis;

/// <summary>In which forms documents come. A further form is a further row.</summary>
static class CaptureMediaTypes
{
    static readonly Dictionary<string, CaptureForm> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/json"] = CaptureForm.JsonLd,
        ["application/ld+json"] = CaptureForm.JsonLd,
        ["application/xml"] = CaptureForm.Xml,
        ["text/xml"] = CaptureForm.Xml,
    };

    /// <summary>What may stand in <c>Content-Type</c>.</summary>
    public static IEnumerable<string> Names => Forms.Keys;

    /// <summary>The form that a request states; null when it is none of these, or is packed or encoded in a way that is not read here.</summary>
    public static CaptureForm? Of(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var stated)
        && Forms.TryGetValue(stated.MediaType.Value!, out var form)
        && (stated.Charset.Length == 0 || Charsets(form).Contains(HeaderUtilities.RemoveQuotes(stated.Charset).ToString(), StringComparer.OrdinalIgnoreCase))
        && (request.Headers.ContentEncoding.Count == 0 || request.Headers.ContentEncoding is ["identity"])
            ? form
            : null;

    // Whether an XML document is in UTF-8 or UTF-16 is seen from its first bytes.
    static string[] Charsets(CaptureForm form) => form == CaptureForm.Xml ? ["utf-8", "utf-16"] : ["utf-8"];
}
