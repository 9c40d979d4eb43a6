using System.Runtime.CompilerServices;
using GraphQL;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>
/// Keeps a subscription to the speed of its reader. A source asks for room before it makes the next result; a result that has been sent gives its room back. So what
/// waits is bounded, the source reads no further ahead than that, and nobody else notices a slow reader.
/// </summary>
sealed class Pace
{
    /// <summary>Results of one operation that may be made and not yet sent.</summary>
    public const int ResultsMax = 16;

    /// <summary>Characters of results of one operation that may wait; a single result may be longer.</summary>
    public const int LengthMax = 1024 * 1024;

    const string Key = "tracegrains.pace";

    readonly Lock guard = new();
    int made;
    long length;
    TaskCompletionSource? changed;

    /// <summary>What carries this through an execution.</summary>
    public Dictionary<string, object?> Context => new() { [Key] = this };

    /// <summary>The pace of the operation that a resolver works for.</summary>
    public static Pace Of(IResolveFieldContext context) => context.UserContext.TryGetValue(Key, out var pace) && pace is Pace found ? found : new Pace();

    /// <summary>Returns when one more result may be made, and counts it as made.</summary>
    public async Task Room(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (guard)
            {
                if (made < ResultsMax && length < LengthMax)
                {
                    made++;
                    return;
                }
                wait = (changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            await wait.WaitAsync(cancellation);
        }
    }

    /// <summary>A result is ready and waits to be sent.</summary>
    public void Waits(int characters)
    {
        lock (guard) length += characters;
    }

    /// <summary>It has been sent.</summary>
    public void Sent(int characters)
    {
        TaskCompletionSource? wake;
        lock (guard)
        {
            made = Math.Max(0, made - 1);
            length -= characters;
            (wake, changed) = (changed, null);
        }
        wake?.SetResult();
    }
}

static class PacedSource
{
    /// <summary>The same items, none of them fetched before the operation's reader has room for it.</summary>
    public static IAsyncEnumerable<T> Paced<T>(this IAsyncEnumerable<T> source, IResolveFieldContext context) => Paced(source, Pace.Of(context), default);

    static async IAsyncEnumerable<T> Paced<T>(IAsyncEnumerable<T> source, Pace pace, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var items = source.GetAsyncEnumerator(cancellation);
        while (true)
        {
            await pace.Room(cancellation);
            if (!await items.MoveNextAsync())
                yield break;
            yield return items.Current;
        }
    }
}
