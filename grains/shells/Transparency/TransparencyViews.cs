using System.Text;
using TraceGrains.Contracts.Transparency;
using TraceGrains.Domain.Transparency;

namespace TraceGrains.Grains.Transparency;

/// <summary>Shows tree heads and keys.</summary>
static class TransparencyViews
{
    public static TreeHeadView Of(SignedTreeHead signed) => new()
    {
        Origin = signed.Head.Origin, Size = signed.Head.Size, RootHash = Hex(signed.Head.RootHash), Timestamp = signed.Head.Timestamp, KeyId = signed.KeyId,
        Signature = Convert.ToBase64String(signed.Signature), SignedText = Encoding.UTF8.GetString(signed.Head.SignedText()),
    };

    public static TreeKeyView Of(TreeKey key) => new() { KeyId = key.KeyId, PublicKey = key.PublicKey, Pem = key.ToPem(), ValidFrom = key.ValidFrom, ValidUntil = key.ValidUntil };

    public static string[] Hex(byte[][] hashes) => [.. hashes.Select(Hex)];

    public static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
