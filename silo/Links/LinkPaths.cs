using TraceGrains.Domain.Identity;

namespace TraceGrains.Silo.Links;

/// <summary>Where a thing's pages are on this host.</summary>
static class LinkPaths
{
    /// <summary>GS1 keys have their Digital Link path; every other code stands escaped behind <c>/e/</c>.</summary>
    public static string PageOf(string code) =>
        code.StartsWith(DigitalLink.CanonicalStem + "/", StringComparison.Ordinal) ? code[DigitalLink.CanonicalStem.Length..] : "/e/" + Uri.EscapeDataString(code);

    public static string RecallStatusOf(string code) => "/recall-status/" + Uri.EscapeDataString(code);

    /// <summary>The EPCIS query for events that name the code.</summary>
    public static string EventsOf(string code) => "/epcis/events?MATCH_anyEPC=" + Uri.EscapeDataString(code);

    /// <summary>Scheme and host as the client reached us.</summary>
    public static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
