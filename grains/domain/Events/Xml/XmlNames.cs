using System.Collections.Frozen;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>The namespaces of EPCIS XML, and names that cross over between XML and JSON-LD.</summary>
static class XmlNames
{
    public const string Epcis2 = "urn:epcglobal:epcis:xsd:2";
    public const string Epcis1 = "urn:epcglobal:epcis:xsd:1";
    public const string Query2 = "urn:epcglobal:epcis-query:xsd:2";
    public const string Query1 = "urn:epcglobal:epcis-query:xsd:1";
    public const string MasterData2 = "urn:epcglobal:epcis-masterdata:xsd:2";
    public const string MasterData1 = "urn:epcglobal:epcis-masterdata:xsd:1";
    public const string Header = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
    public const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    public const string Schema = "http://www.w3.org/2001/XMLSchema";
    public const string Xml = "http://www.w3.org/XML/1998/namespace";
    public const string Xmlns = "http://www.w3.org/2000/xmlns/";

    /// <summary>The address of the JSON-LD context that every event out of XML carries.</summary>
    public const string EpcisContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    /// <summary>Where the text of an element goes that has attributes or elements beside it.</summary>
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", RdfValue = "value";

    static readonly FrozenSet<string> Own = FrozenSet.Create(StringComparer.Ordinal, Epcis2, Epcis1, Query2, Query1, MasterData2, MasterData1);

    static readonly FrozenSet<string> Plumbing = FrozenSet.Create(StringComparer.Ordinal,
        [.. Own, Header, Instance, Schema, Xml, Xmlns, "urn:epcglobal:xsd:1", "urn:epcglobal:xsd:2"]);

    /// <summary>What a namespace begins with that XML or the standard keeps for itself, where an event in JSON-LD has fields in it.</summary>
    const string Kept = JsonLdContext.Reserved + "namespace:";

    /// <summary>A namespace as fields of one's own can have it in XML.</summary>
    public static string Escape(string space) => IsEpcis(space) || space is Xmlns or Instance or Xml ? Kept + space : space;

    /// <summary>The namespace that was written so.</summary>
    public static string Unescape(string space) => space.StartsWith(Kept, StringComparison.Ordinal) ? space[Kept.Length..] : space;

    /// <summary>Whether a namespace is one of EPCIS itself, in any version.</summary>
    public static bool IsEpcis(string space) => Own.Contains(space);

    /// <summary>Whether a namespace is part of the XML form alone, so that an event's context does not need it.</summary>
    public static bool IsPlumbing(string space) => Plumbing.Contains(space);

    /// <summary>Whether a prefix can stand before a colon in JSON-LD: there it must look like the scheme of a URI, and must not be one.</summary>
    public static bool IsCuriePrefix(string prefix) =>
        prefix.Length > 0 && char.IsAsciiLetter(prefix[0]) && prefix.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-')
        && !prefix.Equals("urn", StringComparison.OrdinalIgnoreCase) && !prefix.Equals("http", StringComparison.OrdinalIgnoreCase) && !prefix.Equals("https", StringComparison.OrdinalIgnoreCase)
        && !prefix.EndsWith("Event", StringComparison.Ordinal);
}
