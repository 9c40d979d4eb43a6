using TraceGrains.Domain.Transparency;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Ledger.Transparency;

namespace TraceGrains.Ledger.Tests;

/// <summary>The tree over a real ledger: leaves from its events, subtrees from the store.</summary>
public sealed class LedgerTreeTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    async Task<ILedger> Ledger(string name, int events, string entropy = "")
    {
        var ledger = await SqliteLedger.Open(folder.File(name), Batches.ShardCount, 1);
        var head = await ledger.ReadHead();
        var next = new Batches(head);
        await ledger.Append(Batches.Only(next.Next([.. Enumerable.Range(0, events).Select(i => new Draft { Json = $$"""{"n":{{i}},"e":"{{entropy}}"}""" })]).Events));
        return ledger;
    }

    [Fact]
    public async Task Roots_and_proofs_hold_however_the_tree_was_built()
    {
        await using var ledger = await Ledger("ledger.db", 700);
        await using var store = SqliteTreeStore.Open(folder.File("one.db"));
        var tree = new LedgerTree(ledger, store);
        Assert.Equal(700, await tree.CatchUp());
        Assert.Equal(2, await store.CountNodes(1));
        var roots = new Dictionary<long, byte[]>();
        foreach (var size in (long[])[1, 255, 256, 257, 512, 513, 700]) roots.Add(size, await tree.Tree.Root(size));

        // Leaves written out by hand, against the root.
        var leaves = (await ledger.ReadEventHashes(0, 700)).Select(leaf => MerkleHash.Leaf(leaf.EventHash)).ToList();
        Assert.Equal(MerkleHash.Node(MerkleHash.Fold(leaves[..256]), MerkleHash.Fold(leaves[256..512])), roots[512]);
        foreach (var (size, root) in roots)
        {
            foreach (var index in (long[])[0, size / 2, size - 1])
                Assert.True(MerkleProof.Includes(leaves[(int)index], index, size, await tree.Tree.Inclusion(index, size), root));
            Assert.True(MerkleProof.IsConsistent(size, root, 700, roots[700], await tree.Tree.Consistency(size, 700)));
        }

        // It grows, in a store that was left behind in the middle, and in one that begins now.
        await using var more = await Ledger("ledger.db", 1_000);
        await using var late = SqliteTreeStore.Open(folder.File("two.db"));
        var (grown, anew) = (new LedgerTree(more, store), new LedgerTree(more, late));
        Assert.Equal((1_700, 1_700), (await grown.CatchUp(), await anew.CatchUp()));
        Assert.Equal(await anew.Tree.Root(1_700), await grown.Tree.Root(1_700));
        Assert.Equal(roots[513], await grown.Tree.Root(513));
        Assert.True(MerkleProof.IsConsistent(700, roots[700], 1_700, await grown.Tree.Root(1_700), await grown.Tree.Consistency(700, 1_700)));
    }

    [Fact]
    public async Task A_rewritten_ledger_is_not_consistent_with_an_older_head()
    {
        await using var ledger = await Ledger("ledger.db", 600);
        await using var store = SqliteTreeStore.Open(folder.File("one.db"));
        var tree = new LedgerTree(ledger, store);
        await tree.CatchUp();
        var head = await tree.Tree.Root(600);

        // Another history with valid hashes throughout, and a tree of its own: nothing inside it is wrong.
        await using var rewritten = await Ledger("rewritten.db", 900, "rewritten");
        await using var fresh = SqliteTreeStore.Open(folder.File("two.db"));
        var other = new LedgerTree(rewritten, fresh);
        await other.CatchUp();
        Assert.False(MerkleProof.IsConsistent(600, head, 900, await other.Tree.Root(900), await other.Tree.Consistency(600, 900)));

        // Over the old store the forgery is noticed when its first subtree is compared.
        Assert.NotEqual(head, await new LedgerTree(rewritten, store).Tree.Root(600));
        var leaves = (await rewritten.ReadEventHashes(0, 256)).Select(leaf => MerkleHash.Leaf(leaf.EventHash)).ToList();
        await Assert.ThrowsAsync<TreeForkException>(() => store.AppendNodes(1, 0, [MerkleHash.Fold(leaves)]));
    }

    [Fact]
    public async Task A_tree_with_a_third_level_is_built_in_steps()
    {
        await using var ledger = await Ledger("ledger.db", 66_000);
        await using var store = SqliteTreeStore.Open(folder.File("one.db"));
        var tree = new LedgerTree(ledger, store);
        await tree.CatchUp();
        Assert.Equal((257, 1, 0), (await store.CountNodes(1), await store.CountNodes(2), await store.CountNodes(3)));
        var leaves = (await ledger.ReadEventHashes(0, 65_536)).Select(leaf => MerkleHash.Leaf(leaf.EventHash)).ToList();
        Assert.Equal(MerkleHash.Fold(leaves), await tree.Tree.Root(65_536));
        Assert.True(MerkleProof.Includes(leaves[40_000], 40_000, 66_000, await tree.Tree.Inclusion(40_000, 66_000), await tree.Tree.Root(66_000)));
    }
}
