using System.Text.Json;

namespace TraceGrains.Ledger.Index;

/// <summary>How a record of master data is kept in one column: <c>[[attribute, value, attribute, value, …], [child, …]]</c>.</summary>
static class MasterText
{
    public static string Write(MasterRecord record) =>
        JsonSerializer.Serialize<string[][]>([[.. record.Attributes.SelectMany(attribute => new[] { attribute.Key, attribute.Value })], [.. record.Children]]);

    public static MasterRecord Read(string id, string vocabulary, long sequence, string said)
    {
        var parts = JsonSerializer.Deserialize<string[][]>(said)!;
        return new(id, vocabulary, sequence, [.. parts[0].Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))], parts[1]);
    }
}
