using System.Security.Cryptography;
using TraceGrains.Domain.Transparency;
using TraceGrains.Ledger.Transparency;

namespace TraceGrains.Ledger.Tests;

/// <summary>What every store of the transparency tree must do.</summary>
public abstract class TreeStoreConformance : IAsyncLifetime
{
    static readonly DateTimeOffset start = new(2026, 5, 3, 8, 0, 0, 123, TimeSpan.Zero);

    readonly List<ITreeStore> opened = [];

    protected abstract Task<ITreeStore> OpenStore();

    protected abstract ValueTask RemoveStore();

    async Task<ITreeStore> Open()
    {
        var store = await OpenStore();
        opened.Add(store);
        return store;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in opened) await store.DisposeAsync();
        await RemoveStore();
        GC.SuppressFinalize(this);
    }

    static byte[] Hash(int n) => SHA256.HashData(BitConverter.GetBytes(n));

    static SignedTreeHead Head(long size, int root, string origin = "重庆 log") => new(new(origin, size, Hash(root), start.AddMilliseconds(size)), "key-" + root, [.. Hash(1), .. Hash((int)size)]);

    [Fact]
    public async Task Nodes_are_dense_and_read_in_order()
    {
        var store = await Open();
        Assert.Equal(0, await store.CountNodes(1));
        Assert.Empty(await store.ReadNodes(1, 0, 10));
        await store.AppendNodes(1, 0, [Hash(0), Hash(1), Hash(2)]);
        await store.AppendNodes(1, 3, [Hash(3)]);
        await store.AppendNodes(2, 0, [Hash(9)]);
        Assert.Equal((4, 1, 0), (await store.CountNodes(1), await store.CountNodes(2), await store.CountNodes(3)));
        Assert.Equal([Hash(1), Hash(2)], await store.ReadNodes(1, 1, 2));
        Assert.Equal([Hash(3)], await store.ReadNodes(1, 3, 5));
        Assert.Empty(await store.ReadNodes(1, 4, 5));
    }

    [Fact]
    public async Task A_node_is_written_once()
    {
        var store = await Open();
        await store.AppendNodes(1, 0, [Hash(0), Hash(1)]);
        await store.AppendNodes(1, 1, [Hash(1), Hash(2)]);
        Assert.Equal(3, await store.CountNodes(1));
        await Assert.ThrowsAsync<TreeForkException>(() => store.AppendNodes(1, 2, [Hash(7), Hash(3)]));
        await Assert.ThrowsAsync<TreeForkException>(() => store.AppendNodes(1, 4, [Hash(4)]));
        Assert.Equal([Hash(0), Hash(1), Hash(2)], await store.ReadNodes(1, 0, 10));
    }

    [Fact]
    public async Task A_size_has_one_root_for_ever()
    {
        var store = await Open();
        Assert.Null(await store.ReadLatestHead());
        Assert.Null(await store.ReadHead(5));
        Same(Head(5, 1), await store.AddHead(Head(5, 1)));
        Same(Head(9, 2), await store.AddHead(Head(9, 2)));
        Same(Head(5, 1), await store.ReadHead(5));
        Same(Head(9, 2), await store.ReadLatestHead());
        Assert.Null(await store.ReadHead(6));

        // The same again, signed later: the first one stands.
        var later = Head(9, 2) with { Head = Head(9, 2).Head with { Timestamp = start.AddDays(1) }, Signature = Hash(3) };
        Same(Head(9, 2), await store.AddHead(later));
        await Assert.ThrowsAsync<TreeForkException>(() => store.AddHead(Head(9, 3)));
        await Assert.ThrowsAsync<TreeForkException>(() => store.AddHead(Head(5, 3)));
        // A size that was passed over cannot be signed any more.
        await Assert.ThrowsAsync<TreeForkException>(() => store.AddHead(Head(7, 3)));
        Assert.Null(await store.ReadHead(7));
    }

    [Fact]
    public async Task Everything_is_there_after_opening_again_and_for_a_second_writer()
    {
        var store = await Open();
        await store.AppendNodes(1, 0, [Hash(0)]);
        await store.AddHead(Head(5, 1));
        await store.UseKey(Hash(1), start);
        var second = await Open();
        await Assert.ThrowsAsync<TreeForkException>(() => second.AddHead(Head(5, 2)));
        await Assert.ThrowsAsync<TreeForkException>(() => second.AppendNodes(1, 0, [Hash(1)]));
        await store.DisposeAsync();
        await second.DisposeAsync();
        var again = await Open();
        Same(Head(5, 1), await again.ReadLatestHead());
        Assert.Equal([Hash(0)], await again.ReadNodes(1, 0, 9));
        Assert.Single(await again.ReadKeys());
    }

    [Fact]
    public async Task Of_many_who_sign_at_once_one_is_stored_and_all_hear_it()
    {
        ITreeStore[] stores = [await Open(), await Open(), await Open(), await Open()];
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => stores[i % 4].AddHead(Head(5, 1) with { Signature = Hash(i) }))));
        Assert.Single(answers.Select(answer => Convert.ToHexString(answer.Signature)).Distinct());
    }

    [Fact]
    public async Task A_key_signs_until_the_next_one_and_stays_listed()
    {
        var store = await Open();
        await store.UseKey(Hash(1), start);
        await store.UseKey(Hash(1), start.AddDays(1));
        await store.UseKey(Hash(2), start.AddDays(2));
        var keys = await store.ReadKeys();
        Assert.Equal([(Hash(1), start, start.AddDays(2)), (Hash(2), start.AddDays(2), null)], keys.Select(key => (key.PublicKey, key.ValidFrom, key.ValidUntil)));
        await Assert.ThrowsAsync<ArgumentException>(() => store.UseKey(Hash(1), start.AddDays(3)));
        Assert.Equal(2, (await store.ReadKeys()).Count);
    }

    static void Same(SignedTreeHead expected, SignedTreeHead? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Head.Origin, expected.Head.Size, expected.Head.Timestamp, expected.KeyId), (actual.Head.Origin, actual.Head.Size, actual.Head.Timestamp, actual.KeyId));
        Assert.Equal(expected.Head.RootHash, actual.Head.RootHash);
        Assert.Equal(expected.Signature, actual.Signature);
    }
}
