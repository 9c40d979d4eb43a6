using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis;

/// <summary>In which spelling a client wants identifiers and terms (headers <c>GS1-EPC-Format</c>, <c>GS1-CBV-XML-Format</c>).</summary>
static class AnswerSpelling
{
    public const string EpcFormat = "GS1-EPC-Format", CbvFormat = "GS1-CBV-XML-Format";

    /// <summary>What may be asked for in <see cref="EpcFormat"/>, and in <see cref="CbvFormat"/>.</summary>
    public static IEnumerable<string> EpcNames => Epc.Keys;

    /// <summary>See <see cref="EpcNames"/>.</summary>
    public static IEnumerable<string> CbvNames => Cbv.Keys;

    /// <summary>The spelling of identifiers in an answer, as the header says it.</summary>
    public static string NameOf(EpcSpelling spelling) => Epc.First(pair => pair.Value == spelling).Key;

    /// <summary>The spelling of a name that <see cref="NameOf"/> gave.</summary>
    public static Spelling Named(string epcName) => new(Epc.GetValueOrDefault(epcName));

    static readonly Dictionary<string, EpcSpelling> Epc = new(StringComparer.Ordinal)
    {
        ["Never_Translates"] = EpcSpelling.AsCaptured,
        ["No_Preference"] = EpcSpelling.AsCaptured,
        ["Always_GS1_Digital_Link"] = EpcSpelling.DigitalLink,
        ["Always_EPC_URN"] = EpcSpelling.EpcUrn,
    };

    static readonly Dictionary<string, CbvSpelling> Cbv = new(StringComparer.Ordinal)
    {
        ["Never_Translates"] = CbvSpelling.AsCaptured,
        ["No_Preference"] = CbvSpelling.AsCaptured,
        ["Always_Web_URI"] = CbvSpelling.WebUri,
        ["Always_URN"] = CbvSpelling.Urn,
    };

    /// <summary>What the request asks for; a problem (406) where it asks for something unknown.</summary>
    public static (Spelling? Spelling, IResult? Problem) Of(HttpRequest request)
    {
        var (epc, cbv) = (Stated(EpcFormat), Stated(CbvFormat));
        if (!Epc.TryGetValue(epc, out var epcSpelling)) return (null, Problems.NotAcceptable(EpcFormat, string.Join(", ", Epc.Keys), epc));
        if (!Cbv.TryGetValue(cbv, out var cbvSpelling)) return (null, Problems.NotAcceptable(CbvFormat, string.Join(", ", Cbv.Keys), cbv));
        return (new(epcSpelling, cbvSpelling), null);

        string Stated(string header) => request.Headers[header] is { Count: > 0 } value ? value.ToString() : "Never_Translates";
    }
}
