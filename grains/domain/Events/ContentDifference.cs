using System.Text;

namespace TraceGrains.Domain.Events;

/// <summary>Finds where two events in canonical form part.</summary>
static class ContentDifference
{
    /// <summary>The first field that differs, with both values; null when there is none.</summary>
    public static string? First(ContentNode one, ContentNode other) => First(one, other, "");

    static string? First(ContentNode one, ContentNode other, string path)
    {
        if (one.Value != other.Value)
            return Say(path, one, other);
        var (left, right) = (Unmatched(one.Children, other.Children), Unmatched(other.Children, one.Children));
        if (left.Count == 0 && right.Count == 0)
            return null;
        var mine = left.FirstOrDefault();
        // Pieces of one name are shown against each other; a list's entries are compared with the entry at the same place, if that differs too.
        var theirs = mine is null ? right[0] : right.Where(node => node.Key == mine.Key).OrderBy(node => node.Index == mine.Index ? 0 : 1).FirstOrDefault();
        var shown = mine ?? theirs!;
        var at = Step(path, one, shown);
        if (mine is null || theirs is null)
            return Say(at, mine, theirs);
        return mine.Children.Count > 0 && theirs.Children.Count > 0 ? First(mine, theirs, at) ?? Say(at, mine, theirs) : Say(at, mine, theirs);
    }

    static List<ContentNode> Unmatched(IReadOnlyList<ContentNode> nodes, IReadOnlyList<ContentNode> others)
    {
        var counts = others.GroupBy(Written).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        List<ContentNode> unmatched = [];
        foreach (var node in nodes)
        {
            var text = Written(node);
            if (counts.TryGetValue(text, out var count) && count > 0)
                counts[text] = count - 1;
            else
                unmatched.Add(node);
        }
        return unmatched;
    }

    static string Step(string path, ContentNode parent, ContentNode node)
    {
        // An entry of a list is named by its place; the word the hash uses for entries (epc, quantityElement) is none of the document's.
        var entry = node.Index >= 0;
        var name = node.Name is "sensorReport" && parent.Name is "sensorReport" || node.Name == parent.Name || entry && parent.Unordered && parent.Key.Length > 0 && !node.Key.StartsWith('{') ? "" : node.Name;
        var dotted = name.Length == 0 ? path : path.Length == 0 ? name : $"{path}.{name}";
        return entry ? $"{dotted}[{node.Index}]" : dotted;
    }

    static string Say(string path, ContentNode? one, ContentNode? other) => $"{path}: {Show(one)} against {Show(other)}";

    static string Show(ContentNode? node) => node is null ? "nothing" : $"\"{ProblemList.Shorten(node.Value ?? Written(node))}\"";

    static string Written(ContentNode node) => Encoding.UTF8.GetString(new EventHash().PreImage(node));
}
