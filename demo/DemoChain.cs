using TraceGrains.Demo.Chain;

namespace TraceGrains.Demo;

/// <summary>
/// A small invented supply chain around Chongqing: pickled mustard, milk and tablets over six weeks, told in EPCIS 2.0 events.
/// The same seed gives the same bytes, on every machine and runtime.
/// </summary>
public static class DemoChain
{
    /// <summary>When the story ends unless the caller says otherwise.</summary>
    public static readonly DateTimeOffset DefaultEnd = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(8));

    /// <summary>The documents in the order in which they would be captured.</summary>
    /// <param name="seed">Chooses serial numbers, event ids, weights and minutes; who does what stays the same.</param>
    /// <param name="end">The morning after the last event. It moves the times, and no code or event id: loading the story a second time
    /// with another end is refused as changed events instead of doubling the world.</param>
    public static IEnumerable<DemoDocument> Documents(int seed = 2016, DateTimeOffset? end = null) =>
        DocumentWriter.Write(Story.Tell(seed, end ?? DefaultEnd).Journal);

    /// <summary>Names, districts and categories of its parties, places and products: a document with master data and no events.</summary>
    public static DemoDocument MasterData() => MasterDataWriter.Write(Cast(), DefaultEnd);

    /// <summary>Who and what to look at, and what the recall must reach.</summary>
    public static DemoCast Cast(int seed = 2016) => Story.Tell(seed, DefaultEnd).Cast;
}
