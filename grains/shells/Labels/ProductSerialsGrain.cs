using System.Security.Cryptography;
using TraceGrains.Contracts.Labels;
using TraceGrains.Domain.Labels;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Labels;

/// <summary>A key and a count: that is all there is to keep of a product's serials, however many there are. The storage's version check is the fence between two activations.</summary>
sealed class ProductSerialsGrain([PersistentState("product-serials", CaseStorage.Provider)] IPersistentState<ProductSerials> stored) : Grain, IProductSerialsGrain
{
    public async Task<ReservedSerials> Reserve(int count)
    {
        var reserved = new ReservedSerials(stored.State.Next, count);
        var before = stored.State;
        stored.State = before with
        {
            Key = before.Key.Length == 0 ? RandomNumberGenerator.GetBytes(SerialNumbers.KeyBytes) : before.Key,
            Next = before.Next + count,
        };
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // It may have been written all the same: only storage knows, so it is asked before anybody is served again.
            DeactivateOnIdle();
            throw;
        }
        return reserved;
    }

    public Task<string[]> Read(ReservedSerials reserved)
    {
        if (reserved.First < 0 || reserved.Count < 0 || reserved.First + reserved.Count > stored.State.Next)
            throw new ArgumentOutOfRangeException(nameof(reserved), reserved, $"expected counts below {stored.State.Next}");
        var key = stored.State.Key;
        return Task.Run(() => SerialNumbers.Of(key, reserved.First, reserved.Count));
    }
}

/// <summary>What is kept of a product's serials.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ProductSerials")]
sealed record ProductSerials
{
    /// <summary>Secret: with it every serial of the product could be told in advance.</summary>
    [Id(0)] public byte[] Key { get; init; } = [];
    /// <summary>The first count that is free.</summary>
    [Id(1)] public long Next { get; init; }
}
