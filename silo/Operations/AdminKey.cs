using System.Security.Cryptography;
using System.Text;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Operations;

/// <summary>
/// The secret that makes whoever brings it an administrator, without a token. Set by configuration (<c>admin:key</c>), or made at the first start and kept in
/// <c>admin.key</c> in the data folder, readable by the silo's user alone.
/// </summary>
sealed class AdminKey
{
    const int MinLength = 16;

    readonly byte[] hash;

    AdminKey(string key) => hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The configured key, or the data folder's; null when there is neither and no folder to keep one in: then nothing opens.</summary>
    public static AdminKey? Find(string? configured, string? dataDirectory)
    {
        if (configured is not null)
            return configured.Length >= MinLength ? new(configured) : throw new SettingException($"--admin:key: expected at least {MinLength} characters, found {configured.Length}");
        return dataDirectory is null ? null : new(ReadOrMake(Path.Combine(dataDirectory, "admin.key")));
    }

    public bool Opens(string? presented) =>
        presented is not null && CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(presented)));

    static string ReadOrMake(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            file.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        }
        catch (IOException) when (File.Exists(path))
        {
            // Made at an earlier start.
        }
        var key = File.ReadAllText(path).Trim();
        return key.Length >= MinLength ? key : throw new InvalidDataException($"{path}: expected a key of at least {MinLength} characters; delete the file to have a new one made");
    }
}
