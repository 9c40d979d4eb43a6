namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>Free text inside a URN: escaped as UTF-8, one spelling for each text.</summary>
static class UrnText
{
    /// <summary>The canonical escaped form of escaped text; null where it is empty, too long, or holds what no label prints.</summary>
    public static string? Canonical(string escaped, int lengthMax)
    {
        if (!PercentEncoding.IsWellFormed(escaped))
            return null;
        var text = Uri.UnescapeDataString(escaped);
        // A % that is left stands for bytes that are no UTF-8, or for itself: neither is printed in a lot or a name.
        return text.Length is 0 || text.Length > lengthMax || text.Any(character => char.IsControl(character) || character is '%' or '\ufffd') || text.Trim().Length != text.Length
            ? null
            : Uri.EscapeDataString(text);
    }
}
