namespace TraceGrains.Contracts.Labels;

/// <summary>One issue of serial numbers. Key: <c>issue:</c> and a UUID that the caller chose.</summary>
[Alias("tg.ISerialIssueGrain")]
public interface ISerialIssueGrain : IGrainWithStringKey
{
    /// <summary>Issues serials. When this returns, what was issued is on record durably; asking again with the same request answers the same serials.</summary>
    [Alias("Issue")] [ResponseTimeout("00:02:00")] Task<SerialAnswer> Issue(SerialRequest request);

    /// <summary>What was issued; null when there was no such issue.</summary>
    [Alias("View")] [ResponseTimeout("00:02:00")] Task<SerialIssue?> View();
}

/// <summary>Counts the serials of one product. Key: the product's canonical code.</summary>
[Alias("tg.IProductSerialsGrain")]
public interface IProductSerialsGrain : IGrainWithStringKey
{
    /// <summary>Sets counts aside that nobody had before and nobody gets again. Durable when this returns.</summary>
    [Alias("Reserve")] Task<ReservedSerials> Reserve(int count);

    /// <summary>The serials of counts that were reserved.</summary>
    [Alias("Read")] [ResponseTimeout("00:02:00")] Task<string[]> Read(ReservedSerials reserved);
}

/// <summary>Which serials to issue.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.SerialRequest")]
public sealed record SerialRequest
{
    /// <summary>Canonical code of the product, <c>https://id.gs1.org/01/{gtin}</c>.</summary>
    [Id(0)] public required string Product { get; init; }
    /// <summary>Canonical code of the lot they are for; null where the lot is not known yet.</summary>
    [Id(1)] public string? Lot { get; init; }
    /// <summary>How many, 1 to 100,000.</summary>
    [Id(2)] public required int Count { get; init; }
}

/// <summary>A run of counts of a product.</summary>
/// <param name="First">The first count.</param>
/// <param name="Count">How many.</param>
[GenerateSerializer]
[Immutable]
[Alias("tg.ReservedSerials")]
public sealed record ReservedSerials([property: Id(0)] long First, [property: Id(1)] int Count);

/// <summary>What was issued.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.SerialIssue")]
public sealed class SerialIssue
{
    /// <summary>What was asked for.</summary>
    [Id(0)] public required SerialRequest Request { get; set; }
    /// <summary>When.</summary>
    [Id(1)] public DateTimeOffset IssuedAt { get; set; }
    /// <summary>The serials, as many as were asked for.</summary>
    [Id(2)] public string[] Serials { get; set; } = [];
}

/// <summary>The serials, or why there are none.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.SerialAnswer")]
public sealed class SerialAnswer
{
    /// <summary>What was issued; null when refused.</summary>
    [Id(0)] public SerialIssue? Issue { get; set; }
    /// <summary>Why not; null when done.</summary>
    [Id(1)] public SerialRefusal? Refused { get; set; }
    /// <summary>The refusal in words, naming the field.</summary>
    [Id(2)] public string? Message { get; set; }
    /// <summary>Whether the same request had been answered before.</summary>
    [Id(3)] public bool IsRepeat { get; set; }
}

/// <summary>Why a request for serials was refused.</summary>
public enum SerialRefusal
{
    /// <summary>The product is no GTIN, or the lot is none of it, or the count is out of range.</summary>
    RequestInvalid = 1,
    /// <summary>The id was used for another request.</summary>
    IdInUse = 2,
}
