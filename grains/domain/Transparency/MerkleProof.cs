namespace TraceGrains.Domain.Transparency;

/// <summary>Checks proofs against roots, needing nothing of the log itself (RFC 9162, sections 2.1.3.2 and 2.1.4.2). Wrong input of any kind is answered with false, never thrown.</summary>
public static class MerkleProof
{
    /// <summary>Whether a leaf stands at <paramref name="index"/> (from 0) in the tree of <paramref name="size"/> leaves with this root.</summary>
    public static bool Includes(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (index < 0 || index >= size || leafHash.Length != MerkleHash.Size || !AreHashes(path)) return false;
        var (fn, sn) = (index, size - 1);
        var r = leafHash;
        foreach (var p in path)
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                r = MerkleHash.Node(p, r);
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else r = MerkleHash.Node(r, p);
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && root.AsSpan().SequenceEqual(r);
    }

    /// <summary>Whether the tree of <paramref name="from"/> leaves is the beginning of the tree of <paramref name="to"/> leaves. The empty tree is the beginning of every tree.</summary>
    public static bool IsConsistent(long from, byte[] fromRoot, long to, byte[] toRoot, IReadOnlyList<byte[]> proof)
    {
        if (from < 0 || from > to || !AreHashes(proof)) return false;
        if (from == to) return proof.Count == 0 && fromRoot.AsSpan().SequenceEqual(toRoot);
        if (from == 0) return proof.Count == 0 && fromRoot.AsSpan().SequenceEqual(MerkleHash.EmptyRoot());
        if (proof.Count == 0) return false;

        var rest = proof.AsEnumerable();
        // A tree of a power of two of leaves is a node of the larger tree: its root, which the verifier has, begins the proof.
        var first = long.IsPow2(from) ? fromRoot : proof[0];
        if (!long.IsPow2(from)) rest = rest.Skip(1);
        if (first.Length != MerkleHash.Size) return false;
        var (fn, sn) = (from - 1, to - 1);
        while ((fn & 1) == 1) (fn, sn) = (fn >> 1, sn >> 1);
        var (fr, sr) = (first, first);
        foreach (var c in rest)
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (MerkleHash.Node(c, fr), MerkleHash.Node(c, sr));
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else sr = MerkleHash.Node(sr, c);
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && fromRoot.AsSpan().SequenceEqual(fr) && toRoot.AsSpan().SequenceEqual(sr);
    }

    static bool AreHashes(IReadOnlyList<byte[]> hashes)
    {
        for (var i = 0; i < hashes.Count; i++)
            if (hashes[i] is not { Length: MerkleHash.Size }) return false;
        return true;
    }
}
