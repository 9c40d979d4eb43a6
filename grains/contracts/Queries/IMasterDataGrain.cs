namespace TraceGrains.Contracts.Queries;

/// <summary>Reads master data that documents brought: locations, parties, products. Stateless.</summary>
[Alias("tg.IMasterDataGrain")]
public interface IMasterDataGrain : IGrainWithIntegerKey
{
    /// <summary>What is on record of a code, one record per vocabulary; at a record time, or now.</summary>
    [Alias("Of")]
    Task<MasterView[]> Of(string code, DateTimeOffset? asOf);

    /// <summary>The same of many codes, in the order asked.</summary>
    [Alias("OfMany")]
    Task<MasterView[][]> Of([Immutable] string[] codes, DateTimeOffset? asOf);

    /// <summary>Every version of a code's records, oldest first; at most <paramref name="first"/>.</summary>
    [Alias("History")]
    Task<MasterView[]> History(string code, int first);

    /// <summary>What is on record now, of one vocabulary or of all, in ordinal order of code.</summary>
    [Alias("List")]
    Task<MasterView[]> List(string? vocabulary, string? after, int first);

    /// <summary>The district (<see cref="Domain.Districts.District.AttributeId"/>) that master data gave each code by a ledger sequence, in the order asked; null where it gave none.</summary>
    [Alias("Districts")]
    Task<string?[]> Districts([Immutable] string[] codes, long through);

    /// <summary>The value of an attribute that master data gave each code by a ledger sequence, in the order asked; null where it gave none.</summary>
    [Alias("Attributes")]
    Task<string?[]> Attributes([Immutable] string[] codes, string attributeId, long through);
}

/// <summary>What a vocabulary says of one thing.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.MasterView")]
public sealed class MasterView
{
    /// <summary>Canonical code.</summary>
    [Id(0)] public string Code { get; set; } = "";
    /// <summary>The vocabulary's type.</summary>
    [Id(1)] public string Vocabulary { get; set; } = "";
    /// <summary>The ledger event that recorded it.</summary>
    [Id(2)] public long Sequence { get; set; }
    /// <summary>When it was recorded.</summary>
    [Id(3)] public DateTimeOffset RecordTime { get; set; }
    /// <summary>Attribute ids, in the order of the document.</summary>
    [Id(4)] public string[] AttributeIds { get; set; } = [];
    /// <summary>Their values.</summary>
    [Id(5)] public string[] AttributeValues { get; set; } = [];
    /// <summary>What lies directly under it.</summary>
    [Id(6)] public string[] Children { get; set; } = [];
}
