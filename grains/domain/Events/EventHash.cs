using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Domain.Events;

/// <summary>The CBV 2.0 event hash: the canonical content written as one run of <c>key=value</c>, lists sorted by their written form, and SHA-256 over it.</summary>
sealed class EventHash
{
    byte[] image = new byte[4096];
    int length;
    byte[] scratch = new byte[1024];

    /// <summary>The hash of an event's content.</summary>
    public byte[] Of(ContentNode content) => SHA256.HashData(PreImage(content));

    /// <summary>What is hashed; valid until the next call.</summary>
    public ReadOnlySpan<byte> PreImage(ContentNode content)
    {
        length = 0;
        Write(content);
        return image.AsSpan(0, length);
    }

    void Write(ContentNode node)
    {
        Append(node.Key);
        if (!string.IsNullOrEmpty(node.Value))
        {
            Append("=");
            Append(node.Value);
        }
        var children = node.Children;
        if (!node.Unordered || children.Count < 2)
        {
            for (var at = 0; at < children.Count; at++)
                Write(children[at]);
            return;
        }
        var start = length;
        var ranges = new (int Start, int Length)[children.Count];
        for (var at = 0; at < ranges.Length; at++)
        {
            var from = length;
            Write(children[at]);
            ranges[at] = (from - start, length - from);
        }
        Sort(start, ranges);
    }

    // Bytes of UTF-8 sort as code points do. The pieces are already written; only their order changes.
    void Sort(int start, (int Start, int Length)[] ranges)
    {
        var run = length - start;
        if (scratch.Length < run)
            scratch = new byte[run * 2];
        image.AsSpan(start, run).CopyTo(scratch);
        var source = scratch;
        Array.Sort(ranges, (one, other) => source.AsSpan(one.Start, one.Length).SequenceCompareTo(source.AsSpan(other.Start, other.Length)));
        var to = start;
        foreach (var (from, size) in ranges)
        {
            source.AsSpan(from, size).CopyTo(image.AsSpan(to));
            to += size;
        }
    }

    void Append(string text)
    {
        var needed = length + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (needed > image.Length)
            Array.Resize(ref image, needed * 2);
        length += Encoding.UTF8.GetBytes(text, image.AsSpan(length));
    }
}
