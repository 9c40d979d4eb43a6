using System.Globalization;
using Microsoft.Extensions.Primitives;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis;

/// <summary>The GS1 headers of the EPCIS 2.0 REST binding: what this repository speaks, and whether that is what a client asks for.</summary>
static class EpcisHeaders
{
    /// <summary>One standard: what is answered, and what is understood, from the lowest to the highest.</summary>
    sealed record Spoken(string Standard, string Version, string Min, string Max);

    static readonly Spoken[] Standards = [new("GS1-EPCIS", "2.0.0", "2.0.0", "2.0.0"), new("GS1-CBV", "2.0.0", "2.0.0", "2.0.0")];

    static readonly string Vendor = "TraceGrains/" + typeof(EpcisHeaders).Assembly.GetName().Version!.ToString(3);

    /// <summary>Goes with every answer under <c>/epcis</c>.</summary>
    public static void AddVersions(IHeaderDictionary headers)
    {
        foreach (var spoken in Standards) headers[spoken.Standard + "-Version"] = spoken.Version;
        // Events may carry fields of any vocabulary; none is given a meaning beyond the standard's but our own.
        headers["GS1-Extensions"] = "tracegrains=urn:tracegrains:voc:";
    }

    /// <summary>Answers a client that asks what there is (OPTIONS).</summary>
    public static void AddDiscovery(IHeaderDictionary headers)
    {
        foreach (var spoken in Standards) (headers[spoken.Standard + "-Min"], headers[spoken.Standard + "-Max"]) = (spoken.Min, spoken.Max);
        headers[AnswerSpelling.EpcFormat] = string.Join(", ", AnswerSpelling.EpcNames);
        headers[AnswerSpelling.CbvFormat] = string.Join(", ", AnswerSpelling.CbvNames);
        headers["GS1-Vendor-Version"] = Vendor;
    }

    /// <summary>How much one capture may carry.</summary>
    public static void AddCaptureLimits(IHeaderDictionary headers)
    {
        headers["GS1-EPCIS-Capture-Limit"] = CaptureLimits.MaxEvents.ToString(CultureInfo.InvariantCulture);
        headers["GS1-EPCIS-Capture-File-Size-Limit"] = CaptureLimits.MaxDocumentBytes.ToString(CultureInfo.InvariantCulture);
        headers[CaptureRequest.ErrorBehaviour] = "all";
    }

    /// <summary>A problem where a client asks for versions that are not spoken here, or for none; null where all is well. Third and further parts of a version do not count: they change no form.</summary>
    public static IResult? Refuse(IHeaderDictionary headers)
    {
        foreach (var spoken in Standards)
        {
            var (min, max) = (Parse(spoken.Min)!.Value, Parse(spoken.Max)!.Value);
            foreach (var (suffix, isMet) in (ReadOnlySpan<(string, Func<(int, int), bool>)>)
                [("-Version", asked => asked.CompareTo(min) >= 0 && asked.CompareTo(max) <= 0), ("-Min", asked => asked.CompareTo(max) <= 0), ("-Max", asked => asked.CompareTo(min) >= 0)])
            {
                var header = spoken.Standard + suffix;
                if (headers[header] is not { Count: > 0 } stated) continue;
                if (Parse(stated.ToString()) is not { } asked) return Problems.Invalid(header, "a version, such as 2.0.0", stated.ToString());
                if (!isMet(asked)) return Problems.NotAcceptable(header, spoken.Min == spoken.Max ? spoken.Version : $"{spoken.Min} to {spoken.Max}", stated.ToString());
            }
        }
        return null;
    }

    static (int Major, int Minor)? Parse(string version)
    {
        var parts = version.Split('.');
        var numbers = new int[Math.Max(parts.Length, 2)];
        for (var i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return null;
        return (numbers[0], numbers[1]);
    }
}
