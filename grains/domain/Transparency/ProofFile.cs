using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceGrains.Domain.Transparency;

/// <summary>Writes and reads a proof as JSON (PROOF.md). Reading is strict: what the format does not name, or spells in another way, is refused, so that no byte goes unchecked.</summary>
public static class ProofFile
{
    /// <summary>What the member <c>format</c> says.</summary>
    public const string Format = "tracegrains-proof";
    /// <summary>What the member <c>version</c> says.</summary>
    public const int Version = 1;

    const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    static readonly JsonSerializerOptions options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    sealed record Body(string Format, int Version, EventBody Event, InclusionBody Inclusion, TreeHeadBody TreeHead, ChainBody? Chain = null);
    sealed record EventBody(long Sequence, string RecordTime, string EventHash, string Bytes);
    sealed record InclusionBody(long LeafIndex, long TreeSize, string[] Path);
    sealed record TreeHeadBody(string Origin, long Size, string RootHash, string Timestamp, string KeyId, string Signature);
    sealed record ChainBody(string Entity, LinkBody[] Links);
    sealed record LinkBody(int Position, long Sequence, string EventHash, string Hash, string[] Path);

    /// <summary>The proof as indented JSON in UTF-8.</summary>
    public static byte[] Write(EventProof proof) => JsonSerializer.SerializeToUtf8Bytes(new Body(
        Format, Version,
        new(proof.Event.Sequence, Time(proof.Event.RecordTime), Hex(proof.Event.EventHash), Convert.ToBase64String(proof.Event.Json)),
        new(proof.Inclusion.LeafIndex, proof.Inclusion.TreeSize, Hex(proof.Inclusion.Path)),
        new(proof.TreeHead.Head.Origin, proof.TreeHead.Head.Size, Hex(proof.TreeHead.Head.RootHash), Time(proof.TreeHead.Head.Timestamp), proof.TreeHead.KeyId,
            Convert.ToBase64String(proof.TreeHead.Signature)),
        proof.Chain is not { } chain ? null : new(chain.Entity, [.. chain.Links.Select((link, i) =>
            new LinkBody(i + 1, link.Sequence, Hex(link.EventHash), Hex(link.Hash), Hex(link.Path)))])), options);

    /// <summary>Reads a proof.</summary>
    /// <exception cref="FormatException">The bytes are no proof of this format and version; the message names the member and what was expected.</exception>
    public static EventProof Read(ReadOnlySpan<byte> utf8)
    {
        Body body;
        try
        {
            body = JsonSerializer.Deserialize<Body>(utf8, options) ?? throw new FormatException("expected a JSON object, found null");
        }
        catch (JsonException e)
        {
            throw new FormatException($"no proof file: {e.Message}", e);
        }
        if (body.Format != Format) throw new FormatException($"format: expected '{Format}', found '{body.Format}'");
        if (body.Version != Version) throw new FormatException($"version: expected {Version}, found {body.Version}");
        return new(
            new(body.Event.Sequence, Time(body.Event.RecordTime, "event.recordTime"), Hex(body.Event.EventHash, "event.eventHash"), Base64(body.Event.Bytes, "event.bytes")),
            new(body.Inclusion.LeafIndex, body.Inclusion.TreeSize, Hex(body.Inclusion.Path, "inclusion.path")),
            new(new(Origin(body.TreeHead.Origin), body.TreeHead.Size, Hex(body.TreeHead.RootHash, "treeHead.rootHash"), Time(body.TreeHead.Timestamp, "treeHead.timestamp")),
                body.TreeHead.KeyId, Base64(body.TreeHead.Signature, "treeHead.signature")),
            body.Chain is not { } chain ? null : new(chain.Entity, [.. chain.Links.Select(Link)]));
    }

    static ProvenLink Link(LinkBody link, int i) => link.Position == i + 1
        ? new(link.Sequence, Hex(link.EventHash, $"chain.links[{i}].eventHash"), Hex(link.Hash, $"chain.links[{i}].hash"), Hex(link.Path, $"chain.links[{i}].path"))
        : throw new FormatException($"chain.links[{i}].position: expected {i + 1}, found {link.Position}");

    static string Origin(string origin) => TreeHead.OriginProblem(origin) is { } problem ? throw new FormatException($"treeHead.origin: {problem}") : origin;

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    static DateTimeOffset Time(string text, string member) =>
        DateTimeOffset.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && Time(time) == text
            ? time
            : throw new FormatException($"{member}: expected a UTC time like 2026-05-03T08:00:00.123Z, found '{text}'");

    static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    static string[] Hex(IEnumerable<byte[]> hashes) => [.. hashes.Select(Hex)];

    static byte[][] Hex(string[] texts, string member) => [.. texts.Select((text, i) => Hex(text, $"{member}[{i}]"))];

    static byte[] Hex(string text, string member) =>
        text.Length == 2 * MerkleHash.Size && text.All(char.IsAsciiHexDigit) && !text.Any(char.IsAsciiLetterUpper)
            ? Convert.FromHexString(text)
            : throw new FormatException($"{member}: expected {2 * MerkleHash.Size} lower-case hexadecimal digits, found '{text}'");

    /// <summary>Only the one spelling that the bytes have: base64 can carry bits that no byte holds.</summary>
    static byte[] Base64(string text, string member)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : throw new FormatException($"{member}: expected base64 (RFC 4648, section 4)");
    }
}
