using NSec.Cryptography;

namespace TraceGrains.Grains.Transparency;

/// <summary>The private key that signs tree heads, from its file.</summary>
public sealed class SigningKey : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    readonly Key key;

    SigningKey(Key key) => this.key = key;

    /// <summary>The public key, 32 bytes.</summary>
    public byte[] PublicKey => key.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>Signs; 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(key, message);

    /// <summary>Reads the key, PEM of PKCS #8 (RFC 8410), or makes one, readable by its owner alone, where there is no file.</summary>
    /// <exception cref="SigningKeyException">The file can be read by others, or holds something else, or cannot be read or made.</exception>
    public static SigningKey Open(string path)
    {
        try
        {
            if (!File.Exists(path)) Make(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) is var tooMuch and not 0)
                throw new SigningKeyException($"{path}: others than its owner have access ({tooMuch}); expected mode 0600: run 'chmod 600 {path}', and replace the key if somebody may have read it");
            return new(Key.TryImport(SignatureAlgorithm.Ed25519, File.ReadAllBytes(path), KeyBlobFormat.PkixPrivateKeyText, out var key) && key is not null
                ? key
                : throw new SigningKeyException($"{path}: expected an Ed25519 private key in PEM ('-----BEGIN PRIVATE KEY-----')"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SigningKeyException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => key.Dispose();

    static void Make(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        using var made = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving });
        // Written whole beside its place and then moved there: a crash leaves no half key, and of two that start at once the second takes the first one's.
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(draft, options))
        {
            file.Write(made.Export(KeyBlobFormat.PkixPrivateKeyText));
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}

/// <summary>The signing key cannot be used; the message says why and what to do.</summary>
[GenerateSerializer]
[Alias("tg.SigningKey")]
public sealed class SigningKeyException(string message, Exception? inner = null) : Exception(message, inner);
