namespace TraceGrains.Domain.Recalls;

/// <summary>What a recall notice in the ledger does.</summary>
public enum RecallNoticeKind
{
    /// <summary>The recall begins: its scope is named.</summary>
    Issued = 1,
    /// <summary>The recall is taken back: every mark of it ends.</summary>
    Withdrawn = 2,
    /// <summary>Reached things are put on record, one notice per holder: each thing's chain shows it.</summary>
    Reached = 3,
    /// <summary>After a withdrawal, things formerly on record are released.</summary>
    Released = 4,
    /// <summary>More is in scope: by an order to widen, or because an event recorded later says so.</summary>
    Widened = 5,
    /// <summary>Less is in scope: by an order to narrow, or because an event on record was declared wrong.</summary>
    Narrowed = 6,
}

/// <summary>How grave (21 CFR 7.3(m); 食品召回管理办法 art. 13 and 药品召回管理办法 call them 一级, 二级, 三级).</summary>
public enum RecallClass
{
    /// <summary>Serious harm or death is reasonably probable.</summary>
    I = 1,
    /// <summary>Temporary or reversible harm, or serious harm is remote.</summary>
    II = 2,
    /// <summary>Harm is not likely (labelling, for instance).</summary>
    III = 3,
}

/// <summary>A run of serial numbers of one product.</summary>
/// <param name="Product">Canonical product code, <c>https://id.gs1.org/01/{gtin}</c>.</param>
/// <param name="From">First serial, inclusive.</param>
/// <param name="To">Last serial, inclusive. Between all-digit ends only all-digit serials count, by value; otherwise serials compare by code point.</param>
public sealed record SerialRange(string Product, string From, string To)
{
    /// <summary>Whether no serial can lie in it.</summary>
    public bool IsEmpty => IsNumber(From) && IsNumber(To) ? CompareNumbers(From, To) > 0 : string.CompareOrdinal(From, To) > 0;

    /// <summary>Whether a canonical code is a unit of the product with a serial in the run.</summary>
    public bool Contains(string code)
    {
        const string serial = "/21/";
        if (code.Length <= Product.Length + serial.Length || !code.StartsWith(Product, StringComparison.Ordinal)) return false;
        if (string.CompareOrdinal(code, Product.Length, serial, 0, serial.Length) != 0) return false;
        var of = Uri.UnescapeDataString(code[(Product.Length + serial.Length)..]);
        if (IsNumber(From) && IsNumber(To)) return IsNumber(of) && CompareNumbers(From, of) <= 0 && CompareNumbers(of, To) <= 0;
        return string.CompareOrdinal(From, of) <= 0 && string.CompareOrdinal(of, To) <= 0;
    }

    static bool IsNumber(string serial) => serial.Length > 0 && serial.All(char.IsAsciiDigit);

    /// <summary>By value; of equal values the one with more leading zeros comes first, since it is another serial.</summary>
    static int CompareNumbers(string left, string right)
    {
        var (l, r) = (left.TrimStart('0'), right.TrimStart('0'));
        if (l.Length != r.Length) return l.Length.CompareTo(r.Length);
        return string.CompareOrdinal(l, r) is var byValue and not 0 ? byValue : right.Length.CompareTo(left.Length);
    }
}

/// <summary>The part of an event that makes it a recall notice. Only TraceGrains writes it: capture refuses the reserved fields from outside.</summary>
/// <param name="RecallId">The recall's URN, <c>urn:tracegrains:recall:…</c>.</param>
/// <param name="Kind">What this notice does.</param>
/// <param name="Class">How grave; on the issuing notice.</param>
/// <param name="Reason">Why, in words; on the issuing and withdrawing notice.</param>
/// <param name="Range">Scope by serial numbers, known and yet to come; null when the scope is named by the event's own lists.</param>
/// <param name="ScopeEvent">The id of the event whose touched things are the scope; null otherwise. The things themselves are in the notice's lists.</param>
/// <param name="Query">The scope as a question in its saved form (<see cref="Scopes.ScopeJson"/>): on the issuing notice of such a recall, and where an order gives it another. The notice's lists then
/// name at most <see cref="NamedMax"/> of the things that it brings into scope or takes out of it.</param>
/// <param name="Things">How many things it brings into scope or takes out of it, where <paramref name="Query"/> or an earlier one decides that.</param>
/// <param name="District">The district whose authority issued it on the spot, without a case; on the issuing notice, null where no district's did.</param>
public sealed record RecallNotice(string RecallId, RecallNoticeKind Kind, RecallClass? Class, string? Reason, SerialRange? Range, string? ScopeEvent, string? Query = null, int? Things = null, string? District = null)
{
    /// <summary>How many things of a questioned scope one notice names; all of them come on record, by holder, in the notices that follow.</summary>
    public const int NamedMax = 1_000;
}
