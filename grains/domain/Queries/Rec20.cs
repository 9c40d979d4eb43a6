using TraceGrains.Domain.Custody;

namespace TraceGrains.Domain.Queries;

/// <summary>Units of measure that can be compared, brought to one base unit: 299.15 KEL is 26 CEL, and a query in either finds both (EPCIS 2.0, 8.2.7.1; GS1 test TCR-53, step 26).</summary>
/// <remarks>Codes and factors: UN/ECE Recommendation 20. A code that is not here compares only with itself. Masses, volumes, lengths and areas are those of <see cref="Measure"/>.</remarks>
static class Rec20
{
    // base = (value + Before) × Factor + After
    readonly record struct Conversion(string Base, decimal Factor, decimal Before = 0, decimal After = 0);

    static readonly Dictionary<string, Conversion> Conversions = new(StringComparer.Ordinal)
    {
        // temperature
        ["KEL"] = new("KEL", 1), ["CEL"] = new("KEL", 1, After: 273.15m), ["FAH"] = new("KEL", 5m / 9m, Before: 459.67m), ["A48"] = new("KEL", 5m / 9m),
        // time
        ["SEC"] = new("SEC", 1), ["C26"] = new("SEC", 0.001m), ["MIN"] = new("SEC", 60), ["HUR"] = new("SEC", 3600), ["DAY"] = new("SEC", 86400), ["WEE"] = new("SEC", 604800),
        // pressure
        ["PAL"] = new("PAL", 1), ["KPA"] = new("PAL", 1000), ["MPA"] = new("PAL", 1000000), ["A97"] = new("PAL", 100), ["BAR"] = new("PAL", 100000), ["MBR"] = new("PAL", 100),
        ["ATM"] = new("PAL", 101325), ["PS"] = new("PAL", 6894.757m),
        // speed
        ["MTS"] = new("MTS", 1), ["KMH"] = new("MTS", 1000m / 3600m), ["HM"] = new("MTS", 0.44704m), ["KNT"] = new("MTS", 1852m / 3600m), ["FS"] = new("MTS", 0.3048m),
        // acceleration
        ["MSK"] = new("MSK", 1), ["K40"] = new("MSK", 9.80665m),
        // share
        ["P1"] = new("P1", 1), ["59"] = new("P1", 0.0001m), ["C62"] = new("C62", 1), ["EA"] = new("C62", 1), ["H87"] = new("C62", 1),
        // electricity
        ["VLT"] = new("VLT", 1), ["2Z"] = new("VLT", 0.001m), ["KVT"] = new("VLT", 1000), ["AMP"] = new("AMP", 1), ["4K"] = new("AMP", 0.001m), ["OHM"] = new("OHM", 1),
        // energy and power
        ["JOU"] = new("JOU", 1), ["KJO"] = new("JOU", 1000), ["WHR"] = new("JOU", 3600), ["KWH"] = new("JOU", 3600000), ["WTT"] = new("WTT", 1), ["KWT"] = new("WTT", 1000), ["MAW"] = new("WTT", 1000000),
        // angle
        ["DD"] = new("DD", 1), ["D61"] = new("DD", 1m / 60m), ["D62"] = new("DD", 1m / 3600m), ["C81"] = new("DD", 57.295779513082320876798154814m),
        // frequency, force, light
        ["HTZ"] = new("HTZ", 1), ["KHZ"] = new("HTZ", 1000), ["MHZ"] = new("HTZ", 1000000), ["NEW"] = new("NEW", 1), ["B47"] = new("NEW", 1000), ["LUX"] = new("LUX", 1), ["KLX"] = new("LUX", 1000),
        // concentration
        ["KMQ"] = new("KMQ", 1), ["A93"] = new("KMQ", 0.001m), ["GP"] = new("KMQ", 0.000001m), ["M1"] = new("KMQ", 0.001m), ["GL"] = new("KMQ", 1),
    };

    /// <summary>The number in its base unit, and which that is. What leaves the range of decimal stays in its own unit.</summary>
    public static (decimal Number, string Unit) ToBase(decimal number, string unit)
    {
        if (!Conversions.TryGetValue(unit, out var conversion))
            return Measure.ToBase(number, unit) is { Quantity: { } quantity } measured ? (quantity, measured.Uom) : (number, unit);
        try
        {
            // Sixteen decimals: a third of a degree says the same whichever way it was reached.
            return (Math.Round((number + conversion.Before) * conversion.Factor + conversion.After, 16), conversion.Base);
        }
        catch (OverflowException)
        {
            return (number, unit);
        }
    }
}
