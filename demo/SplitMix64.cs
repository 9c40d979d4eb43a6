using System.Buffers.Binary;

namespace TraceGrains.Demo;

/// <summary>Steele, Lea and Flood's SplitMix64: written out here because <see cref="Random"/> promises no sequence across runtimes, and the demo's bytes must never drift.</summary>
sealed class SplitMix64(ulong state)
{
    ulong state = state;

    public ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>. The bias of the remainder is far below what a story can show.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>An event id that looks like any random (version 4) UUID and comes back with the same seed.</summary>
    public string UuidUrn()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }
}
