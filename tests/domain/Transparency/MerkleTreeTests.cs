using CsCheck;
using TraceGrains.Domain.Transparency;

namespace TraceGrains.Domain.Tests.Transparency;

public sealed class MerkleTreeTests
{
    // The eight leaves, roots and proofs that the Certificate Transparency project's reference implementations (google/certificate-transparency, merkletree tests) share.
    static readonly byte[][] leaves = [.. ((string[])["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]).Select(Convert.FromHexString)];
    static readonly string[] roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    static MerkleTree Of(IReadOnlyList<byte[]> entries) => new(new MemoryTiles(entries));

    [Fact]
    public async Task Roots_are_those_of_the_reference_vectors()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(await Of(leaves).Root(0)));
        for (var size = 1; size <= 8; size++) Assert.Equal(roots[size - 1], Hex(await Of(leaves).Root(size)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public async Task Inclusion_proofs_are_those_of_the_reference_vectors(int index, int size, params string[] path)
    {
        var proof = await Of(leaves).Inclusion(index, size);
        Assert.Equal(path, proof.Select(Hex));
        Assert.True(MerkleProof.Includes(MerkleHash.Leaf(leaves[index]), index, size, proof, Convert.FromHexString(roots[size - 1])));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public async Task Consistency_proofs_are_those_of_the_reference_vectors(int from, int to, params string[] nodes)
    {
        var proof = await Of(leaves).Consistency(from, to);
        Assert.Equal(nodes, proof.Select(Hex));
        Assert.True(MerkleProof.IsConsistent(from, Convert.FromHexString(roots[from - 1]), to, Convert.FromHexString(roots[to - 1]), proof));
    }

    static readonly Gen<byte[][]> logs = Gen.OneOf(Gen.Int[1, 40], Gen.Int[250, 520]).Select(size => Enumerable.Range(0, size).Select(i => BitConverter.GetBytes(i * 7919)).ToArray());

    [Fact]
    public async Task Roots_and_proofs_are_those_of_the_recursion() => await logs.SelectMany(log => Gen.Select(Gen.Int[1, log.Length], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20], (size, a, b) => (log, size, index: a % size, from: 1 + b % size)))
        .SampleAsync(async one =>
        {
            var (log, size, index, from) = one;
            var tree = Of(log);
            var root = await tree.Root(size);
            Assert.Equal(NaiveTree.Mth(log.AsSpan(0, size)), root);
            var path = await tree.Inclusion(index, size);
            Assert.Equal(NaiveTree.Path(index, log.AsSpan(0, size)), path);
            Assert.True(MerkleProof.Includes(MerkleHash.Leaf(log[index]), index, size, path, root));
            var proof = await tree.Consistency(from, size);
            Assert.Equal(NaiveTree.Proof(from, log.AsSpan(0, size)), proof);
            Assert.True(MerkleProof.IsConsistent(from, await tree.Root(from), size, root, proof));
        }, iter: Proof.Rounds(60), threads: 1);

    [Fact]
    public async Task A_proof_for_anything_else_does_not_hold() => await Gen.Select(Gen.Int[2, 70], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20]).SampleAsync(async (size, a, b, c) =>
    {
        var log = Enumerable.Range(0, size).Select(BitConverter.GetBytes).ToArray();
        var tree = Of(log);
        var root = await tree.Root(size);
        var (index, from) = (a % size, 1 + b % (size - 1));
        var path = await tree.Inclusion(index, size);
        var proof = await tree.Consistency(from, size);
        var fromRoot = await tree.Root(from);
        var leaf = MerkleHash.Leaf(log[index]);

        Assert.False(MerkleProof.Includes(leaf, (index + 1) % size, size, path, root));
        Assert.False(MerkleProof.Includes(MerkleHash.Leaf([9]), index, size, path, root));
        Assert.False(MerkleProof.Includes(leaf, index, size, [.. path, root], root));
        Assert.False(MerkleProof.Includes(leaf, index, size, path[..^1], root));
        Assert.False(MerkleProof.Includes(leaf, index, size, Spoilt(path, c), root));
        Assert.False(MerkleProof.IsConsistent(from, root, size, root, proof));
        Assert.False(MerkleProof.IsConsistent(from, fromRoot, size, fromRoot, proof));
        Assert.False(MerkleProof.IsConsistent(from, fromRoot, size, root, [.. proof, root]));
        Assert.False(MerkleProof.IsConsistent(from, fromRoot, size, root, proof[..^1]));
        Assert.False(MerkleProof.IsConsistent(from, fromRoot, size, root, Spoilt(proof, c)));
        Assert.False(MerkleProof.IsConsistent(size, root, from, fromRoot, proof));

        // Another history: one entry of the older tree is different in the newer one.
        var rewritten = log.ToArray();
        rewritten[c % from] = [0xFF];
        var other = Of(rewritten);
        var (otherRoot, otherProof) = (await other.Root(size), await other.Consistency(from, size));
        Assert.False(MerkleProof.IsConsistent(from, fromRoot, size, otherRoot, otherProof));
    }, iter: Proof.Rounds(200), threads: 1);

    [Fact]
    public async Task Proofs_are_refused_for_what_is_not_there()
    {
        var tree = Of(leaves);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.Inclusion(8, 8));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.Inclusion(-1, 8));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.Consistency(0, 8));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.Consistency(5, 4));
    }

    [Fact]
    public void The_empty_tree_is_the_beginning_of_every_tree_and_nothing_else_is()
    {
        var root = Convert.FromHexString(roots[2]);
        Assert.True(MerkleProof.IsConsistent(0, MerkleHash.EmptyRoot(), 3, root, []));
        Assert.False(MerkleProof.IsConsistent(0, root, 3, root, []));
        Assert.False(MerkleProof.IsConsistent(-1, root, 3, root, []));
        Assert.False(MerkleProof.Includes(root, 0, 0, [], root));
        Assert.False(MerkleProof.Includes([1, 2], 0, 1, [], root));
        Assert.False(MerkleProof.IsConsistent(2, root, 3, root, [[1, 2]]));
    }

    static byte[][] Spoilt(byte[][] hashes, int which)
    {
        var spoilt = hashes.Select(hash => hash.ToArray()).ToArray();
        spoilt[which % spoilt.Length][which % 32] ^= 1;
        return spoilt;
    }

    static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
