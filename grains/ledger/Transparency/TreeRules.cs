using TraceGrains.Domain.Transparency;

namespace TraceGrains.Ledger.Transparency;

/// <summary>What every engine of <see cref="ITreeStore"/> decides alike.</summary>
static class TreeRules
{
    /// <summary>Answers the stored head of the same size, or refuses: <paramref name="stored"/> is the smallest one of at least that size.</summary>
    public static SignedTreeHead Accept(SignedTreeHead stored, SignedTreeHead asked)
    {
        if (stored.Head.Size > asked.Head.Size)
            throw new TreeForkException($"a tree head of size {stored.Head.Size} is signed already; one of size {asked.Head.Size} would come before it");
        return stored.Head.RootHash.AsSpan().SequenceEqual(asked.Head.RootHash)
            ? stored
            : throw new TreeForkException($"the tree head of size {asked.Head.Size} was signed with root {Hex(stored.Head.RootHash)}; the ledger now gives {Hex(asked.Head.RootHash)}");
    }

    /// <summary>Whether a key is not the one that signs now.</summary>
    public static bool IsNew(IReadOnlyList<TreeKey> keys, byte[] publicKey)
    {
        if (keys.FirstOrDefault(key => key.PublicKey.AsSpan().SequenceEqual(publicKey)) is not { } known) return true;
        return known.ValidUntil is null ? false
            : throw new ArgumentException($"the signing key {known.KeyId} was replaced on {known.ValidUntil:O}; a retired key does not sign again");
    }

    static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
