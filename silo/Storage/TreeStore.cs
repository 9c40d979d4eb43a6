using TraceGrains.Grains.Transparency;
using TraceGrains.Ledger.Postgres;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Ledger.Transparency;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Storage;

/// <summary>Opens the transparency log's storage where the ledger's is, and its key.</summary>
static class TreeStore
{
    public static async Task<ITreeStore> Open(SiloOptions options) => options.Postgres is { } connection
        ? await PostgresTreeStore.Open(connection, options.MayMigrate)
        : SqliteTreeStore.Open(Path.Combine(options.DataDirectory, "transparency.db"));

    /// <summary>The signing key. Silos of one cluster sign with one key: where the cluster has one already, a silo without the file does not make another.</summary>
    /// <exception cref="SigningKeyException">The key cannot be used; the message says what to do.</exception>
    public static async Task<SigningKey> OpenSigningKey(SiloOptions options, ITreeStore store)
    {
        if (options.Postgres is not null && !File.Exists(options.SigningKeyFile) && (await store.ReadKeys()).LastOrDefault(key => key.ValidUntil is null) is { } current)
            throw new SigningKeyException($"{options.SigningKeyFile}: expected the key that the silos of this cluster sign with ({current.KeyId}): copy its file here, or put a new one in its place on every silo ('openssl genpkey -algorithm ed25519')");
        var signingKey = SigningKey.Open(options.SigningKeyFile);
        // At once and not with the first head, so that silos that start after this one know.
        if (!(await store.ReadKeys()).Any()) await store.UseKey(signingKey.PublicKey, DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
        return signingKey;
    }
}
