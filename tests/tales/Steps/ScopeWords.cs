using System.Globalization;
using System.Text.Json.Nodes;
using TraceGrains.Tales.Tests.Script;

namespace TraceGrains.Tales.Tests.Steps;

/// <summary>
/// A recall scope in words: <c>batch X</c>, <c>unit X</c>, <c>product X made day 3 to day 5</c>, <c>serials tins[40-60]</c>, <c>passed through X from day 3 08:00 until day 4</c>, <c>made from X</c>,
/// <c>made with X</c>, <c>event LABEL</c>; joined from left to right by <c>or</c>, <c>and</c>, <c>except</c>; parentheses group.
/// </summary>
static class ScopeWords
{
    /// <summary>The scope as the GraphQL input that it is.</summary>
    public static JsonObject Read(Cast cast, IReadOnlyDictionary<string, string> eventIds, IReadOnlyList<string> words)
    {
        var at = 0;
        var scope = Chain();
        return at == words.Count ? scope : throw new StoryException($"scope: nothing expected from {words[at]} on");

        string Next() => at < words.Count ? words[at++] : throw new StoryException("scope: ends too early");
        void Expect(string word) { if (Next() is var found && found != word) throw new StoryException($"scope: expected {word}; found {found}"); }
        bool Take(string word)
        {
            if (at >= words.Count || words[at] != word) return false;
            at++;
            return true;
        }

        JsonObject Chain()
        {
            var left = Leaf();
            while (true)
                if (Take("or")) left = new() { ["anyOf"] = new JsonArray(left, Leaf()) };
                else if (Take("and")) left = new() { ["allOf"] = new JsonArray(left, Leaf()) };
                else if (Take("except")) left = new() { ["except"] = new JsonObject { ["of"] = left, ["without"] = Leaf() } };
                else return left;
        }

        JsonObject Leaf()
        {
            switch (Next())
            {
                case "(":
                    var inner = Chain();
                    Expect(")");
                    return inner;
                case "batch": return new() { ["batch"] = cast.One(Next(), Sort.Lot).Code };
                case "unit": return new() { ["unit"] = cast.One(Next(), Sort.Unit).Code };
                case "event": return new() { ["event"] = Next() is var label && eventIds.TryGetValue(label, out var id) ? id : throw new StoryException($"scope: no step was labelled {label}") };
                case "serials": return new() { ["serials"] = Serials(cast.Many(Next())) };
                case "product":
                    var product = new JsonObject { ["code"] = cast.One(Next(), Sort.Product).Code };
                    if (Take("made"))
                    {
                        product["producedFrom"] = StoryClock.Date([Next(), Next()]);
                        product["producedUntil"] = Take("to") ? StoryClock.Date([Next(), Next()]) : product["producedFrom"]!.DeepClone();
                    }
                    return new() { ["product"] = product };
                case "made":
                    var leaf = Next() switch { "from" => "madeFrom", "with" => "madeWith", var other => throw new StoryException($"scope: expected made from or made with; found made {other}") };
                    return new() { [leaf] = cast.One(Next()).Code };
                case "passed":
                    Expect("through");
                    var who = cast.One(Next()).Code;
                    Expect("from");
                    var from = Moment();
                    Expect("until");
                    return new() { ["touchedBy"] = new JsonObject { ["code"] = who, ["from"] = from, ["until"] = Moment() } };
                case var other: throw new StoryException($"scope: nobody knows {other}");
            }
        }

        string Moment()
        {
            List<string> moment = [Next(), Next()];
            if (at < words.Count && words[at].Contains(':', StringComparison.Ordinal)) moment.Add(Next());
            return StoryClock.At(moment).ToString("O", CultureInfo.InvariantCulture);
        }
    }

    static JsonObject Serials(IReadOnlyList<Named> units)
    {
        (string Product, string Serial) Of(Named unit) => unit.Code.Split("/21/") is [var product, var serial] ? (product, serial) : throw new StoryException($"scope: {unit.Name} has no product and serial number");
        var (first, last) = (Of(units[0]), Of(units[^1]));
        return new() { ["product"] = first.Product, ["from"] = first.Serial, ["to"] = last.Serial };
    }
}
