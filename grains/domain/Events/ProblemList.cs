using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TraceGrains.Domain.Events;

/// <summary>Collects what is wrong and knows where the reader stands, so that a path is only spelled out when there is something to say.</summary>
sealed class ProblemList
{
    const int FoundLength = 80;

    readonly List<CaptureProblem> problems = [];
    // Deeper than any JSON that parses: a step is a member name or a position.
    readonly (string? Name, int Index)[] steps = new (string?, int)[CaptureLimits.MaxJsonDepth * 2 + 8];
    int depth, limit = CaptureLimits.MaxProblems;

    /// <summary>Position of the event being read; null while the document itself is.</summary>
    public int? EventIndex { get; set; }

    /// <summary>Leaves room for problems of the event that is read next, however many others had.</summary>
    public void MakeRoom() => limit = problems.Count + CaptureLimits.MaxProblemsPerRefusedEvent;

    public IReadOnlyList<CaptureProblem> Found => problems;

    public int Count => problems.Count;

    public bool Full => problems.Count >= limit;

    public void Enter(string name) => steps[depth++] = (name, 0);

    public void Enter(int index) => steps[depth++] = (null, index);

    public void Leave() => depth--;

    /// <summary>The value here is not what was expected.</summary>
    public void Add(string expected, JsonElement found) => Add(null, expected, Shorten(found));

    /// <summary>A member of the object here is missing or wrong.</summary>
    public void Add(string? member, string expected, string? found)
    {
        if (!Full)
            problems.Add(new CaptureProblem(EventIndex, PathTo(member), expected, found));
    }

    /// <summary>The document carries more than one capture may.</summary>
    public void AddLimit(string member, string expected, string found)
    {
        if (!Full)
            problems.Add(new CaptureProblem(EventIndex, PathTo(member), expected, found) { ExceedsCaptureLimit = true });
    }

    /// <summary>Problems that were found, and placed, before.</summary>
    public void Add(IReadOnlyList<CaptureProblem> earlier)
    {
        foreach (var problem in earlier)
            if (!Full)
                problems.Add(problem);
    }

    /// <summary>The event as a whole is not what was expected, wherever in it that came out.</summary>
    public void AddForEvent(string expected, string found)
    {
        if (!Full)
            problems.Add(new CaptureProblem(EventIndex, "event", expected, found));
    }

    public static string Shorten(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        var text = string.Join(' ', Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, FoundLength * 4)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return raw.Length > FoundLength * 4 && text.Length <= FoundLength ? text + "…" : Shorten(text);
    }

    public static string Shorten(string text)
    {
        if (text.Length <= FoundLength)
            return text;
        // Never cut a pair of surrogates in two: the result would be no text.
        var cut = char.IsHighSurrogate(text[FoundLength - 1]) ? FoundLength - 1 : FoundLength;
        return string.Concat(text.AsSpan(0, cut), "…");
    }

    string PathTo(string? member)
    {
        var path = new StringBuilder();
        for (var step = 0; step < depth; step++)
            if (steps[step].Name is { } name)
                path.Append(path.Length > 0 ? "." : "").Append(Shorten(name));
            else
                path.Append('[').Append(steps[step].Index).Append(']');
        if (member is not null)
            path.Append(path.Length > 0 ? "." : "").Append(Shorten(member));
        return path.Length > 0 ? path.ToString() : "event";
    }
}
