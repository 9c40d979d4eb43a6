namespace TraceGrains.Demo.Chain;

/// <summary>Every event of the story, in the order in which it was told, and the order in which it was captured.</summary>
sealed class Journal(DateTimeOffset start)
{
    readonly List<DemoEvent> told = [];

    public DateTimeOffset Start { get; } = start;

    public void Add(DemoEvent e) => told.Add(e);

    /// <summary>A stable sort: what one story tells of one minute stays in its order.</summary>
    public IEnumerable<DemoEvent> InOrderOfCapture() => told.OrderBy(e => e.CapturedAt ?? e.At);
}
