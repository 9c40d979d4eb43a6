using System.Text.Json;

namespace TraceGrains.Stories.Tests.Telling;

/// <summary>Everything the silo knows of one code, asked through GraphQL in one request.</summary>
sealed class Known
{
    const string Question = """
        query($code: String!) {
          entity(code: $code) {
            holder consignee location disposition containers attachedTo chainLength persistentDispositions
            verify { holds checked }
            holdings { account kind quantity uom }
            parents { code kind }
            children(first: 1000) { code kind until }
            chain(first: 1000) { links { event { bizStep declaresError withdrawnBy { sequence } } } }
          }
          origin: trace(code: $code, direction: BACKWARD, follow: [MADE_OF]) { items(first: 1000) { nodes { code } } }
          results: trace(code: $code, direction: FORWARD, follow: [MADE_OF]) { items(first: 1000) { nodes { code } } }
        }
        """;

    readonly JsonElement all, entity;

    Known(JsonElement all) => (this.all, entity) = (all, all.GetProperty("entity"));

    public static async Task<Known> Of(Silo silo, string code) => new(await silo.Graph(Question, new { code }));

    /// <summary>Whether any event named it.</summary>
    public bool IsKnown => entity.ValueKind != JsonValueKind.Null;

    public string? Holder => Text("holder");

    public string? Consignee => Text("consignee");

    public string? Location => Text("location");

    public string? Disposition => Text("disposition");

    public string? AttachedTo => Text("attachedTo");

    /// <summary>Innermost first.</summary>
    public IEnumerable<string> Containers => Texts(entity.GetProperty("containers"));

    public int ChainLength => entity.GetProperty("chainLength").GetInt32();

    /// <summary>Whether the chain, computed anew from the stored events, is whole.</summary>
    public bool ChainHolds => entity.GetProperty("verify").GetProperty("holds").GetBoolean() && entity.GetProperty("verify").GetProperty("checked").GetInt32() == ChainLength;

    /// <summary>The events that name it, in the order of the ledger, by business step; with what became of them.</summary>
    public IEnumerable<string> History =>
        from link in entity.GetProperty("chain").GetProperty("links").EnumerateArray()
        let e = link.GetProperty("event")
        let isWithdrawn = e.GetProperty("withdrawnBy").ValueKind != JsonValueKind.Null
        select (e.GetProperty("bizStep").GetString() ?? "unspecified") + (e.GetProperty("declaresError").GetBoolean() ? " (error)" : isWithdrawn ? " (withdrawn)" : "");

    /// <summary>What lies in it, or is attached to it, now.</summary>
    public IEnumerable<string> Children(string kind) =>
        from child in entity.GetProperty("children").EnumerateArray()
        where child.GetProperty("kind").GetString() == kind && child.GetProperty("until").ValueKind == JsonValueKind.Null
        select child.GetProperty("code").GetString();

    public IEnumerable<string> Parents(string kind) =>
        from parent in entity.GetProperty("parents").EnumerateArray() where parent.GetProperty("kind").GetString() == kind select parent.GetProperty("code").GetString();

    /// <summary>Everything it was made from, over all steps, or everything that was made from it.</summary>
    public IEnumerable<string> Made(string which) => all.GetProperty(which) is { ValueKind: JsonValueKind.Object } trace ? trace.GetProperty("items").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("code").GetString()!) : [];

    /// <summary>Of a lot or product class: who has how much.</summary>
    public IEnumerable<(string Kind, string? Account, decimal? Quantity, string? Uom)> Holdings =>
        from held in entity.GetProperty("holdings").EnumerateArray()
        select (held.GetProperty("kind").GetString()!, held.GetProperty("account").GetString(), held.GetProperty("quantity") is { ValueKind: JsonValueKind.Number } quantity ? quantity.GetDecimal() : (decimal?)null, held.GetProperty("uom").GetString());

    string? Text(string field) => entity.GetProperty(field).GetString();

    static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString()!);
}
