using NSec.Cryptography;
using TraceGrains.Domain.Transparency;
using TraceGrains.Grains.Transparency;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Ledger.Transparency;

namespace TraceGrains.Silo.Tests;

/// <summary>Proof files: what holds, and that nothing else does.</summary>
public sealed class ProofTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A proof of the last event of the longest chain among the first events, made from a ledger without the grain.</summary>
    async Task<(EventProof Proof, TreeKey Key)> Make()
    {
        await using var ledger = await Ledgers.Sqlite(folder.File("ledger.db"));
        await Ledgers.Fill(ledger, 60);
        await using var store = SqliteTreeStore.Open(folder.File("transparency.db"));
        using var key = SigningKey.Open(folder.File("key.pem"));
        var tree = new LedgerTree(ledger, store);
        var size = await tree.CatchUp();
        var heads = await ledger.ReadChainHeads([.. Enumerable.Range(1, (await ledger.ReadHead()).Entity)]);
        var entity = 1 + Array.FindIndex(heads, head => head.Position is >= 2 and <= 4);
        var chain = await ledger.ReadChain(entity, 0, 100);
        var links = new List<ProvenLink>();
        foreach (var (link, e) in chain) links.Add(new(link.Sequence, e!.EventHash, link.Hash, await tree.Tree.Inclusion(link.Sequence - 1, size)));
        var recorded = chain[^1].Event!;
        var head = new TreeHead("tracegrains 重庆", size, await tree.Tree.Root(size), DateTimeOffset.FromUnixTimeMilliseconds(1777795200123));
        return (new(
            new(recorded.Sequence, recorded.RecordTime, recorded.EventHash, recorded.Json), new(recorded.Sequence - 1, size, await tree.Tree.Inclusion(recorded.Sequence - 1, size)),
            new(head, TreeKey.IdOf(key.PublicKey), key.Sign(head.SignedText())), new((await ledger.ReadCodes([entity]))[0], links)), new(key.PublicKey, default, null));
    }

    static IReadOnlyList<ProofFinding> Check(EventProof proof, TreeKey key) => ProofCheck.Check(proof, [key.PublicKey], TreeHeadSignature.Verify);

    [Fact]
    public async Task A_proof_holds_and_is_the_same_after_writing_and_reading()
    {
        var (proof, key) = await Make();
        Assert.Empty(Check(proof, key));
        var file = ProofFile.Write(proof);
        var read = ProofFile.Read(file);
        Assert.Empty(Check(read, key));
        Assert.Equal(file, ProofFile.Write(read));
        Assert.Empty(Check(ProofFile.Read(ProofFile.Write(proof with { Chain = null })), key));
    }

    [Fact]
    public async Task A_changed_byte_anywhere_in_the_file_is_found()
    {
        var (proof, key) = await Make();
        var file = ProofFile.Write(proof);
        var found = 0;
        foreach (var bit in (byte[])[0x01, 0x20])
            for (var at = 0; at < file.Length; at++)
            {
                var changed = file.ToArray();
                changed[at] ^= bit;
                try
                {
                    Assert.False(Check(ProofFile.Read(changed), key).Count == 0, $"byte {at}, bit {bit}: {(char)file[at]} became {(char)changed[at]} and nobody noticed");
                    found++;
                }
                catch (FormatException)
                {
                }
            }
        Assert.InRange(found, 1_000, 2 * file.Length);
    }

    [Fact]
    public async Task Each_flaw_is_named()
    {
        var (proof, key) = await Make();
        void Finds(ProofFlaw flaw, string said, EventProof spoilt) => Assert.Contains(Check(spoilt, key), finding => finding.Flaw == flaw && finding.Message.Contains(said));
        var (e, head, chain) = (proof.Event, proof.TreeHead, proof.Chain!);
        Finds(ProofFlaw.Event, "event.eventHash", proof with { Event = e with { RecordTime = e.RecordTime.AddMilliseconds(1) } });
        Finds(ProofFlaw.Event, "event.bytes", proof with { Event = e with { Json = "{}"u8.ToArray() } });
        Finds(ProofFlaw.Inclusion, "inclusion.leafIndex", proof with { Event = e with { Sequence = e.Sequence + 1 } });
        Finds(ProofFlaw.Inclusion, "inclusion.treeSize", proof with { Inclusion = proof.Inclusion with { TreeSize = proof.Inclusion.TreeSize + 1 } });
        Finds(ProofFlaw.Inclusion, "inclusion.path", proof with { Inclusion = proof.Inclusion with { Path = [.. proof.Inclusion.Path.Skip(1)] } });
        Finds(ProofFlaw.Signature, "did not sign", proof with { TreeHead = head with { Head = head.Head with { Timestamp = head.Head.Timestamp.AddMilliseconds(1) } } });
        Finds(ProofFlaw.Signature, "did not sign", proof with { TreeHead = head with { Head = head.Head with { Origin = "another" } } });
        Finds(ProofFlaw.Signature, "treeHead.keyId", proof with { TreeHead = head with { KeyId = "another" } });
        Finds(ProofFlaw.Chain, "does not name", proof with { Chain = chain with { Entity = "https://id.gs1.org/01/09520103000017/10/X" } });
        Finds(ProofFlaw.Chain, "links[1].hash", proof with { Chain = chain with { Links = [.. chain.Links.Skip(1).Prepend(chain.Links[0] with { Hash = new byte[32] })] } });
        Finds(ProofFlaw.Chain, "none of them is the event", proof with { Chain = chain with { Links = [.. chain.Links.SkipLast(1)] } });
        Finds(ProofFlaw.Chain, "does not come after", proof with { Chain = chain with { Links = [.. chain.Links, chain.Links[0]] } });
        // Somebody else's signature over the same head is not ours.
        using var other = SigningKey.Open(folder.File("other.pem"));
        Finds(ProofFlaw.Signature, "did not sign", proof with { TreeHead = head with { Signature = other.Sign(head.Head.SignedText()) } });
        Assert.Equal(ProofFlaw.Signature, Assert.Single(ProofCheck.Check(proof, [other.PublicKey], TreeHeadSignature.Verify)).Flaw);
    }

    [Fact]
    public async Task The_command_says_what_holds_and_ends_with_the_flaws_code()
    {
        var (proof, key) = await Make();
        await File.WriteAllTextAsync(folder.File("key.pub"), key.ToPem());
        async Task<(int Code, string Out, string Error)> Verify(EventProof written)
        {
            await File.WriteAllBytesAsync(folder.File("proof.json"), ProofFile.Write(written));
            return await CommandTests.Run("verify", folder.File("proof.json"), "--key", folder.File("key.pub"));
        }
        var holds = await Verify(proof);
        Assert.Equal(0, holds.Code);
        Assert.Contains($"holds: event {proof.Event.Sequence}", holds.Out);
        Assert.Equal(11, (await Verify(proof with { Event = proof.Event with { RecordTime = proof.Event.RecordTime.AddSeconds(1) } })).Code);
        Assert.Equal(12, (await Verify(proof with { Chain = proof.Chain! with { Entity = "urn:x:y" } })).Code);
        Assert.Equal(13, (await Verify(proof with { Inclusion = proof.Inclusion with { Path = [] } })).Code);
        var signature = await Verify(proof with { TreeHead = proof.TreeHead with { Signature = new byte[64] } });
        Assert.Equal((14, true), (signature.Code, signature.Out.Contains("does not hold: treeHead.signature")));
        // A text with several keys: one of them has to have signed.
        using var other = SigningKey.Open(folder.File("other.pem"));
        await File.WriteAllTextAsync(folder.File("key.pub"), new TreeKey(other.PublicKey, default, null).ToPem() + key.ToPem());
        Assert.Equal(0, (await Verify(proof)).Code);
        await File.WriteAllTextAsync(folder.File("proof.json"), "{ \"format\": \"tracegrains-proof\" }");
        Assert.Equal(1, (await CommandTests.Run("verify", folder.File("proof.json"), "--key", folder.File("key.pub"))).Code);
    }

    [Fact]
    public void Signatures_and_keys_are_those_of_the_standards()
    {
        // RFC 8037, appendix A: private key, public key, its thumbprint; RFC 8032, section 7.1, test 1: the same key's signature of the empty message.
        using var key = Key.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), KeyBlobFormat.RawPrivateKey);
        var publicKey = Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        Assert.Equal(publicKey, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        Assert.Equal("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", TreeKey.IdOf(publicKey));
        var signature = Convert.FromHexString("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        Assert.True(TreeHeadSignature.Verify(publicKey, [], signature));
        Assert.False(TreeHeadSignature.Verify(publicKey, [1], signature));
        Assert.False(TreeHeadSignature.Verify([1, 2], [], signature));
        Assert.False(TreeHeadSignature.Verify(publicKey, [], [1, 2]));
        // What we write, the library reads, and the other way round.
        var pem = new TreeKey(publicKey, default, null).ToPem();
        Assert.Equal(publicKey, PublicKey.Import(SignatureAlgorithm.Ed25519, System.Text.Encoding.ASCII.GetBytes(pem), KeyBlobFormat.PkixPublicKeyText).Export(KeyBlobFormat.RawPublicKey));
        Assert.Equal(publicKey, Assert.Single(TreeKey.ReadPem(pem)));
        Assert.Equal(publicKey, Assert.Single(TreeKey.ReadPem(System.Text.Encoding.ASCII.GetString(key.PublicKey.Export(KeyBlobFormat.PkixPublicKeyText)))));
        Assert.Throws<FormatException>(() => TreeKey.ReadPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));
    }

    [Fact]
    public void The_signed_text_is_a_checkpoint() => Assert.Equal(
        "example.org/log\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\ntimestamp 1777795200123\n",
        System.Text.Encoding.UTF8.GetString(new TreeHead("example.org/log", 42, [.. Enumerable.Range(0, 32).Select(i => (byte)i)], DateTimeOffset.FromUnixTimeMilliseconds(1777795200123)).SignedText()));

    [Fact]
    public void A_signing_key_is_made_once_for_its_owner_alone_and_refused_when_others_can_read_it()
    {
        var path = folder.File("keys/tree-head-key.pem");
        byte[] made;
        using (var first = SigningKey.Open(path)) made = first.PublicKey;
        using (var again = SigningKey.Open(path)) Assert.Equal(made, again.PublicKey);
        Assert.Equal(["tree-head-key.pem"], Directory.GetFiles(folder.File("keys")).Select(Path.GetFileName));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        foreach (var mode in (UnixFileMode[])[UnixFileMode.OtherRead, UnixFileMode.GroupRead, UnixFileMode.GroupWrite])
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);
            Assert.Contains("chmod 600", Assert.Throws<SigningKeyException>(() => SigningKey.Open(path)).Message);
        }
        File.WriteAllText(folder.File("noise"), "no key");
        File.SetUnixFileMode(folder.File("noise"), UnixFileMode.UserRead);
        Assert.Contains("BEGIN PRIVATE KEY", Assert.Throws<SigningKeyException>(() => SigningKey.Open(folder.File("noise"))).Message);
    }
}
