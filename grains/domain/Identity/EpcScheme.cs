namespace TraceGrains.Domain.Identity;

/// <summary>How one EPC scheme spells a GS1 key: company prefix, a reference, and for most a serial number, with dots between them.</summary>
/// <param name="Name">The word in the URN, such as sgtin.</param>
/// <param name="Shape">The parts behind that word, for people who got them wrong.</param>
/// <param name="Key">The key that the parts make.</param>
/// <param name="Kind">What a URN with its last part names.</param>
sealed record EpcScheme(string Name, string Shape, ApplicationIdentifier Key, CodeKind Kind)
{
    /// <summary>Digits of company prefix and reference together, without check digit; 0 where the reference is free text.</summary>
    public int Digits { get; init; }

    /// <summary>GTIN and SSCC put the first digit of the reference (indicator, extension digit) before the company prefix.</summary>
    public bool FirstDigitLeads { get; init; }

    /// <summary>Whether there is a part behind the reference.</summary>
    public bool HasLastPart { get; init; }

    /// <summary>The identifier of that last part; null where it is the end of the key itself (GRAI, GDTI, GCN).</summary>
    public ApplicationIdentifier? LastPart { get; init; }

    /// <summary>What a pattern with * for the last part names; null where no pattern names one thing.</summary>
    public CodeKind? PatternKind { get; init; }

    static readonly ApplicationIdentifier Gtin = SyntaxDictionary.Get("01");
    static readonly ApplicationIdentifier Serial = SyntaxDictionary.Get("21");

    public static readonly EpcScheme Sgtin = new("sgtin", "CompanyPrefix.ItemReference.SerialNumber", Gtin, CodeKind.Unit)
        { Digits = 13, FirstDigitLeads = true, HasLastPart = true, LastPart = Serial, PatternKind = CodeKind.Product };

    public static readonly EpcScheme Lgtin = new("lgtin", "CompanyPrefix.ItemReference.Lot", Gtin, CodeKind.Batch)
        { Digits = 13, FirstDigitLeads = true, HasLastPart = true, LastPart = SyntaxDictionary.Get("10") };

    public static readonly EpcScheme Upui = new("upui", "CompanyPrefix.ItemReference.TPX", Gtin, CodeKind.Unit)
        { Digits = 13, FirstDigitLeads = true, HasLastPart = true, LastPart = SyntaxDictionary.Get("235"), PatternKind = CodeKind.Product };

    public static readonly EpcScheme Itip = new("itip", "CompanyPrefix.ItemReference.Piece.Total.SerialNumber", SyntaxDictionary.Get("8006"), CodeKind.Unit)
        { Digits = 13, FirstDigitLeads = true, HasLastPart = true, LastPart = Serial, PatternKind = CodeKind.Product };

    public static readonly EpcScheme Cpi = new("cpi", "CompanyPrefix.PartReference.SerialNumber", SyntaxDictionary.Get("8010"), CodeKind.Unit)
        { HasLastPart = true, LastPart = SyntaxDictionary.Get("8011"), PatternKind = CodeKind.Product };

    public static readonly EpcScheme Sscc = new("sscc", "CompanyPrefix.SerialReference", SyntaxDictionary.Get("00"), CodeKind.LogisticUnit)
        { Digits = 17, FirstDigitLeads = true };

    public static readonly EpcScheme Sgln = new("sgln", "CompanyPrefix.LocationReference.Extension", SyntaxDictionary.Get("414"), CodeKind.Location)
        { Digits = 12, HasLastPart = true, LastPart = SyntaxDictionary.Get("254") };

    public static readonly EpcScheme Pgln = new("pgln", "CompanyPrefix.PartyReference", SyntaxDictionary.Get("417"), CodeKind.Party)
        { Digits = 12 };

    public static readonly EpcScheme Grai = new("grai", "CompanyPrefix.AssetType.SerialNumber", SyntaxDictionary.Get("8003"), CodeKind.Device)
        { Digits = 12, HasLastPart = true, PatternKind = CodeKind.Product };

    public static readonly EpcScheme Giai = new("giai", "CompanyPrefix.AssetReference", SyntaxDictionary.Get("8004"), CodeKind.Device);

    public static readonly EpcScheme Gdti = new("gdti", "CompanyPrefix.DocumentType.SerialNumber", SyntaxDictionary.Get("253"), CodeKind.Document)
        { Digits = 12, HasLastPart = true, PatternKind = CodeKind.Document };

    public static readonly EpcScheme Sgcn = new("sgcn", "CompanyPrefix.CouponReference.SerialNumber", SyntaxDictionary.Get("255"), CodeKind.Document)
        { Digits = 12, HasLastPart = true, PatternKind = CodeKind.Document };

    public static readonly EpcScheme Gsrn = new("gsrn", "CompanyPrefix.ServiceReference", SyntaxDictionary.Get("8018"), CodeKind.Document)
        { Digits = 17 };

    public static readonly EpcScheme Gsrnp = new("gsrnp", "CompanyPrefix.ServiceReference", SyntaxDictionary.Get("8017"), CodeKind.Document)
        { Digits = 17 };

    public static readonly EpcScheme Gsin = new("gsin", "CompanyPrefix.ShipperReference", SyntaxDictionary.Get("402"), CodeKind.Document)
        { Digits = 16 };

    public static readonly EpcScheme Ginc = new("ginc", "CompanyPrefix.ConsignmentReference", SyntaxDictionary.Get("401"), CodeKind.Document);

    /// <summary>The scheme of that name, null if there is none of GS1's keys behind it.</summary>
    public static EpcScheme? Find(ReadOnlySpan<char> name) => name switch
    {
        "sgtin" => Sgtin,
        "sscc" => Sscc,
        "sgln" => Sgln,
        "pgln" => Pgln,
        "grai" => Grai,
        "giai" => Giai,
        "gdti" => Gdti,
        "gsrn" => Gsrn,
        "gsrnp" => Gsrnp,
        "cpi" => Cpi,
        "sgcn" => Sgcn,
        "ginc" => Ginc,
        "gsin" => Gsin,
        "itip" => Itip,
        "upui" => Upui,
        _ => null,
    };

    /// <summary>Schemes of the EPC Tag Data Standard that have no GS1 key: general, aerospace, military, containers, ships.</summary>
    public static bool IsWithoutKey(ReadOnlySpan<char> name) => name is "gid" or "adi" or "usdod" or "bic" or "imovn";
}
