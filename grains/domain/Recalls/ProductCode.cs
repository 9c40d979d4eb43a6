using TraceGrains.Domain.Identity.Chinese;

namespace TraceGrains.Domain.Recalls;

/// <summary>Which product a lot or unit is of, as far as its code tells.</summary>
public static class ProductCode
{
    const string Gtin = "https://id.gs1.org/01/";
    const int GtinLength = 14;

    /// <summary>The canonical code of the product; the code itself where it is one; null for anything else.</summary>
    public static string? Of(string code)
    {
        if (code.StartsWith(Gtin, StringComparison.Ordinal)) return code.Length >= Gtin.Length + GtinLength ? code[..(Gtin.Length + GtinLength)] : null;
        if (!code.StartsWith(ChineseCodes.Start, StringComparison.Ordinal)) return null;
        var lot = code.IndexOf(ChineseCodes.LotWord, StringComparison.Ordinal);
        return lot >= 0 ? code[..lot] : ChineseCodes.ProductOf(code);
    }

    /// <summary>Whether a code of a product names a single unit of it.</summary>
    public static bool IsUnit(string code) => code.StartsWith(Gtin, StringComparison.Ordinal)
        ? code.Length > Gtin.Length + GtinLength && (code.AsSpan(Gtin.Length + GtinLength).StartsWith("/21/") || code.AsSpan(Gtin.Length + GtinLength).StartsWith("/235/"))
        : ChineseCodes.ProductOf(code) is { } product && product.Length < code.Length;
}
