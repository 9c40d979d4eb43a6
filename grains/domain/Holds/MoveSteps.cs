using System.Diagnostics.CodeAnalysis;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Holds;

/// <summary>What a business step means for goods that something stands against.</summary>
public enum MoveClass : byte
{
    /// <summary>It does not bring goods on: taking in, storing, inspecting, holding, packing, rework, destroying, going back. Nothing is refused but an unknown code.</summary>
    Staying = 0,
    /// <summary>To somebody else: towards the market.</summary>
    Sending = 1,
    /// <summary>To a shelf from which it is sold.</summary>
    Offering = 2,
    /// <summary>To a consumer or patient.</summary>
    Selling = 3,
    /// <summary>Into something else: processed, built in, spread, blasted.</summary>
    Using = 4,
    /// <summary>Into a pressure vessel, with gas.</summary>
    Filling = 5,
}

/// <summary>
/// The business steps a movement is asked about: those of CBV 2.0 (section 7.1) as bare words, and the ones the trade has and the CBV lacks, in TraceGrains' vocabulary. Numbers are
/// stored in projections: only append.
/// </summary>
public static class MoveSteps
{
    /// <summary>Filling a cylinder.</summary>
    public const string Fill = "urn:tracegrains:voc:fill";
    /// <summary>Selling to an enterprise or a named buyer.</summary>
    public const string Sell = "urn:tracegrains:voc:sell";
    /// <summary>Using farm inputs on a plot or animal.</summary>
    public const string InputUse = "urn:tracegrains:voc:input_use";
    /// <summary>Handing explosives out to a site.</summary>
    public const string Issue = "urn:tracegrains:voc:issue";
    /// <summary>Blasting.</summary>
    public const string Blast = "urn:tracegrains:voc:blast";
    /// <summary>Sending goods back to whoever they came from. An event says the same by shipping with the disposition <c>returned</c>.</summary>
    public const string Return = "urn:tracegrains:voc:return";
    /// <summary>Being the input of a transformation, whatever step that event names.</summary>
    public const string Consume = "urn:tracegrains:voc:consume";

    static readonly string[] words =
    [
        "", "accepting", "arriving", "assembling", "collecting", "commissioning", "consigning", "creating_class_instance", "cycle_counting", "decommissioning", "departing", "destroying",
        "disassembling", "dispensing", "encoding", "entering_exiting", "holding", "inspecting", "installing", "killing", "loading", "other", "packing", "picking", "receiving", "removing",
        "repackaging", "repairing", "replacing", "reserving", "retail_selling", "sampling", "sensor_reporting", "shipping", "staging_outbound", "stock_taking", "stocking", "storing",
        "transporting", "unloading", "unpacking", "void_shipping", Fill, Sell, InputUse, Issue, Blast, Return, Consume,
    ];

    static readonly Dictionary<string, byte> numbers = words.Skip(1).Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => (byte)(pair.i + 1), StringComparer.Ordinal);

    static readonly MoveClass[] classes = [.. words.Select(word => word switch
    {
        "shipping" or "departing" or "transporting" or "loading" or "consigning" or "staging_outbound" or "picking" or "reserving" => MoveClass.Sending,
        "stocking" => MoveClass.Offering,
        "retail_selling" or "dispensing" or Sell => MoveClass.Selling,
        "assembling" or "creating_class_instance" or "installing" or "killing" or InputUse or Issue or Blast or Consume => MoveClass.Using,
        Fill => MoveClass.Filling,
        _ => MoveClass.Staying,
    })];

    /// <summary>The number of a step, from 1; 0 for a step this table does not know, and for none.</summary>
    public static byte IndexOf(string? step) => step is not null && numbers.TryGetValue(step, out var number) ? number : (byte)0;

    /// <summary>The step of a number that <see cref="IndexOf"/> gave.</summary>
    public static string WordOf(int number) => words[number];

    /// <summary>What a numbered step means. A step of one's own, of which nothing is known (0), stays.</summary>
    public static MoveClass ClassOf(int number) => classes[number];

    /// <summary>
    /// What a step means to whoever asks beforehand: as <see cref="ClassOf(int)"/>, except that a step of one's own is taken for sending, because a question has to err on the safe side and
    /// a record need not.
    /// </summary>
    public static MoveClass ClassOf(string step) => IndexOf(step) is var number and not 0 ? classes[number] : MoveClass.Sending;

    /// <summary>
    /// Reads a step in any spelling: a bare CBV word, its URN or web URI, the URI of another step, or one of TraceGrains' vocabulary with the prefix <c>tg:</c>. The result is the bare word or the URI.
    /// </summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? step) => TryRead(CbvVocabulary.BizStep, text, out step);

    /// <summary>Reads a disposition, likewise.</summary>
    public static bool TryReadDisposition(string text, [NotNullWhen(true)] out string? disposition) => TryRead(CbvVocabulary.Disposition, text, out disposition);

    static bool TryRead(CbvVocabulary vocabulary, string text, [NotNullWhen(true)] out string? term)
    {
        const string own = "tg:";
        if (text.StartsWith(own, StringComparison.Ordinal)) text = JsonLdContext.ReservedVocabulary + text[own.Length..];
        return vocabulary.TryRead(text, JsonLdContext.Empty, out term) && term.Length <= 400 && vocabulary.IsDefined(term);
    }

    /// <summary>Every step of the table.</summary>
    public static IEnumerable<string> All => words.Skip(1);
}
