using TraceGrains.Domain.Custody;

namespace TraceGrains.Domain.Holds;

/// <summary>What a disposition says against moving a thing.</summary>
public enum BlockKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>It is held.</summary>
    Held = 1,
    /// <summary>Somebody else's event calls it recalled.</summary>
    Recalled = 2,
    /// <summary>Somebody calls it expired.</summary>
    Expired = 3,
    /// <summary>It is sold.</summary>
    Sold = 4,
    /// <summary>It is no more, or out of use for good.</summary>
    Ended = 5,
}

/// <summary>
/// Which dispositions of CBV 2.0 (section 7.2) block. A persistent disposition blocks until it is unset; a plain one of a single thing until an event gives it another, except that
/// sold and ended things stay so until an event brings them back.
/// </summary>
public static class Blocks
{
    /// <summary>Start of the term that a hold sets as persistent disposition, and unsets when it is released: each hold is its own term, so that one release never ends another's hold.</summary>
    public const string HoldStart = "urn:tracegrains:hold:";

    /// <summary>What stands behind a term that is a hold's own.</summary>
    public static bool IsHold(string term) => term.StartsWith(HoldStart, StringComparison.Ordinal);

    static readonly BlockKind[] kinds = [.. Enumerable.Range(0, 64).Select(number => number is 0 or > 33 ? BlockKind.None : KindOf(Dispositions.WordOf(number)))];

    static BlockKind KindOf(string word) => word switch
    {
        "recalled" => BlockKind.Recalled,
        "expired" => BlockKind.Expired,
        "retail_sold" or "dispensed" => BlockKind.Sold,
        "destroyed" or "disposed" or "inactive" => BlockKind.Ended,
        "damaged" or "mismatch_class" or "mismatch_instance" or "mismatch_quantity" or "no_pedigree_match" or "non_conformant" or "non_sellable_other" or "stolen" or "unavailable" =>
            BlockKind.Held,
        _ => BlockKind.None,
    };

    /// <summary>What a numbered CBV disposition blocks; a term of one's own (negative) is <see cref="BlockKind.Held"/> in a persistent disposition that blocks, and nothing as a plain one.</summary>
    public static BlockKind Of(int disposition) => disposition > 0 ? kinds[disposition] : BlockKind.None;

    /// <summary>Whether a persistent disposition is one to remember: it is a hold's, or a CBV term that blocks.</summary>
    public static bool Blocking(string term) => IsHold(term) || Of(Dispositions.IndexOf(term)) != BlockKind.None;

    /// <summary>
    /// The disposition that an event leaves a thing in without saying so: <c>retail_selling</c> leaves it sold, <c>dispensing</c> dispensed, <c>destroying</c> destroyed,
    /// <c>decommissioning</c> inactive, and so does an ObjectEvent with the action DELETE that says nothing else.
    /// </summary>
    public static int Implied(int disposition, int step, bool ends)
    {
        var word = disposition != 0 ? disposition : MoveSteps.WordOf(step) switch
        {
            "retail_selling" => sold,
            "dispensing" => dispensed,
            "destroying" => destroyed,
            "decommissioning" => inactive,
            _ => 0,
        };
        return ends && Of(word) is not (BlockKind.Sold or BlockKind.Ended) ? inactive : word;
    }

    /// <summary>Dispositions that make a sold thing goods again: it came back, or stands on a shelf. Being on the way does not.</summary>
    public static bool UndoesSale(int disposition) => undoing.Contains(disposition);

    /// <summary>What brings an ended thing back: it is commissioned anew, or called active.</summary>
    public static bool UndoesEnd(int disposition, int step) => disposition == active || MoveSteps.WordOf(step) == "commissioning";

    /// <summary>
    /// Dispositions under which goods are sent out of the market: an event that ships recalled goods as <c>recalled</c>, or back as <c>returned</c>, does what it should.
    /// </summary>
    public static bool LeavesMarket(int disposition) => Of(disposition) is BlockKind.Held or BlockKind.Recalled or BlockKind.Expired or BlockKind.Ended || disposition == returned;

    static readonly int sold = Number("retail_sold"), dispensed = Number("dispensed"), destroyed = Number("destroyed"), inactive = Number("inactive"), active = Number("active"),
        returned = Number("returned");

    static readonly HashSet<int> undoing = [returned, active, Number("available"), Number("sellable_accessible"), Number("sellable_not_accessible")];

    static int Number(string word) => Dispositions.IndexOf(word) is var number and not 0 ? number : throw new ArgumentException($"CBV has no disposition {word}", nameof(word));
}
