namespace TraceGrains.Domain.Lineage;

/// <summary>
/// A growing run of structs in chunks. Growing never copies and never doubles, so that a million entries cost what they weigh; index 0 is never handed
/// out and means "none" in linked lists.
/// </summary>
sealed class Arena<T> where T : struct
{
    const int ChunkBits = 9, ChunkSize = 1 << ChunkBits, ChunkMask = ChunkSize - 1;

    T[][] chunks = [];
    int count = 1;

    public int Count => count - 1;

    public ref T this[int index] => ref chunks[index >> ChunkBits][index & ChunkMask];

    /// <summary>Reserves the next entry.</summary>
    public int Add()
    {
        EnsureRoom(count);
        return count++;
    }

    /// <summary>Makes every index up to and including this one usable.</summary>
    public void EnsureThrough(int index)
    {
        if (index < count) return;
        EnsureRoom(index);
        count = index + 1;
    }

    void EnsureRoom(int index)
    {
        var chunk = index >> ChunkBits;
        if (chunk < chunks.Length && chunks[chunk] is not null) return;
        if (chunk >= chunks.Length) Array.Resize(ref chunks, Math.Max(chunk + 1, chunks.Length + 16));
        for (var i = 0; i <= chunk; i++) chunks[i] ??= new T[ChunkSize];
    }

    public long Bytes => (long)chunks.Count(chunk => chunk is not null) * ChunkSize * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
}
