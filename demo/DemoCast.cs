namespace TraceGrains.Demo;

/// <summary>An invented enterprise. Its names say that it does not exist.</summary>
/// <param name="Code">Canonical party code, GLN with AI 417.</param>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
/// <param name="District">The district or county it answers to.</param>
/// <param name="Role">What it does: grower, maker, distributor, shop …</param>
public sealed record DemoParty(string Code, string Zh, string En, DemoDistrict District, string Role);

/// <summary>A place of an enterprise.</summary>
/// <param name="Code">Canonical place code, GLN with AI 414.</param>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
/// <param name="District">Where it lies.</param>
/// <param name="Party">Whose it is.</param>
public sealed record DemoPlace(string Code, string Zh, string En, DemoDistrict District, string Party);

/// <summary>A real district or county of Chongqing: where things go is the only part of the demonstration that is not invented.</summary>
/// <param name="Code">Division code of GB/T 2260.</param>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
public sealed record DemoDistrict(string Code, string Zh, string En);

/// <summary>A product class.</summary>
/// <param name="Code">Canonical product code, GTIN with AI 01.</param>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
/// <param name="Maker">The party that makes it.</param>
/// <param name="Category">The category of the 2016 plan: 食用农产品, 食品 or 药品.</param>
public sealed record DemoProduct(string Code, string Zh, string En, string Maker, string Category);

/// <summary>
/// Who and what to look at in the demonstration, and what a recall of <see cref="RecalledLot"/> must reach. The expected numbers come
/// from the generator's own bookkeeping, so that they say nothing about how any lineage index works.
/// </summary>
public sealed record DemoCast
{
    /// <summary>Every enterprise.</summary>
    public required IReadOnlyList<DemoParty> Parties { get; init; }

    /// <summary>Every place.</summary>
    public required IReadOnlyList<DemoPlace> Places { get; init; }

    /// <summary>Every product class.</summary>
    public required IReadOnlyList<DemoProduct> Products { get; init; }

    /// <summary>The harvest lot of grower C that turns out to be bad.</summary>
    public required string RecalledLot { get; init; }

    /// <summary>A case of units made from it, opened in a shop.</summary>
    public required string Case { get; init; }

    /// <summary>The distributor's pallet that carried that case beside cases of other lots.</summary>
    public required string Pallet { get; init; }

    /// <summary>A retail unit made from the recalled lot that a shop has sold.</summary>
    public required string SoldUnit { get; init; }

    /// <summary>A retail unit that stood on <see cref="Pallet"/> too and has nothing of the recalled lot in it.</summary>
    public required string UntouchedUnit { get; init; }

    /// <summary>The pallet that is still on the road when the story ends.</summary>
    public required string PalletInTransit { get; init; }

    /// <summary>The lot that an event first named by mistake and its error declaration took back: a recall of <see cref="RecalledLot"/> must not reach it.</summary>
    public required string WronglyNamedInto { get; init; }

    /// <summary>The harvest lot that failed its residue test and was destroyed before a witness.</summary>
    public required string DestroyedLot { get; init; }

    /// <summary>A box of tablets (SGTIN) that the hospital dispensed.</summary>
    public required string HospitalDrugUnit { get; init; }

    /// <summary>A box that carries a 20-digit Chinese drug code instead of a GS1 key, dispensed as well.</summary>
    public required string DrugCodeUnit { get; init; }

    /// <summary>The temperature logger (GIAI) that rode on <see cref="Lorry"/>.</summary>
    public required string Sensor { get; init; }

    /// <summary>The dairy's refrigerated lorry (GIAI).</summary>
    public required string Lorry { get; init; }

    /// <summary>A returnable crate (GRAI) that carried one lot of milk after another.</summary>
    public required string Crate { get; init; }

    /// <summary>The lots that a recall of <see cref="RecalledLot"/> reaches, itself included: harvest, salted, blended and retail.</summary>
    public required IReadOnlyList<string> ExpectedReachedLots { get; init; }

    /// <summary>How many retail units it reaches.</summary>
    public required int ExpectedReachedUnits { get; init; }

    /// <summary>Present holder → how many of the reached units it has, or (a shop) has sold. Units on the road count with the sender.</summary>
    public required IReadOnlyDictionary<string, int> ExpectedReachedUnitsByHolder { get; init; }

    /// <summary>How many of the reached units are on the road.</summary>
    public required int ExpectedReachedUnitsInTransit { get; init; }

    /// <summary>How many of the reached units have been sold to consumers.</summary>
    public required int ExpectedReachedUnitsSold { get; init; }

    /// <summary>Every serialised unit of sale in the story.</summary>
    public required int Units { get; init; }

    /// <summary>Canonical code → name, for every party, place, product, lot of the zhacai chain, device and named item.</summary>
    public required IReadOnlyDictionary<string, (string Zh, string En)> Names { get; init; }
}
