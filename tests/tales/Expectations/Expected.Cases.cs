using System.Text.Json;
using System.Text.Json.Nodes;
using TraceGrains.Tales.Tests.Script;

namespace TraceGrains.Tales.Tests.Expectations;

/// <summary>Expectations about recall cases: who was told, who has answered what, who still has to.</summary>
sealed partial class Expected
{
    async Task<List<JsonElement>> Parties(string name) =>
        [.. (await Case(name, "parties(first: 1000) { nodes { party name notifiedAt things onTheWay lots answered { outcome count } } }")).GetProperty("parties").GetProperty("nodes").EnumerateArray()];

    /// <summary>The name that the story gives a party, or else the one by which somebody who passed goods on called it.</summary>
    string PartyName(JsonElement party) => cast.Knows(party.GetProperty("party").GetString()) ? Name(party, "party") : party.GetProperty("name").GetString() ?? Name(party, "party");

    /// <summary>Everybody who was told, and nobody else.</summary>
    async Task<(List<string>, List<string>)> Told(string name, IReadOnlyList<string> words) => (
        Sorted(Spread(words)),
        Sorted((await Parties(name)).Where(party => party.GetProperty("notifiedAt").ValueKind != JsonValueKind.Null).Select(party => PartyName(party))));

    /// <summary>Who still has to answer for how much: "shop-a 3 things, shop-b 1 lots 2 coming".</summary>
    async Task<(List<string>, List<string>)> Left(string name, IReadOnlyList<string> words) =>
        (Sorted(Spread(words)), await OfParties(name, party => Counted(party, "things", "things") + Counted(party, "lots", "lots") + Counted(party, "onTheWay", "coming")));

    static string Counted(JsonElement party, string field, string word) => party.GetProperty(field).GetInt32() is var count and not 0 ? $" {count} {word}" : "";

    /// <summary>What things were answered for: "shop-a 2 quarantined 3 sold", in the order of the outcomes.</summary>
    async Task<(List<string>, List<string>)> Answered(string name, IReadOnlyList<string> words) => (Sorted(Spread(words)), await OfParties(name, party => string.Concat(
        party.GetProperty("answered").EnumerateArray().Where(one => one.GetProperty("count").GetInt32() > 0)
            .Select(one => $" {one.GetProperty("count")} {one.GetProperty("outcome").GetString()!.ToLowerInvariant().Replace('_', '-')}"))));

    /// <summary>What there is to say of each party; those of which there is nothing left out.</summary>
    async Task<List<string>> OfParties(string name, Func<JsonElement, string> said) =>
        Sorted((await Parties(name)).Select(party => (Name: PartyName(party), Said: said(party))).Where(party => party.Said.Length > 0).Select(party => party.Name + party.Said));

    /// <summary>A run of a series says the same of each member: "shops[1-50] 40 lots".</summary>
    List<string> Spread(IReadOnlyList<string> words) => words is ["nobody"] ? [] :
        [.. Words.Split(words, ",").SelectMany(part => (part[0][0] == Words.Quote ? [Words.Text(part[0])] : cast.Many(part[0]).Select(one => one.Name)).Select(one => string.Join(' ', part.Skip(1).Prepend(one))))];

    /// <summary>How the scope came to be what it is: "issued 1, widened 2, narrowed 1", each with the number of things.</summary>
    async Task<(List<string>, List<string>)> Versions(string name, IReadOnlyList<string> words) => (Items(words), [.. (await Case(name, "recall { scopes { kind things } }")).GetProperty("recall").GetProperty("scopes")
        .EnumerateArray().Select(version => $"{version.GetProperty("kind").GetString()!.ToLowerInvariant()} {version.GetProperty("things")}")]);

    async Task<(List<string>, List<string>)> Inbox(Named party, IReadOnlyList<string> words) => (Sorted(Items(words)),
        Sorted((await silo.Graph("query($party: String!) { recallInbox(party: $party) { case { id } } }", new JsonObject { ["party"] = party.Code })).GetProperty("recallInbox").EnumerateArray()
            .Select(item => cases.NameOf(item.GetProperty("case").GetProperty("id").GetString()!))));
}
