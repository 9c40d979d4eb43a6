using System.Buffers.Binary;
using System.Security.Cryptography;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Transparency;

/// <summary>What does not hold in a proof.</summary>
public enum ProofFlaw
{
    /// <summary>Bytes, record time and event hash do not belong together, or the bytes are no event.</summary>
    Event = 1,
    /// <summary>A link of the chain does not follow from the one before, or the chain is not one of this event.</summary>
    Chain = 2,
    /// <summary>The event is not shown to stand in the tree of the head.</summary>
    Inclusion = 3,
    /// <summary>The head was not signed by the given key.</summary>
    Signature = 4,
}

/// <summary>What was found wrong.</summary>
/// <param name="Flaw">Which part does not hold.</param>
/// <param name="Message">What exactly, in words.</param>
public sealed record ProofFinding(ProofFlaw Flaw, string Message);

/// <summary>Whether an Ed25519 signature (64 bytes) over a message was made with the private key of this public key (32 bytes). Wrong lengths are false.</summary>
public delegate bool SignatureCheck(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

/// <summary>Checks a proof with nothing but itself and public keys.</summary>
public static class ProofCheck
{
    /// <summary>Everything that is wrong; empty when the proof holds.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="publicKeys">Keys that are trusted, each 32 bytes.</param>
    /// <param name="check">Checks a signature.</param>
    public static IReadOnlyList<ProofFinding> Check(EventProof proof, IReadOnlyList<byte[]> publicKeys, SignatureCheck check) =>
        [.. CheckEvent(proof.Event), .. CheckChain(proof), .. CheckInclusion(proof), .. CheckSignature(proof.TreeHead, publicKeys, check)];

    static IEnumerable<ProofFinding> CheckEvent(ProvenEvent e)
    {
        var hash = EventHashOf(e.RecordTime, e.Json);
        if (!hash.AsSpan().SequenceEqual(e.EventHash))
            yield return new(ProofFlaw.Event, $"event.eventHash: record time and bytes hash to {Hex(hash)}, the proof says {Hex(e.EventHash)}");
        if (CodesOf(e.Json) is null)
            yield return new(ProofFlaw.Event, "event.bytes: these bytes are no EPCIS event in canonical form");
    }

    static IEnumerable<ProofFinding> CheckChain(EventProof proof)
    {
        if (proof.Chain is not { } chain) yield break;
        if (CodesOf(proof.Event.Json) is { } codes && !codes.Contains(chain.Entity))
            yield return new(ProofFlaw.Chain, $"chain.entity: the event does not name {chain.Entity}");
        if (!chain.Links.Any(link => link.Sequence == proof.Event.Sequence && link.EventHash.AsSpan().SequenceEqual(proof.Event.EventHash)))
            yield return new(ProofFlaw.Chain, $"chain.links: none of them is the event ({proof.Event.Sequence}, {Hex(proof.Event.EventHash)})");
        var (previous, before) = (new byte[MerkleHash.Size], 0L);
        for (var i = 0; i < chain.Links.Count; i++)
        {
            var link = chain.Links[i];
            var expected = SHA256.HashData([.. previous, .. link.EventHash]);
            if (!expected.AsSpan().SequenceEqual(link.Hash))
                yield return new(ProofFlaw.Chain, $"chain.links[{i}].hash: follows from the link before as {Hex(expected)}, the proof says {Hex(link.Hash)}");
            if (link.Sequence <= before)
                yield return new(ProofFlaw.Chain, $"chain.links[{i}].sequence: {link.Sequence} does not come after {before}");
            if (!MerkleProof.Includes(MerkleHash.Leaf(link.EventHash), link.Sequence - 1, proof.TreeHead.Head.Size, link.Path, proof.TreeHead.Head.RootHash))
                yield return new(ProofFlaw.Chain, $"chain.links[{i}].path: does not lead from event {link.Sequence} to the root of the tree head");
            (previous, before) = (link.Hash, link.Sequence);
        }
    }

    static IEnumerable<ProofFinding> CheckInclusion(EventProof proof)
    {
        var (inclusion, head) = (proof.Inclusion, proof.TreeHead.Head);
        if (inclusion.LeafIndex != proof.Event.Sequence - 1)
            yield return new(ProofFlaw.Inclusion, $"inclusion.leafIndex: expected {proof.Event.Sequence - 1} for event {proof.Event.Sequence}, the proof says {inclusion.LeafIndex}");
        if (inclusion.TreeSize != head.Size)
            yield return new(ProofFlaw.Inclusion, $"inclusion.treeSize: expected the head's {head.Size}, the proof says {inclusion.TreeSize}");
        if (!MerkleProof.Includes(MerkleHash.Leaf(proof.Event.EventHash), inclusion.LeafIndex, inclusion.TreeSize, inclusion.Path, head.RootHash))
            yield return new(ProofFlaw.Inclusion, $"inclusion.path: does not lead from the event hash to the root {Hex(head.RootHash)} of the tree head");
    }

    static IEnumerable<ProofFinding> CheckSignature(SignedTreeHead signed, IReadOnlyList<byte[]> publicKeys, SignatureCheck check)
    {
        if (publicKeys.FirstOrDefault(key => TreeKey.IdOf(key) == signed.KeyId) is not { } key)
            yield return new(ProofFlaw.Signature, $"treeHead.keyId: signed with key {signed.KeyId}, given {string.Join(", ", publicKeys.Select(given => TreeKey.IdOf(given)))}");
        else if (!check(key, signed.Head.SignedText(), signed.Signature))
            yield return new(ProofFlaw.Signature, $"treeHead.signature: key {signed.KeyId} did not sign this size, root, time and origin");
    }

    /// <summary>FORMAT.md, "Hashes". Written out here because a proof must be checkable without a ledger.</summary>
    static byte[] EventHashOf(DateTimeOffset recordTime, byte[] json)
    {
        var message = new byte[sizeof(long) + json.Length];
        BinaryPrimitives.WriteInt64BigEndian(message, recordTime.ToUnixTimeMilliseconds());
        json.CopyTo(message, sizeof(long));
        return SHA256.HashData(message);
    }

    static string[]? CodesOf(byte[] json)
    {
        try
        {
            return EventToRecord.Of(EpcisJson.ReadStored(json)).Codes;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
