namespace TraceGrains.Domain.Events.Xml;

/// <summary>What is wrong with a document in ways that its events as such cannot show: kept by event, to be told with whatever else is wrong with that event.</summary>
/// <param name="proceeds">Whether the good events are wanted however many others are bad.</param>
sealed class XmlProblems(bool proceeds)
{
    readonly Dictionary<int, List<CaptureProblem>> byEvent = [];

    /// <summary>Position of the event being read; null while the document itself is.</summary>
    public int? EventIndex { get; set; }

    /// <summary>Problems of the document itself.</summary>
    public List<CaptureProblem> OfDocument { get; } = [];

    public void Add(string place, string expected, string? found, bool exceedsLimit = false)
    {
        var problem = new CaptureProblem(EventIndex, Shorten(place), expected, found is null ? null : ProblemList.Shorten(found)) { ExceedsCaptureLimit = exceedsLimit };
        if (EventIndex is not { } index)
        {
            if (OfDocument.Count < CaptureLimits.MaxProblems)
                OfDocument.Add(problem);
        }
        else if (!byEvent.TryGetValue(index, out var problems))
            byEvent[index] = [problem];
        else if (problems.Count < CaptureLimits.MaxProblems)
            problems.Add(problem);
    }

    public IReadOnlyList<CaptureProblem> Of(int index) => byEvent.TryGetValue(index, out var problems) ? problems : [];

    /// <summary>Whether so many events are spoilt that the others need not be read.</summary>
    public bool Full => !proceeds && byEvent.Count >= CaptureLimits.MaxProblems;

    static string Shorten(string place) => place.Length <= 300 ? place : string.Concat(place.AsSpan(0, char.IsHighSurrogate(place[299]) ? 299 : 300), "…");
}
