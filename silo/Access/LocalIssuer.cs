using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TraceGrains.Domain.Access;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Access;

/// <summary>Signs tokens with a key of the silo's own (ECDSA on P-256, ES256), for those who have no identity provider, and for a first administrator.</summary>
sealed class LocalIssuer : IDisposable
{
    /// <summary>Who says so, in its tokens.</summary>
    public const string Name = "urn:tracegrains:local";

    readonly ECDsa key;

    LocalIssuer(ECDsa key)
    {
        this.key = key;
        // The thumbprint is that of the public key alone, so every silo with the key file gives it the same name.
        var named = new ECDsaSecurityKey(key);
        named.KeyId = Base64UrlEncoder.Encode(named.ComputeJwkThumbprint());
        Key = named;
    }

    /// <summary>The key, to check signatures by.</summary>
    public ECDsaSecurityKey Key { get; }

    /// <summary>The key of a file; a new one where there is no file and one may be made.</summary>
    /// <exception cref="SettingException">The file is no such key.</exception>
    public static LocalIssuer Open(string path, bool mayMake)
    {
        if (mayMake && !File.Exists(path))
            try
            {
                using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                using var file = new StreamWriter(path, options);
                file.WriteLine(made.ExportPkcs8PrivateKeyPem());
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process made it at the same moment.
            }
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.KeySize != 256) throw new CryptographicException($"expected P-256, found a key of {key.KeySize} bits");
            return new(key);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new SettingException($"--access:key: expected a file with an EC private key on P-256 (PEM), found {path}: {wrong.Message}", wrong);
        }
    }

    /// <summary>A token for a caller.</summary>
    /// <param name="caller">Who it says somebody is.</param>
    /// <param name="audience">For whom it is meant.</param>
    /// <param name="now">From when it is good.</param>
    /// <param name="life">For how long.</param>
    /// <param name="id">By what it can be revoked; a new one where none is given.</param>
    public string Mint(Caller caller, string audience, DateTimeOffset now, TimeSpan life, string? id = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = caller.Subject, ["tg_role"] = RoleNames.Of(caller.Role), ["jti"] = id ?? Guid.NewGuid().ToString() };
        if (caller.Party is not null) claims["tg_party"] = caller.Party;
        if (caller.District is not null) claims["tg_district"] = caller.District;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name, Audience = audience, Claims = claims, IssuedAt = now.UtcDateTime, NotBefore = now.UtcDateTime, Expires = (now + life).UtcDateTime,
            SigningCredentials = new(Key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => key.Dispose();
}
