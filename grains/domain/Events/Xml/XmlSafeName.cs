using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Names of JSON-LD that are no names in XML, written with <c>_xHHHH_</c> for each character in the way (ISO/IEC 9075-14, 9.1).</summary>
static class XmlSafeName
{
    const string Nothing = "_x0000_";

    public static string Encode(string name) => name.Length == 0 ? Nothing : XmlConvert.EncodeLocalName(name)!;

    /// <summary>The name that was written so; any other stays as it is.</summary>
    public static string Decode(string local)
    {
        if (!local.Contains("_x", StringComparison.Ordinal))
            return local;
        if (local == Nothing)
            return "";
        var decoded = XmlConvert.DecodeName(local)!;
        return XmlConvert.EncodeLocalName(decoded) == local ? decoded : local;
    }
}
