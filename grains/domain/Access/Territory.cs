namespace TraceGrains.Domain.Access;

/// <summary>Which places belong to a district's regulator.</summary>
public static class Territory
{
    /// <summary>Whether a place in one district lies in the territory of another's regulator: the same county, or any county of a prefecture (four digits and 00) or province (two and 0000).</summary>
    /// <param name="territory">Code of GB/T 2260, six digits.</param>
    /// <param name="district">The place's; null where master data gives none: then nobody but those who see everything sees it.</param>
    public static bool Contains(string territory, string? district) =>
        district is not null && district.StartsWith(territory.EndsWith("0000", StringComparison.Ordinal) ? territory[..2] : territory.EndsWith("00", StringComparison.Ordinal) ? territory[..4] : territory, StringComparison.Ordinal);

    /// <summary>Whether a text can be a territory.</summary>
    public static bool IsCode(string text) => text.Length == 6 && text.All(char.IsAsciiDigit);
}
