using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TraceGrains.Tales.Tests.Script;
using TraceGrains.Tales.Tests.Steps;

namespace TraceGrains.Tales.Tests.Expectations;

/// <summary>Expectations about things: where they stand, where they come from, whether they are recalled.</summary>
sealed partial class Expected
{
    const int AtOnce = 200;

    Task<(List<string>, List<string>)> AreRecalled(IReadOnlyList<string> goods, bool isRecalled) =>
        Each(goods, isRecalled ? "recalled" : "not recalled", "recalled", at => at.GetProperty("recalled").GetBoolean() ? "recalled" : "not recalled");

    /// <summary>The same of each of some goods.</summary>
    async Task<(List<string>, List<string>)> Each(IReadOnlyList<string> words, string wanted, string field, Func<JsonElement, string> found)
    {
        var things = Goods.Of(cast, words).All.ToList();
        var fields = field == "holder" ? "holder consignee" : field;
        var all = new List<string>();
        foreach (var chunk in things.Chunk(AtOnce))
        {
            var answer = await silo.Graph($"{{ {string.Join(' ', chunk.Select((thing, i) => $"t{i}: entity(code: {JsonSerializer.Serialize(thing.Code)}) {{ {fields} }}"))} }}");
            all.AddRange(chunk.Select((thing, i) => $"{thing.Name} {(answer.GetProperty($"t{i}") is { ValueKind: JsonValueKind.Object } at ? found(at) : "never heard of")}"));
        }
        return ([.. things.Select(thing => $"{thing.Name} {wanted}")], all);
    }

    /// <summary>Who holds how much of a lot: "maker 20 kg, on the way to shop 5 kg, inside pallet-1 3 kg".</summary>
    async Task<(List<string>, List<string>)> Amounts(Named lot, IReadOnlyList<string> words, Named? of = null)
    {
        var holdings = (await silo.Graph("query($code: String!) { entity(code: $code) { holdings { account kind quantity uom } } }", new JsonObject { ["code"] = lot.Code })).GetProperty("entity").GetProperty("holdings");
        return (Sorted(Items(words)), Sorted(holdings.EnumerateArray().Where(held => held.GetProperty("quantity") is not { ValueKind: JsonValueKind.Number } quantity || quantity.GetDecimal() != 0)
            .Where(held => of is null || (held.GetProperty("account").GetString() == of.Code && held.GetProperty("kind").GetString() == "HOLDER")).Select(held =>
            $"{held.GetProperty("kind").GetString() switch { "IN_TRANSIT_TO" => "on the way to ", "CONTAINER" => "inside ", _ => "" }}{Name(held, "account")} {Number(held.GetProperty("quantity"))} {Goods.Said(held.GetProperty("uom").GetString() is { Length: > 0 } uom ? uom : null)}")));
    }

    static string Number(JsonElement quantity) => quantity.ValueKind == JsonValueKind.Null ? "some" : quantity.GetDecimal().ToString("0.#####", CultureInfo.InvariantCulture);

    /// <summary>Everything that a thing was made of, or became; containers are no origin.</summary>
    async Task<(List<string>, List<string>)> Traced(Named thing, string direction, IReadOnlyList<string> words)
    {
        var found = new List<string>();
        for (string? after = null; ;)
        {
            var items = (await silo.Graph($"query($code: String!, $after: String) {{ trace(code: $code, direction: {direction}, follow: [MADE_OF, MEMBER_OF]) {{ items(first: 10000, after: $after) {{ nodes {{ code }} pageInfo {{ hasNextPage endCursor }} }} }} }}",
                new JsonObject { ["code"] = thing.Code, ["after"] = after })).GetProperty("trace").GetProperty("items");
            found.AddRange(items.GetProperty("nodes").EnumerateArray().Select(node => Name(node, "code")));
            if (!items.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) break;
            after = items.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
        return words is [var count, "things"] ? ([$"{count} things"], [$"{found.Count} things"]) : (Sorted(words is ["nothing"] ? [] : Goods.Of(cast, words).All.Select(one => one.Name)), Sorted(found));
    }

    async Task<(List<string>, List<string>)> Path(Named from, Named to, IReadOnlyList<string> words)
    {
        var path = (await silo.Graph("query($from: String!, $to: String!) { trace(code: $from) { path(to: $to) { to } } }", new JsonObject { ["from"] = from.Code, ["to"] = to.Code })).GetProperty("trace").GetProperty("path");
        return (Items(words), path.ValueKind == JsonValueKind.Null ? [] : [.. path.EnumerateArray().Select(step => Name(step, "to"))]);
    }

    async Task<(List<string>, List<string>)> Verifies(Named thing)
    {
        var verdict = (await silo.Graph("query($code: String!) { entity(code: $code) { verify { holds checked reason } } }", new JsonObject { ["code"] = thing.Code })).GetProperty("entity").GetProperty("verify");
        return (["the chain holds"], [verdict.GetProperty("holds").GetBoolean() && verdict.GetProperty("checked").GetInt32() > 0 ? "the chain holds" : $"broken: {verdict}"]);
    }

    /// <summary>The things of events that carry a business document.</summary>
    async Task<(List<string>, List<string>)> OnPaper(Named paper, IReadOnlyList<string> words)
    {
        var found = new HashSet<string>();
        foreach (var e in await silo.Events($"EQ_bizTransaction_{cast.PaperType(paper.Name)}={Uri.EscapeDataString(paper.Code)}&perPage=1000"))
            foreach (var (list, code) in (ReadOnlySpan<(string, string)>)[("epcList", ""), ("quantityList", "epcClass"), ("outputQuantityList", "epcClass"), ("outputEPCList", "")])
                if (e.TryGetProperty(list, out var members))
                    foreach (var member in members.EnumerateArray()) found.Add(cast.NameOf((code.Length == 0 ? member : member.GetProperty(code)).GetString()));
        return (Sorted(Goods.Of(cast, words).All.Select(one => one.Name)), Sorted(found));
    }

    /// <summary>Which things or parties explain several complaints best: the first ones, as many as the story names.</summary>
    async Task<(List<string>, List<string>)> Sources(IReadOnlyList<string> cases, IReadOnlyList<string> words)
    {
        var wanted = Items(words);
        var all = (await silo.Graph("query($codes: [String!]!) { commonSources(codes: $codes) { things { code } holders { code } } }",
            new JsonObject { ["codes"] = new JsonArray([.. Goods.Of(cast, cases).All.Select(one => (JsonNode)one.Code)]) })).GetProperty("commonSources");
        var isParty = cast.One(wanted[0]).Sort is Sort.Party or Sort.Place;
        return (wanted, [.. all.GetProperty(isParty ? "holders" : "things").EnumerateArray().Select(one => Name(one, "code")).Take(wanted.Count)]);
    }

    /// <summary>What a recall of a scope would do: "in scope 1, reached 30, on hand 12, sold 3, in transit 5, shipped not received 5, path to X 2".</summary>
    async Task<(List<string>, List<string>)> DryRun(IReadOnlyList<string> scope, IReadOnlyList<string> words)
    {
        var preview = (await silo.Graph("query($scope: RecallScopeQueryInput!) { recallPreview(scope: $scope) { inScope reached fates { fate count } gaps { kind count } holders { holder count } } }",
            new JsonObject { ["scope"] = ScopeWords.Read(cast, eventIds, scope) })).GetProperty("recallPreview");
        var found = new Dictionary<string, int> { ["in scope"] = preview.GetProperty("inScope").GetInt32(), ["reached"] = preview.GetProperty("reached").GetInt32() };
        foreach (var fate in preview.GetProperty("fates").EnumerateArray()) found[Said(fate.GetProperty("fate").GetString()!)] = fate.GetProperty("count").GetInt32();
        foreach (var gap in preview.GetProperty("gaps").EnumerateArray()) found[Said(gap.GetProperty("kind").GetString()!)] = found.GetValueOrDefault(Said(gap.GetProperty("kind").GetString()!)) + gap.GetProperty("count").GetInt32();
        foreach (var holder in preview.GetProperty("holders").EnumerateArray()) found["with " + Name(holder, "holder")] = holder.GetProperty("count").GetInt32();
        var wanted = Items(words);
        return (wanted, [.. wanted.Select(item => item[..item.LastIndexOf(' ')]).Select(what => $"{what} {found.GetValueOrDefault(what)}")]);

        static string Said(string word) => word.Replace('_', ' ').ToLowerInvariant();
    }
}
