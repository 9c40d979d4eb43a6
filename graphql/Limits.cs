namespace TraceGrains.GraphQL;

/// <summary>How much one request may ask for. One place, so that a person who runs into a limit finds the number and its reason together.</summary>
static class Limits
{
    /// <summary>A page of a trace or recall: what the lineage grain itself takes.</summary>
    public const int ItemsMax = 10_000;

    /// <summary>A page of a chain: every link carries a whole event.</summary>
    public const int LinksMax = 1_000;

    /// <summary>Common sources in one list: no more are ranked.</summary>
    public const int SourcesMax = Domain.Recalls.Sources.SourceSearch.CandidatesMax;

    /// <summary>Recalls in one answer: each is a grain of its own to ask.</summary>
    public const int RecallsMax = 1_000;

    /// <summary>Nodes asked for at once: each is a grain of its own to ask.</summary>
    public const int NodesMax = 100;

    /// <summary>A request body. The longest useful query is some kilobytes; variables hold codes, not documents.</summary>
    public const int BodyBytesMax = 1024 * 1024;

    /// <summary>One request, or the start of a subscription: from its arrival to its answer. A trace has as long by itself.</summary>
    public static readonly TimeSpan RequestTime = TimeSpan.FromMinutes(2);

    /// <summary>Operations that one socket or reserved stream may have under way.</summary>
    public const int OperationsMax = 100;

    /// <summary>Words and signs of a document. The standard introspection query has 400; one that names every field of a page twenty times has some thousands.</summary>
    public const int TokensMax = 10_000;

    /// <summary>Braces, brackets and parentheses within one another: fields may be 15 deep, and values within an argument some more.</summary>
    public const int BracketsMax = 40;

    /// <summary>Fields of an operation and uses of fragments, with fragments written out. Fragments that use one another would else stand for billions.</summary>
    public const int SelectionsMax = 20_000;

    /// <summary>Fields of an operation under names of its own: the same question, many times at once.</summary>
    public const int AliasesMax = 250;

    /// <summary>Lists within lists that introspection may ask for (fields of the types of fields …): each is as long as the schema.</summary>
    public const int IntrospectionListsMax = 2;

    /// <summary>How deep fields may nest. The standard introspection query, the deepest anybody needs, goes to 15.</summary>
    public const int DepthMax = 15;

    /// <summary>
    /// Weight of a whole request: a field weighs 1 for each time it may be answered, a walk what <see cref="TraceWeight"/> says. Room for the largest page
    /// of a trace with all its fields, or for a hundred traces side by side; none for pages within pages within pages.
    /// </summary>
    public const int ComplexityMax = 200_000;

    /// <summary>Rows of the ledger that one question may read: a dry run with its balance reads some four for each thing, of a million things, and its pages are worked out anew.</summary>
    public const long LedgerRowsMax = 10_000_000;

    /// <summary>Questions to lineage shards that one question may lead to.</summary>
    public const long ShardMessagesMax = 50_000;

    /// <summary>What a walk through the shards, or the check of a whole chain, weighs beside a plain field.</summary>
    public const double TraceWeight = 2_000;

    /// <summary>What a dry run or a search for sources weighs: it may read 200,000 events, or walk fifty times.</summary>
    public const double PreviewWeight = 20_000;

    /// <summary>What a call to another grain weighs.</summary>
    public const double CallWeight = 20;

    /// <summary>Entries assumed in a list that has no argument <c>first</c>.</summary>
    public const double ListAssumed = 5;

    /// <summary>Answers <paramref name="value"/> when it lies in the range, else says what belongs there.</summary>
    public static int Check(int value, int min, int max, string field) => value >= min && value <= max
        ? value
        : throw new Errors.BadInput(field, $"expected a number from {min} to {max}, found {value}");
}
