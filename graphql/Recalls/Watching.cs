using System.Runtime.CompilerServices;

namespace TraceGrains.GraphQL.Recalls;

/// <summary>Follows something whose grain answers a watch when it has changed, and after some seconds even when nothing happened.</summary>
static class Watching
{
    /// <summary>What it is now, and again at each change, until it is over or gone.</summary>
    /// <param name="present">What it is now.</param>
    /// <param name="watch">Asks for what it is after a change to this.</param>
    /// <param name="isNews">Whether it differs from what it was.</param>
    /// <param name="isOver">Whether nothing more will happen to it.</param>
    /// <param name="cancellation">Nobody listens any more.</param>
    public static async IAsyncEnumerable<T> Follow<T>(T present, Func<T, Task<T?>> watch, Func<T, T, bool> isNews, Func<T, bool> isOver, [EnumeratorCancellation] CancellationToken cancellation = default) where T : class
    {
        yield return present;
        while (!isOver(present))
        {
            var next = await watch(present).WaitAsync(cancellation);
            if (next is null) yield break;
            if (!isNews(present, next)) continue;
            yield return present = next;
        }
    }

    /// <summary>Each of them as something else.</summary>
    public static async IAsyncEnumerable<TTo> As<TFrom, TTo>(this IAsyncEnumerable<TFrom> all, Func<TFrom, TTo> as_, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var one in all.WithCancellation(cancellation)) yield return as_(one);
    }
}
