namespace TraceGrains.Ledger.Projection;

/// <summary>Keeps what was used lately: when the young generation is full it becomes the old one, and what is found there is young again.</summary>
public sealed class TwoGenerationCache<TKey, TValue>(int capacity) where TKey : notnull
{
    Dictionary<TKey, TValue> young = [], old = [];

    /// <summary>Finds what was kept.</summary>
    public bool TryGet(TKey key, out TValue value)
    {
        if (young.TryGetValue(key, out value!)) return true;
        if (!old.TryGetValue(key, out value!)) return false;
        Set(key, value);
        return true;
    }

    /// <summary>Keeps a value.</summary>
    public void Set(TKey key, TValue value)
    {
        if (young.Count >= capacity / 2 && !young.ContainsKey(key)) (old, young) = (young, []);
        young[key] = value;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (young, old) = ([], []);
}
