using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Events;

/// <summary>In which spelling identifiers are answered (EPCIS 2.0 REST binding, <c>GS1-EPC-Format</c>).</summary>
public enum EpcSpelling
{
    /// <summary>As they were captured (<c>Never_Translates</c>, <c>No_Preference</c>).</summary>
    AsCaptured = 0,
    /// <summary>EPC URNs become GS1 Digital Links (<c>Always_GS1_Digital_Link</c>); what is no GS1 key stays.</summary>
    DigitalLink = 1,
    /// <summary>
    /// EPC URNs (<c>Always_EPC_URN</c>), where that can be known: an identifier that came as a URN is answered as one, and one that came as a Digital Link stays
    /// one, because a Digital Link does not say how many of its digits are the company prefix.
    /// </summary>
    EpcUrn = 2,
}

/// <summary>In which spelling terms of the Core Business Vocabulary are answered in XML, which has no bare words (EPCIS 2.0 REST binding, <c>GS1-CBV-XML-Format</c>).</summary>
public enum CbvSpelling
{
    /// <summary>As they were captured (<c>Never_Translates</c>, <c>No_Preference</c>); a bare word as the web URI that JSON-LD says it is.</summary>
    AsCaptured = 0,
    /// <summary><c>https://ref.gs1.org/cbv/BizStep-shipping</c> (<c>Always_Web_URI</c>).</summary>
    WebUri = 1,
    /// <summary><c>urn:epcglobal:cbv:bizstep:shipping</c> (<c>Always_URN</c>); measurement types, which have no URN, as web URIs.</summary>
    Urn = 2,
}

/// <summary>How an answer spells what was captured. Nothing of what an event says changes with it, and so neither does its hash.</summary>
/// <param name="Epc">Identifiers.</param>
/// <param name="Cbv">Terms; in XML alone.</param>
public sealed record Spelling(EpcSpelling Epc = EpcSpelling.AsCaptured, CbvSpelling Cbv = CbvSpelling.AsCaptured)
{
    /// <summary>Everything as it was captured.</summary>
    public static Spelling AsCaptured { get; } = new();

    /// <summary>The identifier in the spelling that is asked for. Only what stands in a field for identifiers is one.</summary>
    public string Identifier(string text) =>
        Epc == EpcSpelling.DigitalLink && text.StartsWith("urn:epc:", StringComparison.OrdinalIgnoreCase) && Identity.Identifier.TryIdentify(text, out var identified, out _) ? identified.Code : text;
}
