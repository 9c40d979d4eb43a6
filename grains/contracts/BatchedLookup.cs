namespace TraceGrains.Contracts;

/// <summary>
/// Turns many single look-ups into few of many keys: what is asked for while a look-up is under way waits and goes together in the next, and a key is looked up once. For as long as one request lasts, or less.
/// </summary>
/// <param name="look">Looks keys up, each once, and answers in their order.</param>
/// <param name="most">Keys in one look-up.</param>
public sealed class BatchedLookup<TKey, TValue>(Func<TKey[], Task<TValue[]>> look, int most = 1_000) where TKey : notnull
{
    readonly Lock gate = new();
    readonly Dictionary<TKey, Task<TValue>> known = [];
    readonly Queue<(TKey Key, TaskCompletionSource<TValue> Found)> waiting = [];
    bool isLooking;

    /// <summary>The value of a key. A failed look-up fails for all who waited for it, and is tried again for who asks later.</summary>
    public Task<TValue> this[TKey key]
    {
        get
        {
            Task<TValue> found;
            lock (gate)
            {
                if (known.TryGetValue(key, out var before)) return before;
                var source = new TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously);
                known.Add(key, found = source.Task);
                waiting.Enqueue((key, source));
                if (isLooking) return found;
                isLooking = true;
            }
            _ = LookOn();
            return found;
        }
    }

    /// <summary>Values of many keys, in their order.</summary>
    public Task<TValue[]> All(IEnumerable<TKey> keys) => Task.WhenAll(keys.Select(key => this[key]));

    async Task LookOn()
    {
        // Whoever asks for one asks for more in the same breath.
        await Task.Yield();
        while (Next() is { Count: > 0 } some)
            try
            {
                var values = await look([.. some.Select(one => one.Key)]);
                for (var i = 0; i < some.Count; i++) some[i].Found.SetResult(values[i]);
            }
            catch (Exception failure)
            {
                lock (gate)
                    foreach (var (key, _) in some) known.Remove(key);
                foreach (var (_, found) in some) found.TrySetException(failure);
            }
    }

    List<(TKey Key, TaskCompletionSource<TValue> Found)> Next()
    {
        lock (gate)
        {
            var some = new List<(TKey, TaskCompletionSource<TValue>)>(Math.Min(most, waiting.Count));
            while (some.Count < most && waiting.TryDequeue(out var one)) some.Add(one);
            isLooking = some.Count > 0;
            return some;
        }
    }
}
