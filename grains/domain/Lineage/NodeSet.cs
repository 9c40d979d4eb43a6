namespace TraceGrains.Domain.Lineage;

/// <summary>A set of small numbers: a hash set while few, a bitmap once that is the smaller of the two.</summary>
public sealed class NodeSet
{
    HashSet<int>? few = [];
    ulong[] bits = [];

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Adds; false when it was there.</summary>
    public bool Add(int item)
    {
        if (few is not null)
        {
            if (!few.Add(item)) return false;
            Count++;
            if (few.Count > 64 && few.Count * 16L > item / 8) TurnIntoBits();
            return true;
        }
        var word = item >> 6;
        if (word >= bits.Length) Array.Resize(ref bits, Math.Max(word + 1, bits.Length + bits.Length / 2));
        var bit = 1UL << (item & 63);
        if ((bits[word] & bit) != 0) return false;
        bits[word] |= bit;
        Count++;
        return true;
    }

    /// <summary>Removes; false when it was not there.</summary>
    public bool Remove(int item)
    {
        if (!Contains(item)) return false;
        if (few is not null) few.Remove(item);
        else bits[item >> 6] &= ~(1UL << (item & 63));
        Count--;
        return true;
    }

    /// <summary>Whether it is in the set.</summary>
    public bool Contains(int item)
    {
        if (few is not null) return few.Contains(item);
        var word = item >> 6;
        return word < bits.Length && (bits[word] & (1UL << (item & 63))) != 0;
    }

    /// <summary>The members, in ascending order.</summary>
    public IEnumerable<int> Ascending()
    {
        if (few is not null)
        {
            foreach (var item in few.Order()) yield return item;
            yield break;
        }
        for (var word = 0; word < bits.Length; word++)
            for (var rest = bits[word]; rest != 0; rest &= rest - 1)
                yield return (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(rest);
    }

    void TurnIntoBits()
    {
        var items = few!;
        few = null;
        bits = new ulong[(items.Max() >> 6) + 1];
        foreach (var item in items) bits[item >> 6] |= 1UL << (item & 63);
    }
}
