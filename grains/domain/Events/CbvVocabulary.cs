using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Events;

/// <summary>
/// One list of words of the Core Business Vocabulary. The same word may be written bare, as URN, as web URI or as CURIE of that web URI;
/// whatever the spelling, it is the bare word here. Any other URI is a term of one's own.
/// </summary>
sealed class CbvVocabulary
{
    // Before the vocabularies, which need them: static fields come into being in the order they are written.
    // Spellings of the two GS1 namespaces seen in the field: the standard's final ones, and those of its drafts and of the published schema.
    static readonly string[] CbvNamespaces = ["https://ref.gs1.org/cbv/", "https://ns.gs1.org/cbv/", "http://ref.gs1.org/cbv/", "http://ns.gs1.org/cbv/"];
    static readonly string[] VocNamespaces =
        ["https://gs1.org/voc/", "https://www.gs1.org/voc/", "https://ref.gs1.org/voc/", "http://gs1.org/voc/", "http://www.gs1.org/voc/", "http://ref.gs1.org/voc/"];

    public static readonly CbvVocabulary BizStep = new("business step", "urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-",
        "accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting decommissioning departing destroying " +
        "disassembling dispensing encoding entering_exiting holding inspecting installing killing loading other packing picking receiving removing " +
        "repackaging repairing replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing " +
        "transporting unloading unpacking void_shipping");

    public static readonly CbvVocabulary Disposition = new("disposition", "urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-",
        "active available completeness_inferred completeness_verified conformant container_closed container_open damaged destroyed dispensed disposed " +
        "encoded expired in_progress in_transit inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement no_pedigree_match " +
        "non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible sellable_not_accessible " +
        "stolen unavailable unknown");

    public static readonly CbvVocabulary BizTransactionType = new("business transaction type", "urn:epcglobal:cbv:btt:", "https://ref.gs1.org/cbv/BTT-",
        "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt");

    public static readonly CbvVocabulary SourceDestinationType = new("source or destination type", "urn:epcglobal:cbv:sdt:", "https://ref.gs1.org/cbv/SDT-",
        "location owning_party possessing_party");

    public static readonly CbvVocabulary ErrorReason = new("error reason", "urn:epcglobal:cbv:er:", "https://ref.gs1.org/cbv/ER-",
        "did_not_occur incorrect_data");

    public static readonly CbvVocabulary Component = new("sensor component", "urn:epcglobal:cbv:comp:", "https://ref.gs1.org/cbv/Comp-",
        "x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing latitude longitude altitude");

    public static readonly CbvVocabulary Measurement = new("measurement type", null, "https://gs1.org/voc/",
        "AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance AmountOfSubstancePerUnitVolume Angle AngularAcceleration " +
        "AngularMomentum AngularVelocity Area Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate " +
        "DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency Illuminance " +
        "Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity MagneticFlux MagneticFluxDensity " +
        "MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume " +
        "Power Pressure RadiantFlux RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed " +
        "SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber");

    public static readonly CbvVocabulary Alert = new("sensor alert", null, "https://gs1.org/voc/", "ALARM_CONDITION ERROR_CONDITION");

    readonly string what;
    readonly string? urn;
    readonly string[] namespaces;
    readonly string web;
    readonly string marker;
    readonly FrozenDictionary<string, string> webUriOf;
    readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> webUriOfSpan;

    CbvVocabulary(string what, string? urn, string web, string words)
    {
        this.what = what;
        this.urn = urn;
        this.web = web;
        var slash = web.LastIndexOf('/');
        marker = web[(slash + 1)..];
        namespaces = web.Contains("/cbv/", StringComparison.Ordinal) ? CbvNamespaces : VocNamespaces;
        webUriOf = words.Split(' ').ToFrozenDictionary(word => word, word => web + word, StringComparer.Ordinal);
        webUriOfSpan = webUriOf.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What belongs in a field of this vocabulary, for a problem.</summary>
    public string Expected => $"a CBV {what}{(webUriOf.Count <= 14 ? $" ({string.Join(", ", webUriOf.Keys.Order(StringComparer.Ordinal))})" : "")} or the URI of a term of your own";

    /// <summary>The bare word, or any other URI: of a term of one's own, or of one in GS1's namespaces that GS1 does not define (<see cref="IsDefined"/>).</summary>
    public bool TryRead(string text, JsonLdContext context, [NotNullWhen(true)] out string? term)
    {
        if (webUriOf.ContainsKey(text))
            return (term = text) is not null;
        term = null;
        if (!text.Contains(':'))
            return false;
        var uri = context.Expand(text);
        if (!UriText.IsUri(uri))
            return false;
        if (urn is not null && uri.StartsWith(urn, StringComparison.OrdinalIgnoreCase) && TryWord(uri.AsSpan(urn.Length), out term))
            return true;
        foreach (var space in namespaces)
            if (uri.StartsWith(space, StringComparison.Ordinal) && uri.AsSpan(space.Length).StartsWith(marker, StringComparison.Ordinal))
            {
                // Several addresses have stood for the one namespace.
                if (!TryWord(uri.AsSpan(space.Length + marker.Length), out term))
                    term = string.Concat(web, uri.AsSpan(space.Length + marker.Length));
                return true;
            }
        term = uri;
        return true;
    }

    /// <summary>Every word of the vocabulary, in alphabetical order.</summary>
    public IEnumerable<string> Words => webUriOf.Keys.Order(StringComparer.Ordinal);

    /// <summary>
    /// Whether a term that <see cref="TryRead"/> gave is one of this vocabulary or one's own. The JSON schema of EPCIS refuses what is in GS1's namespaces
    /// and not defined there; the XML schema does not, and there is such in GS1's own examples.
    /// </summary>
    public bool IsDefined(string term) =>
        webUriOf.ContainsKey(term) || !(urn is not null && term.StartsWith("urn:epcglobal:cbv:", StringComparison.OrdinalIgnoreCase)) && !namespaces.Any(space => term.StartsWith(space, StringComparison.Ordinal));

    /// <summary>How the event hash writes a term that <see cref="TryRead"/> gave.</summary>
    public string WebUri(string term) => webUriOf.GetValueOrDefault(term, term);

    /// <summary>The URN of a term that <see cref="TryRead"/> gave; its web URI where the vocabulary has no URNs.</summary>
    public string Urn(string term) => urn is not null && webUriOf.ContainsKey(term) ? urn + term : WebUri(term);

    bool TryWord(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? word)
    {
        word = webUriOfSpan.ContainsKey(text) ? text.ToString() : null;
        return word is not null;
    }
}
