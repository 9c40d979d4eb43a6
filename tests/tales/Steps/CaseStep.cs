using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TraceGrains.Tales.Tests.Script;

namespace TraceGrains.Tales.Tests.Steps;

/// <summary>What people do in a recall case, as the GraphQL mutations they would send.</summary>
sealed class CaseStep(Silo silo, Cast cast, IReadOnlyDictionary<string, string> eventIds)
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    static readonly Dictionary<string, string> outcomes = new()
    {
        ["quarantined"] = "QUARANTINED", ["returned"] = "RETURNED", ["reworked"] = "REWORKED", ["destroyed"] = "DESTROYED", ["used-up"] = "USED_UP", ["sold"] = "SOLD", ["not-found"] = "NOT_FOUND",
    };

    static readonly Dictionary<string, string[]> forms = new()
    {
        ["open"] = ["by", "for", "called", "because", "about", "source"], ["assess"] = ["by", "for", "class", "depth", "hazard", "strategy", "do"], ["issue"] = ["by", "for"],
        ["rescope"] = ["by", "for", "covering", "because"], ["widen"] = ["by", "for", "covering", "because"], ["narrow"] = ["by", "for", "covering", "because"], ["withdraw"] = ["by", "for", "because"],
        ["acknowledge"] = ["by"], ["answer"] = ["by", ":"], ["pass"] = ["by", ":"], ["file"] = ["by", "for", "document"],
        ["complete"] = ["by", "for", "saying", "although"], ["sign"] = ["by", "for", "saying"], ["terminate"] = ["by", "for", "lessons", "goods"],
    };

    readonly Dictionary<string, string> cases = new(StringComparer.Ordinal);

    public static bool Is(string verb) => forms.ContainsKey(verb);

    /// <summary>The id of a case of this story.</summary>
    public string Case(string name) => cases.TryGetValue(name, out var id) ? id : throw new StoryException($"no case {name} was opened");

    /// <summary>Names of the cases by id.</summary>
    public string NameOf(string id) => cases.FirstOrDefault(pair => id.EndsWith(pair.Value, StringComparison.Ordinal)).Key ?? id;

    /// <summary>Does it; the reason of a refusal and its words, or null. When this answers, what was done is in force everywhere.</summary>
    public async Task<(string Reason, string Message)?> Do(string verb, IReadOnlyList<string> words)
    {
        if (verb == "pass") words = words is ["on", ..] ? [.. words.Skip(1)] : throw new StoryException("expected pass on");
        var isDrill = verb == "open" && words is ["drill", ..];
        if (verb == "open") words = words is ["case" or "drill", ..] ? [.. words.Skip(1)] : throw new StoryException("expected open case or open drill");
        var step = Phrase.Of(verb, words, forms[verb]);
        var name = step.Object is [var one] ? one : throw new StoryException($"{verb}: expected the name of one case");
        if (verb == "open" && !cases.TryAdd(name, Guid.CreateVersion7().ToString())) throw new StoryException($"{name} is open already");
        var id = Case(name);
        var party = verb is "acknowledge" or "answer" or "pass" ? await PartyOf(id, step.Word("by")) : null;
        var by = party is { } own ? new JsonObject { ["name"] = own.Name, ["party"] = own.Code } : new() { ["name"] = step.Text("by"), ["party"] = step.Has("for") ? cast.One(step.Word("for"), Sort.Party).Code : null };
        var variables = new JsonObject { ["act"] = new JsonObject { ["case"] = id, ["by"] = by } };
        JsonNode Scope(string preposition) => ScopeWords.Read(cast, eventIds, step.Part(preposition));

        var (mutation, more) = verb switch
        {
            "open" => ("openRecallCase(input: $input)", new (string, string, JsonNode?)[] { ("input", "OpenCaseInput!", new JsonObject
            {
                ["id"] = id, ["by"] = by.DeepClone(), ["title"] = step.Text("called"), ["reason"] = step.Text("because"), ["scope"] = Scope("about"), ["mode"] = isDrill ? "DRILL" : "LIVE",
                ["source"] = step.Has("source") ? step.Text("source") : null,
            }) }),
            "assess" => ("assessRecallCase(act: $act, assessment: $assessment)", [("assessment", "AssessmentInput!", new JsonObject
            {
                ["class"] = step.Word("class"), ["depth"] = step.Word("depth").ToUpperInvariant(), ["hazard"] = step.Text("hazard"), ["strategy"] = step.Text("strategy"), ["instructions"] = step.Text("do"),
            })]),
            "issue" => ("issueRecallCase(act: $act)", []),
            "rescope" or "widen" or "narrow" => ($"{verb}RecallCase(act: $act, scope: $scope, reason: $reason)", [("scope", "RecallScopeQueryInput!", Scope("covering")), ("reason", "String!", step.Text("because"))]),
            "withdraw" => ("withdrawRecallCase(act: $act, reason: $reason)", [("reason", "String!", step.Text("because"))]),
            "acknowledge" => ("acknowledgeRecall(act: $act, party: $party)", [("party", "String!", party!.Code)]),
            "answer" => ("answerRecall(act: $act, party: $party, lines: $lines)", [("party", "String!", party!.Code), ("lines", "[AnswerLineInput!]!", Lines(step.Part(":")))]),
            "pass" => ("passOnRecalledGoods(act: $act, party: $party, to: $to)", [("party", "String!", party!.Code), ("to", "[PassedOnInput!]!", PassedOn(step.Part(":")))]),
            "file" => ("addCaseEvidence(act: $act, evidence: $evidence)", [("evidence", "EvidenceInput!", Evidence(step.Text("document")))]),
            "complete" => ("completeRecallCase(act: $act, statement: $statement, unanswered: $unanswered)",
                [("statement", "String!", step.Text("saying")), ("unanswered", "String", step.Has("although") ? step.Text("although") : null)]),
            "sign" => ("signCaseEntry(act: $act, entry: $entry, entryHash: $hash, statement: $statement)", [.. await Completion(id), ("statement", "String!", step.Text("saying"))]),
            "terminate" => ("terminateRecallCase(act: $act, lessons: $lessons, staysBlocked: $blocked)", [("lessons", "String!", step.Text("lessons")), ("blocked", "Boolean!", step.Word("goods") switch
            {
                "blocked" => true, "released" => false, var other => throw new StoryException($"terminate: expected goods blocked or goods released; found {other}"),
            })]),
            _ => throw new StoryException($"nobody knows how to {verb} a case"),
        };
        foreach (var (variable, _, value) in more) variables[variable] = value;
        if (verb == "open") variables.Remove("act");
        var declared = string.Join(", ", more.Select(one => $"${one.Item1}: {one.Item2}").Prepend("$act: CaseActInput!").Where(one => verb != "open" || !one.StartsWith("$act", StringComparison.Ordinal)));
        var answer = (await silo.Graph($"mutation({declared}) {{ done: {mutation} {{ refusal {{ reason message }} }} }}", variables)).GetProperty("done").GetProperty("refusal");
        if (answer.ValueKind != JsonValueKind.Null) return (answer.GetProperty("reason").GetString()!, answer.GetProperty("message").GetString()!);
        if (verb is "issue" or "widen" or "narrow") await InForce(id);
        return null;
    }

    /// <summary>A party of the story, or, by its name in quotes, one to whom somebody passed goods on.</summary>
    async Task<Named> PartyOf(string id, string word)
    {
        if (word[0] != Words.Quote) return cast.One(word, Sort.Party);
        var parties = (await silo.Graph($$"""{ recallCase(id: "{{id}}") { parties(first: 1000) { nodes { party name } } } }""")).GetProperty("recallCase").GetProperty("parties").GetProperty("nodes");
        var found = parties.EnumerateArray().FirstOrDefault(party => party.GetProperty("name").GetString() == Words.Text(word));
        return found.ValueKind == JsonValueKind.Object ? new(Words.Text(word), found.GetProperty("party").GetString()!, Sort.Party) : throw new StoryException($"nobody has passed goods on to {Words.Text(word)}");
    }

    /// <summary>What became of which goods: each outcome begins a line, "sold tins[1-3], destroyed WHEY 20 kg witness "Zhao"".</summary>
    JsonArray Lines(IReadOnlyList<string> words) => new([.. Begun(words, outcomes.ContainsKey).Select(words =>
    {
        var line = Phrase.Of(words[0], [.. words.Skip(1)], ["to", "witness"]);
        var goods = GoodsOf(line.Object);
        goods["outcome"] = outcomes[words[0]];
        if (line.Has("to")) goods["to"] = cast.One(line.Word("to"), Sort.Party).Code;
        if (line.Has("witness")) goods["witness"] = line.Text("witness");
        return (JsonNode)goods;
    })]);

    /// <summary>Who got which goods: "to shop-c tins[1-2], to "Aunt Wu's stall" WHEY 20 kg".</summary>
    JsonArray PassedOn(IReadOnlyList<string> words) => new([.. Begun(words, word => word == "to").Select(words =>
    {
        var goods = GoodsOf([.. words.Skip(2)]);
        if (words[1][0] == Words.Quote) goods["name"] = Words.Text(words[1]);
        else (goods["name"], goods["party"]) = (words[1], cast.One(words[1], Sort.Party).Code);
        return (JsonNode)goods;
    })]);

    static IEnumerable<List<string>> Begun(IReadOnlyList<string> words, Func<string, bool> begins)
    {
        var all = new List<List<string>>();
        foreach (var word in words)
            if (begins(word)) all.Add([word]);
            else if (all.Count == 0) throw new StoryException($"expected what became of the goods first; found {word}");
            else all[^1].Add(word);
        foreach (var one in all) if (one[^1] == ",") one.RemoveAt(one.Count - 1);
        return all;
    }

    JsonObject GoodsOf(IReadOnlyList<string> words)
    {
        var goods = Goods.Of(cast, words);
        return new()
        {
            ["codes"] = new JsonArray([.. goods.Things.Select(thing => (JsonNode)thing.Code)]),
            ["amounts"] = new JsonArray([.. goods.Portions.Select(portion => (JsonNode)new JsonObject { ["lot"] = portion.Lot.Code, ["quantity"] = portion.Quantity, ["uom"] = portion.Uom })]),
        };
    }

    static JsonObject Evidence(string document) => new()
    {
        ["name"] = document, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document))), ["mediaType"] = "application/pdf", ["bytes"] = document.Length,
    };

    /// <summary>What is signed: the last completion, by its number and hash.</summary>
    async Task<(string, string, JsonNode?)[]> Completion(string id)
    {
        var entries = (await silo.Graph($$"""{ recallCase(id: "{{id}}") { entries(first: 1000) { nodes { kind number eventHash } } } }""")).GetProperty("recallCase").GetProperty("entries").GetProperty("nodes");
        var entry = entries.EnumerateArray().LastOrDefault(entry => entry.GetProperty("kind").GetString() == "completed");
        if (entry.ValueKind == JsonValueKind.Undefined) throw new StoryException("sign: expected a completed case");
        return [("entry", "Int!", entry.GetProperty("number").GetInt32()), ("hash", "String!", entry.GetProperty("eventHash").GetString())];
    }

    async Task InForce(string id)
    {
        for (var began = DateTimeOffset.UtcNow; DateTimeOffset.UtcNow - began < patience; await Task.Delay(20))
        {
            var now = (await silo.Graph($$"""{ recallCase(id: "{{id}}") { state recall { status } } }""")).GetProperty("recallCase");
            if (now.GetProperty("state").GetString() != "ISSUED" && (now.GetProperty("recall").ValueKind == JsonValueKind.Null || now.GetProperty("recall").GetProperty("status").GetString() == "EFFECTIVE")) return;
        }
        throw new StoryException($"the recall was not in force everywhere within {patience}");
    }
}
