namespace TraceGrains.Benchmarks.Lineages;

/// <summary>GS1 keys under prefixes that begin with 952, which GS1 keeps for examples.</summary>
static class Codes
{
    const string Root = "https://id.gs1.org";

    public static string Product(int item) => $"{Root}/01/{Checked($"09521{item:00000000}")}";

    public static string Lot(int item, int number) => $"{Product(item)}/10/L{number}";

    public static string Unit(int item, long serial) => $"{Product(item)}/21/{serial}";

    public static string Party(int reference) => $"{Root}/417/{Checked($"9521{reference:00000000}")}";

    public static string Place(int reference) => $"{Root}/414/{Checked($"9521{reference:00000000}")}";

    public static string Document(long serial) => $"{Root}/253/{Checked("952100000001")}{serial}";

    /// <summary>Appends the check digit of the GS1 General Specifications: weights 3, 1, 3, … from the right, up to the next ten.</summary>
    static string Checked(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 3 : 1);
        return $"{digits}{(10 - sum % 10) % 10}";
    }
}
