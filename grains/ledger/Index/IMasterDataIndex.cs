namespace TraceGrains.Ledger.Index;

/// <summary>Where master data is found. Every version is kept: the latest record by ledger order is what holds, an earlier one is what held at an earlier place in the order.</summary>
public interface IMasterDataIndex
{
    /// <summary>What holds of each code at a place in the ledger, one record per vocabulary that describes it; codes nothing is known of are left out.</summary>
    ValueTask<IReadOnlyList<MasterRecord>> ReadMasters(IReadOnlyList<string> ids, long throughSequence, CancellationToken stop = default);

    /// <summary>Every version of a code's records, oldest first.</summary>
    ValueTask<IReadOnlyList<MasterRecord>> ReadMasterHistory(string id, int max, CancellationToken stop = default);

    /// <summary>Codes whose master data ever had one of the attributes, and one of the values where values are given; at most <paramref name="max"/>.</summary>
    ValueTask<IReadOnlyList<string>> FindMasters(IReadOnlyList<string> attributes, IReadOnlyList<string>? values, int max, CancellationToken stop = default);

    /// <summary>Records that hold at a place in the ledger, of one vocabulary or all (null), of at most <paramref name="max"/> codes, in ordinal order of code, after a code (null from the start). A code comes with all its records.</summary>
    ValueTask<IReadOnlyList<MasterRecord>> ListMasters(string? vocabulary, string? afterId, long throughSequence, int max, CancellationToken stop = default);
}

/// <summary>One version of what a vocabulary says of one code.</summary>
/// <param name="Id">Canonical code.</param>
/// <param name="Vocabulary">The vocabulary's type, such as <c>urn:epcglobal:epcis:vtype:BusinessLocation</c>.</param>
/// <param name="Sequence">The ledger event that recorded it.</param>
/// <param name="Attributes">Attribute ids and values as text; structured values as JSON.</param>
/// <param name="Children">Codes that lie directly under it.</param>
public sealed record MasterRecord(string Id, string Vocabulary, long Sequence, IReadOnlyList<KeyValuePair<string, string>> Attributes, IReadOnlyList<string> Children);
