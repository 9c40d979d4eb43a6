namespace TraceGrains.Tales.Tests.Script;

/// <summary>A step as words: what is done, with what, and what its prepositions say: "ship | case-1 | by maker | to shop".</summary>
sealed record Phrase(string Verb, IReadOnlyList<string> Object, IReadOnlyDictionary<string, IReadOnlyList<string>> Parts)
{
    /// <summary>Reads a step whose prepositions are among those of its verb. Each may come once.</summary>
    public static Phrase Of(string verb, IReadOnlyList<string> words, string[] prepositions)
    {
        var (parts, at) = (new Dictionary<string, IReadOnlyList<string>>(), "");
        var current = new List<string>();
        foreach (var word in words)
        {
            if (!prepositions.Contains(word))
            {
                current.Add(word);
                continue;
            }
            parts[at] = current;
            if (parts.ContainsKey(word)) throw new StoryException($"{verb}: expected \"{word}\" once");
            (at, current) = (word, []);
        }
        parts[at] = current;
        var goods = parts[""];
        parts.Remove("");
        return new(verb, goods, parts);
    }

    public bool Has(string preposition) => Parts.ContainsKey(preposition);

    public IReadOnlyList<string> Part(string preposition) =>
        Parts.TryGetValue(preposition, out var words) && words.Count > 0 ? words : throw new StoryException($"{Verb}: expected \"{preposition} …\"");

    public string Word(string preposition) => Part(preposition) is [var one] ? one : throw new StoryException($"{Verb}: expected one word after \"{preposition}\"; found {string.Join(' ', Part(preposition))}");

    public string Text(string preposition) => Words.Text(Word(preposition));
}
