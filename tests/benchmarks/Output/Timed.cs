using System.Diagnostics;

namespace TraceGrains.Benchmarks.Output;

/// <summary>The first run and the best of some more: the first pays for compilation and cold caches, the best is what the code costs.</summary>
readonly record struct Timed(TimeSpan First, TimeSpan Best, TimeSpan Median)
{
    public static async Task<Timed> Of(int runs, Func<ValueTask> work)
    {
        var times = new TimeSpan[runs];
        for (var run = 0; run < runs; run++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            times[run] = clock.Elapsed;
        }
        var first = times[0];
        Array.Sort(times);
        return new(first, times[0], times[runs / 2]);
    }

    public static Task<Timed> Of(int runs, Action work) => Of(runs, () =>
    {
        work();
        return default;
    });
}
