namespace TraceGrains.Tales.Tests.Script;

/// <summary>A line of a story as words. A quoted text is one word and keeps its first quote, so that it is never taken for another; commas, parentheses and colons stand alone.</summary>
static class Words
{
    public const char Quote = '"';

    public static List<string> Of(string line)
    {
        var words = new List<string>();
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i])) i++;
            else if (line[i] == '#') break;
            else if (line[i] == Quote)
            {
                var end = line.IndexOf(Quote, i + 1);
                if (end < 0) throw new StoryException("expected the text to end with a quote");
                words.Add(line[i..end]);
                i = end + 1;
            }
            else if (line[i] is ',' or '(' or ')') words.Add(line[i++].ToString());
            else
            {
                var start = i;
                while (i < line.Length && !char.IsWhiteSpace(line[i]) && line[i] is not (',' or '(' or ')')) i++;
                // A colon ends a word only at its end: codes and times have colons inside.
                if (line[i - 1] == ':' && i - 1 > start)
                {
                    words.Add(line[start..(i - 1)]);
                    words.Add(":");
                }
                else words.Add(line[start..i]);
            }
        }
        return words;
    }

    /// <summary>The text of a quoted word.</summary>
    public static string Text(string word) => word.Length > 0 && word[0] == Quote ? word[1..] : throw new StoryException($"expected a text in quotes; found {word}");

    /// <summary>Divides words at a separator; nothing at all is no part.</summary>
    public static List<List<string>> Split(IReadOnlyList<string> words, string at)
    {
        var parts = new List<List<string>>();
        if (words.Count == 0) return parts;
        parts.Add([]);
        foreach (var word in words)
            if (word == at) parts.Add([]);
            else parts[^1].Add(word);
        return parts;
    }
}
