namespace TraceGrains.Demo;

/// <summary>
/// GS1 keys in the canonical spelling, the Digital Link URI. Every company prefix has seven digits and begins with 952, which GS1 keeps for
/// demonstrations and examples: no code in here can belong to anybody.
/// </summary>
static class Gs1
{
    const string Root = "https://id.gs1.org";

    public static string Gln(string prefix, int reference) => Checked($"{prefix}{reference:00000}");

    public static string Party(string prefix, int reference) => $"{Root}/417/{Gln(prefix, reference)}";

    public static string Place(string prefix, int reference) => $"{Root}/414/{Gln(prefix, reference)}";

    /// <param name="prefix">Company prefix.</param>
    /// <param name="item">Item reference of the base unit.</param>
    /// <param name="level">Indicator digit: 0 the unit itself, 1 and above its larger packs.</param>
    public static string Product(string prefix, int item, int level = 0) => $"{Root}/01/{Checked($"{level}{prefix}{item:00000}")}";

    public static string Lot(string product, string lot) => $"{product}/10/{lot}";

    public static string Unit(string product, string serial) => $"{product}/21/{serial}";

    /// <summary>The spelling that carries the lot beside the serial; the thing it names is <see cref="Unit"/>.</summary>
    public static string UnitWithLot(string unit, string lotNumber) => unit.Replace("/21/", $"/10/{lotNumber}/21/");

    public static string Sscc(string prefix, int serial) => $"{Root}/00/{Checked($"0{prefix}{serial:000000000}")}";

    public static string Crate(string prefix, int type, string serial) => $"{Root}/8003/0{Checked($"{prefix}{type:00000}")}{serial}";

    public static string Asset(string prefix, string reference) => $"{Root}/8004/{prefix}{reference}";

    public static string Document(string prefix, int type, string serial) => $"{Root}/253/{Checked($"{prefix}{type:00000}")}{serial}";

    /// <summary>Appends the check digit of the GS1 General Specifications (7.9): weights 3, 1, 3, … from the right, up to the next ten.</summary>
    public static string Checked(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 3 : 1);
        return $"{digits}{(10 - sum % 10) % 10}";
    }

    /// <summary>The EPC URN an older ERP would write for the same thing. Only what such an ERP names here: pallets, cases, units, parties and places.</summary>
    public static string Urn(string link)
    {
        var part = link[(Root.Length + 1)..].Split('/');
        var key = part[1];
        return part switch
        {
            ["00", _] => $"urn:epc:id:sscc:{key[1..8]}.{key[0]}{key[8..17]}",
            ["01", _, "21", var serial] => $"urn:epc:id:sgtin:{key[1..8]}.{key[0]}{key[8..13]}.{serial}",
            ["414", _] => $"urn:epc:id:sgln:{key[..7]}.{key[7..12]}.0",
            ["417", _] => $"urn:epc:id:pgln:{key[..7]}.{key[7..12]}",
            _ => throw new ArgumentException($"the demonstration writes no URN for {link}", nameof(link)),
        };
    }
}
