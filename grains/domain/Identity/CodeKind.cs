namespace TraceGrains.Domain.Identity;

/// <summary>What sort of thing a code names, as far as the code itself says.</summary>
public enum CodeKind
{
    /// <summary>Any absolute URI that is no GS1 key: what it names follows from the events that use it.</summary>
    Other = 0,

    /// <summary>A serialised trade item or component: SGTIN, ITIP with serial, CPID with serial; a Chinese drug, pesticide, veterinary drug, detonator or seed code.</summary>
    Unit = 1,

    /// <summary>A batch or lot: GTIN with AI (10), the EPC class LGTIN; a lot under a Chinese product code.</summary>
    Batch = 2,

    /// <summary>A product class without lot or serial: GTIN, CPID without serial, ITIP without serial, GMN.</summary>
    Product = 3,

    /// <summary>A logistic unit: SSCC.</summary>
    LogisticUnit = 4,

    /// <summary>An asset: GIAI, GRAI with serial. Sensors, lifts, cylinders and crates are devices here. So is special equipment by its Chinese code.</summary>
    Device = 5,

    /// <summary>A place: GLN with AI (414), with or without its extension (254).</summary>
    Location = 6,

    /// <summary>A party: GLN with AI (417), or a unified social credit code.</summary>
    Party = 7,

    /// <summary>A document, shipment, consignment, coupon or service relation: GDTI, GSIN, GINC, GCN, GSRN.</summary>
    Document = 8,
}
