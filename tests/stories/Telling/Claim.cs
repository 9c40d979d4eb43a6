namespace TraceGrains.Stories.Tests.Telling;

/// <summary>What a story says is so of a thing, against what the silo knows. Each kind of claim is a word and what follows it.</summary>
static class Claim
{
    /// <summary>What the silo knows, in the form in which the claim was made; the claim itself where it is true.</summary>
    public static string Checked(string claim, Known known, Cast cast)
    {
        var (word, said) = claim.Split(' ', 2) is [var first, var rest] ? (first, rest.Trim()) : (claim, "");
        string Said(string? code) => code is null ? "" : cast.NameOf(code);
        string One(string? found, string none) => $"{word} {(found is null ? none : Said(found))}";
        string Set(IEnumerable<string> found)
        {
            var codes = found.ToHashSet(StringComparer.Ordinal);
            var expected = cast.ListOf(said);
            return codes.SetEquals(expected) && expected.Count == codes.Count ? claim : $"{word} {cast.NamesOf(codes.Order(StringComparer.Ordinal))}";
        }
        return word switch
        {
            "holder" => One(known.Holder, "nobody"),
            "for" => One(known.Consignee, "nobody"),
            "at" => One(known.Location, "nowhere"),
            "is" => $"is {known.Disposition ?? "unspecified"}",
            "in" => known.Containers.SequenceEqual(cast.ListOf(said)) ? claim : $"in {cast.NamesOf(known.Containers)}",
            "on" => One(known.AttachedTo, "nothing"),
            "contains" => Set(known.Children("CONTAINED_IN")),
            "carries" => Set(known.Children("ATTACHED_TO")),
            "of" => Set(known.Parents("MEMBER_OF")),
            "from" => Set(known.Made("origin")),
            "became" => Set(known.Made("results")),
            "events" => $"events {known.ChainLength}{(known.ChainHolds ? "" : ", and the chain does not hold")}",
            "history" => $"history {string.Join(", ", known.History)}",
            "stock" => Stock(claim, said, known, cast),
            _ => throw new StoryException($"nobody can claim that something \"{word}\""),
        };
    }

    /// <summary>As in "stock 10 with maker, 10 KGM to shop, 5 in pallet", in any order; "stock nothing" of what nobody has.</summary>
    static string Stock(string claim, string said, Known known, Cast cast)
    {
        var found = known.Holdings.Where(held => held.Quantity != 0).Select(held =>
            $"{(held.Quantity is { } quantity ? quantity.ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture) : "some")}{(held.Uom is null ? "" : " " + held.Uom)} {held.Kind switch { "HOLDER" => "with", "CONTAINER" => "in", _ => "to" }} {cast.NameOf(held.Account)}").ToList();
        var expected = said == "nothing" ? [] : said.Split(',', StringSplitOptions.TrimEntries);
        return found.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)) ? claim : $"stock {(found.Count == 0 ? "nothing" : string.Join(", ", found))}";
    }
}
