namespace TraceGrains.Domain.Identity;

/// <summary>What a reader or writer of GS1 Digital Links lets pass beyond the current standard. The default is the standard.</summary>
public sealed record DigitalLinkOptions
{
    /// <summary>The standard, nothing more.</summary>
    public static DigitalLinkOptions Standard { get; } = new();

    /// <summary>Words in place of numbers, <c>/gtin/…/ser/…</c>, as version 1.1 of the standard had them.</summary>
    public bool PermitConvenienceNames { get; init; }

    /// <summary>GTINs of 8, 12 or 13 digits: leading zeros are put back.</summary>
    public bool PermitShortGtins { get; init; }

    /// <summary>Identifiers of two to four digits that GS1 has given no meaning yet.</summary>
    public bool PermitUnknownIdentifiers { get; init; }

    /// <summary>Whether such unknown identifiers may also stand in the query string. Has no effect without <see cref="PermitUnknownIdentifiers"/>.</summary>
    public bool PermitUnknownAttributes { get; init; }
}
