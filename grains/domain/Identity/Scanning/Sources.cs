namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>Where the rules of the international schemes stand.</summary>
static class Sources
{
    public const string Elements = "GS1 General Specifications, GS1 Application Identifiers; content rules from the GS1 Barcode Syntax Dictionary";
    public const string CheckDigit = "GS1 General Specifications, 7.9 (check digit calculations)";
    public const string DigitalLink = "GS1 Digital Link Standard: URI Syntax; keys and qualifiers from the GS1 Barcode Syntax Dictionary";
    public const string EpcUrn = "GS1 EPC Tag Data Standard, EPC URIs (pure identity, class and pattern)";
    public const string Uri = "RFC 3986 (URI), RFC 8141 (URN)";
}
