using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TraceGrains.Contracts.Queries;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Queries;

/// <summary>Seals by AES-GCM. Its key is made once and kept in grain state; it never leaves the grain.</summary>
[KeepAlive]
sealed class ListTokensGrain([PersistentState("listTokens", CaseStorage.Provider)] IPersistentState<ListTokensState> stored) : Grain, IListTokensGrain
{
    const int KeyLength = 32, NonceLength = 12, TagLength = 16, TokenMax = 16_000;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (stored.State.Key.Length == KeyLength) return;
        // A token is given only once its key is durable.
        stored.State.Key = RandomNumberGenerator.GetBytes(KeyLength);
        await stored.WriteStateAsync(cancellationToken);
    }

    public Task<string> Seal(string list, string place)
    {
        var text = Encoding.UTF8.GetBytes(place);
        // As long as the next multiple of a block, so that its length does not tell one code from another.
        var padded = new byte[(text.Length / 64 + 1) * 64];
        text.CopyTo(padded, 0);
        padded[text.Length] = 1;
        var token = new byte[NonceLength + padded.Length + TagLength];
        RandomNumberGenerator.Fill(token.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(stored.State.Key, TagLength);
        cipher.Encrypt(token.AsSpan(0, NonceLength), padded, token.AsSpan(NonceLength, padded.Length), token.AsSpan(NonceLength + padded.Length), Encoding.UTF8.GetBytes(list));
        return Task.FromResult(Base64Url.EncodeToString(token));
    }

    public Task<string?> Open(string list, string token)
    {
        if (token.Length > TokenMax || !Base64Url.IsValid(token, out var length) || length <= NonceLength + TagLength) return Task.FromResult<string?>(null);
        var bytes = Base64Url.DecodeFromChars(token);
        var padded = new byte[bytes.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(stored.State.Key, TagLength);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, padded.Length), bytes.AsSpan(NonceLength + padded.Length), padded, Encoding.UTF8.GetBytes(list));
        }
        catch (AuthenticationTagMismatchException)
        {
            return Task.FromResult<string?>(null);
        }
        return Task.FromResult<string?>(Encoding.UTF8.GetString(padded, 0, padded.AsSpan().LastIndexOf((byte)1)));
    }
}

/// <summary>What is stored.</summary>
[GenerateSerializer]
[Alias("tg.ListTokensState")]
sealed class ListTokensState
{
    [Id(0)] public byte[] Key { get; set; } = [];
}
