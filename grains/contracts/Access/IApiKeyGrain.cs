using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Access;

/// <summary>One machine's key. Its grain key is made of its id by <see cref="ApiKeyKey"/>. Of secrets only SHA-256 hashes come here.</summary>
[Alias("tg.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Makes the key; false where one of this id exists. What is returned is durable.</summary>
    [Alias("Create")] Task<bool> Create(ApiKeyOrder order, [Immutable] byte[] secretHash);

    /// <summary>For whom a secret speaks; null for one that is unknown, revoked or over.</summary>
    [Alias("Check")] Task<Caller?> Check([Immutable] byte[] secretHash);

    /// <summary>Gives the key another secret; the one it has stays good for a while. Null where there is no such key, or it was revoked.</summary>
    [Alias("Rotate")] Task<ApiKeyView?> Rotate([Immutable] byte[] secretHash, TimeSpan oldGoodFor);

    /// <summary>Ends the key at once. Null where there is no such key.</summary>
    /// <param name="at">The time that is noted; the first that says so counts.</param>
    [Alias("Revoke")] Task<ApiKeyView?> Revoke(DateTimeOffset at);

    /// <summary>The key as it stands; null where there is none.</summary>
    [Alias("View")] Task<ApiKeyView?> View();
}

/// <summary>Keys of the grains of machines' keys.</summary>
public static class ApiKeyKey
{
    const string Prefix = "key:";

    /// <summary>The key of an id's grain. The letter before the id keeps storage from taking it for a number.</summary>
    public static string Of(string id) => Prefix + id;

    /// <summary>The id in a key.</summary>
    public static string IdIn(string key) => key[Prefix.Length..];
}

/// <summary>The keys of one enterprise. Its key is the enterprise's canonical code; <see cref="Nobody"/> for keys of roles without one.</summary>
[Alias("tg.IApiKeyListGrain")]
public interface IApiKeyListGrain : IGrainWithStringKey
{
    /// <summary>Stands for no enterprise.</summary>
    public const string Nobody = "none";

    /// <summary>Most keys of one enterprise, revoked ones included.</summary>
    public const int KeysMax = 1_000;

    /// <summary>Takes a key in; false where there are as many as may be.</summary>
    [Alias("Add")] Task<bool> Add(string id);

    /// <summary>The keys, oldest first.</summary>
    [Alias("All")] Task<string[]> All();
}

/// <summary>A key to be made.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ApiKeyOrder")]
public sealed class ApiKeyOrder
{
    /// <summary>What it is for.</summary>
    [Id(0)] public string Name { get; set; } = "";
    /// <summary>For whom it speaks.</summary>
    [Id(1)] public Caller Caller { get; set; } = new();
    /// <summary>When it ends; null for never.</summary>
    [Id(2)] public DateTimeOffset? Expires { get; set; }
    /// <summary>Who made it.</summary>
    [Id(3)] public string By { get; set; } = "";
}

/// <summary>A key as it stands, without its secret, which nobody keeps.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ApiKeyView")]
public sealed class ApiKeyView
{
    /// <summary>Its id.</summary>
    [Id(0)] public string Id { get; set; } = "";
    /// <summary>What it is for, for whom it speaks, when it ends.</summary>
    [Id(1)] public ApiKeyOrder Order { get; set; } = new();
    /// <summary>When it was made.</summary>
    [Id(2)] public DateTimeOffset CreatedAt { get; set; }
    /// <summary>When it got the secret it has.</summary>
    [Id(3)] public DateTimeOffset SecretSince { get; set; }
    /// <summary>Until when the secret before that is good too; null where there is none.</summary>
    [Id(4)] public DateTimeOffset? OldSecretUntil { get; set; }
    /// <summary>When it was revoked; null while it was not.</summary>
    [Id(5)] public DateTimeOffset? RevokedAt { get; set; }
}
